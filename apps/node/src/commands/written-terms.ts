/** Finds diagnoses without a code of a known system in FHIR resources: text, or a code of the sender's own. */
import type { WrittenTerm } from '@meridian/vault'

const longestText = 200
const mostTerms = 10_000

type Json = Readonly<Record<string, unknown>>

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const isTerm = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longestText

/** Each term of `Condition.code` once, from one resource or a Bundle of them. `isKnown` tells systems whose codes are understood. */
export function writtenTerms(
  json: unknown,
  source: string,
  isKnown: (system: string) => boolean,
): readonly WrittenTerm[] {
  const { resourceType, entry } = objectOf(json)
  const resources = resourceType === 'Bundle' ? listOf(entry).map((one) => objectOf(one).resource) : [json]
  const found = new Map<string, WrittenTerm>()
  for (const resource of resources) {
    const term = termOf(objectOf(resource), isKnown)
    if (term !== undefined && found.size < mostTerms) found.set(JSON.stringify(term), { source, ...term })
  }
  return [...found.values()]
}

/** The local code stands before the text: the same text may stand beside several. */
function termOf(
  { resourceType, code }: Json,
  isKnown: (system: string) => boolean,
): Omit<WrittenTerm, 'source'> | undefined {
  if (resourceType !== 'Condition') return undefined
  const { text, coding } = objectOf(code)
  const codings = listOf(coding).map(objectOf)
  if (codings.some(({ system }) => typeof system === 'string' && isKnown(system))) return undefined
  const local = codings.find((one) => isTerm(one.code))
  if (local !== undefined)
    return { system: typeof local.system === 'string' ? local.system : '', text: local.code as string }
  return isTerm(text) ? { system: '', text } : undefined
}
