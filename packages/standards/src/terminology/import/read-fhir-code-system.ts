/** Reads a FHIR R4 CodeSystem resource: nested concepts, designations, properties. */
import type { Concept, ConceptProperty, Designation, ReleaseHead } from '../concept.ts'
import type { ReadRow } from './import-release.ts'

interface FhirConcept {
  readonly code?: unknown
  readonly display?: unknown
  readonly definition?: unknown
  readonly concept?: readonly FhirConcept[]
  readonly designation?: readonly { readonly language?: string; readonly value?: string }[]
  readonly property?: readonly Readonly<Record<string, unknown>>[]
}

/** Head and rows, or nothing when the text is no CodeSystem with a url. */
export function readFhirCodeSystem(
  json: unknown,
): { readonly head: ReleaseHead; readonly rows: readonly ReadRow[] } | undefined {
  const { resourceType, url, version, title, name, language, content, concept, copyright } = (json ??
    {}) as Readonly<Record<string, unknown>>
  if (resourceType !== 'CodeSystem' || typeof url !== 'string') return undefined
  const called = String(title ?? name ?? url)
  const head: ReleaseHead = {
    system: url,
    version: String(version ?? '1'),
    titles: { zh: called, en: called },
    language: typeof language === 'string' ? language : 'en',
    licence: String(copyright ?? ''),
    ...(content === 'fragment' ? { fragment: true } : {}),
  }
  return { head, rows: rowsOf(concept) }
}

/** Without recursion: a resource may be as deep as its reader lets it be. */
function rowsOf(concepts: unknown): ReadRow[] {
  const rows: ReadRow[] = []
  const waiting: { readonly concept: FhirConcept; readonly parent: string | undefined }[] = []
  const add = (all: unknown, parent: string | undefined) => {
    if (Array.isArray(all))
      for (const one of all.toReversed()) waiting.push({ concept: one as FhirConcept, parent })
  }
  add(concepts, undefined)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { concept, parent } = next
    const line = rows.length + 1
    if (typeof concept !== 'object' || concept === null || typeof concept.code !== 'string')
      rows.push({ line, hint: noCode })
    else {
      rows.push({ line, concept: conceptOf(concept, concept.code, parent) })
      add(concept.concept, concept.code)
    }
  }
  return rows
}

const noCode = { zh: '这个概念没有 code，已略过。', en: 'This concept has no code; left out.' }

function conceptOf(from: FhirConcept, code: string, parent: string | undefined): Concept {
  const all = (from.property ?? []).flatMap((one): ConceptProperty[] => {
    const value = Object.entries(one).find(([name]) => name.startsWith('value'))?.[1]
    const isPlain = ['string', 'number', 'boolean'].includes(typeof value)
    return typeof one.code === 'string' && isPlain ? [{ code: one.code, value: value as string }] : []
  })
  const parents = [
    ...new Set(
      [parent ?? [], all.filter((one) => one.code === 'parent').map(({ value }) => String(value))].flat(),
    ),
  ]
  const designations = (from.designation ?? []).flatMap(({ language = 'und', value }): Designation[] =>
    typeof value === 'string' ? [{ language, value, use: 'synonym' }] : [],
  )
  const properties = all.filter((one) => one.code !== 'parent')
  const isInactive = properties.some((one) => one.code === 'inactive' && one.value === true)
  return {
    code,
    display: typeof from.display === 'string' ? from.display : code,
    ...(typeof from.definition === 'string' ? { definition: from.definition } : {}),
    ...(designations.length === 0 ? {} : { designations }),
    ...(properties.length === 0 ? {} : { properties }),
    ...(parents.length === 0 ? {} : { parents }),
    ...(isInactive ? { inactive: true } : {}),
  }
}
