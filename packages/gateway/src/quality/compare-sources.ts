/** What two sources write differently (S04): fields, units, code systems, precision of times — their share, never a value. */
import { plainCopy } from '@meridian/protocol'
import { accessAll, type RecordVersion, type Vault } from '@meridian/vault'

/** One convention and where it stands: `unit of http://loinc.org|718-7 is g/L`. */
type Features = Map<string, number>

/** One thing that differs or not. `a` and `b` are how many records have it. */
export interface SourceDifference {
  readonly aspect: 'field' | 'unit' | 'code-system' | 'precision'
  readonly type: string
  readonly place: string
  readonly convention: string
  readonly a: number
  readonly b: number
}

/** Places of a resource beyond which conventions are no longer told apart. */
const MOST_FEATURES = 50_000

/** Compares the records that two sources have in the vault. `share`: conventions that only one has among those that either has. */
export async function compareSources(
  quality: Pick<Vault['quality'], 'persons'>,
  [a, b]: readonly [string, string],
) {
  const features = new Map<string, Features>([
    [a, new Map()],
    [b, new Map()],
  ])
  const records = new Map<string, number>()
  for await (const person of quality.persons({ ...accessAll, sources: [a, b] }))
    for (const version of person.records) {
      records.set(version.source, (records.get(version.source) ?? 0) + 1)
      addFeatures(features.get(version.source) ?? new Map(), version)
    }
  const all = differencesOf(features.get(a) ?? new Map(), features.get(b) ?? new Map())
  const differing = all.filter((one) => one.a === 0 || one.b === 0)
  return {
    a: { source: a, records: records.get(a) ?? 0 },
    b: { source: b, records: records.get(b) ?? 0 },
    shared: all.length - differing.length,
    differing: differing.length,
    share: all.length === 0 ? null : differing.length / all.length,
    differences: differing,
  }
}

function differencesOf(a: Features, b: Features): SourceDifference[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort().map((key) => {
    const [type = '', aspect, place = '', convention = ''] = JSON.parse(key) as string[]
    const counts = { a: a.get(key) ?? 0, b: b.get(key) ?? 0 }
    return { aspect: aspect as SourceDifference['aspect'], type, place, convention, ...counts }
  })
}

function addFeatures(features: Features, version: RecordVersion): void {
  if (version.opened === null) return
  const found = new Set<string>()
  const resource = plainCopy(version.opened.resource) as Readonly<Record<string, unknown>>
  walk(resource, '', (aspect, place, convention) =>
    found.add(JSON.stringify([version.type, aspect, place, convention])),
  )
  addUnit(resource, version.type, found)
  for (const key of found)
    if (features.has(key) || features.size < MOST_FEATURES) features.set(key, (features.get(key) ?? 0) + 1)
}

type Say = (aspect: SourceDifference['aspect'], place: string, convention: string) => void

function walk(value: unknown, place: string, say: Say): void {
  if (Array.isArray(value)) for (const item of value) walk(item, place, say)
  else if (typeof value === 'object' && value !== null) {
    const { system, code } = value as { readonly system?: unknown; readonly code?: unknown }
    if (typeof system === 'string' && code !== undefined && !place.includes('Quantity'))
      say('code-system', place, system)
    for (const [name, member] of Object.entries(value)) walk(member, `${place}.${name}`, say)
  } else {
    say('field', place, 'present')
    if (typeof value === 'string' && /^\d{4}-\d{2}(-\d{2})?(T|$)/.test(value))
      say('precision', place, precisionOf(value))
  }
}

function precisionOf(text: string): string {
  if (!text.includes('T')) return text.length > 7 ? 'day' : 'month'
  const zone = text.endsWith('Z') ? 'UTC' : 'offset'
  return `${text.includes('.') ? 'millisecond' : 'second'}, ${zone}`
}

/** Units by the code of what was measured: codes of a standard or of a source, never a person's value. */
function addUnit(resource: Readonly<Record<string, unknown>>, type: string, found: Set<string>): void {
  const { code, valueQuantity } = resource as {
    readonly code?: { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] }
    readonly valueQuantity?: { readonly code?: string; readonly unit?: string }
  }
  if (valueQuantity === undefined) return
  const unit = valueQuantity.code ?? valueQuantity.unit ?? 'none'
  for (const coding of code?.coding ?? [])
    found.add(JSON.stringify([type, 'unit', `${coding.system ?? ''}|${coding.code ?? ''}`, unit]))
}
