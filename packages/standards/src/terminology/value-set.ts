/** Value sets: what may stand in an element, listed or selected by filters, with versions pinned. FHIR's `compose`. */
import type { Bilingual } from '../finding.ts'
import { type Problem, problem } from './problem.ts'

/** Operators of R4 (valueset-filter-operator). */
export type FilterOperator =
  | '='
  | 'is-a'
  | 'descendent-of'
  | 'is-not-a'
  | 'regex'
  | 'in'
  | 'not-in'
  | 'generalizes'
  | 'exists'

/** One filter; all of an include must hold. */
export interface ValueSetFilter {
  readonly property: string
  readonly op: FilterOperator
  readonly value: string
}

/** One include or exclude: a system, or other value sets, or what both have. */
export interface ValueSetInclude {
  readonly system?: string
  /** Pinned: this release and no other. */
  readonly version?: string
  readonly concept?: readonly { readonly code: string; readonly display?: string }[]
  readonly filter?: readonly ValueSetFilter[]
  readonly valueSet?: readonly string[]
}

/** A value set. */
export interface ValueSet {
  readonly url: string
  readonly version: string
  readonly titles: Bilingual
  readonly include: readonly ValueSetInclude[]
  readonly exclude?: readonly ValueSetInclude[]
  readonly origin?: 'shipped' | 'imported'
}

/** Finds value sets by url, `url|version`, or one of the implicit forms. */
export interface ValueSets {
  find(url: string): ValueSet | Problem
  all(): readonly ValueSet[]
}

/** `known` in any order: a url alone means the latest version. */
export function createValueSets(known: readonly ValueSet[]): ValueSets {
  const order = new Intl.Collator('en', { numeric: true })
  const byUrl = new Map<string, ValueSet[]>()
  for (const one of known.toSorted((a, b) => order.compare(b.version, a.version)))
    byUrl.set(one.url, [...(byUrl.get(one.url) ?? []), one])
  return {
    find(canonical) {
      const [url = '', version] = canonical.split('|')
      const own = byUrl.get(url)
      const found = version === undefined ? own?.[0] : own?.find((one) => one.version === version)
      return found ?? implicitValueSet(canonical) ?? problem('value-set-unknown', canonical)
    },
    all: () => [...byUrl.values()].flat(),
  }
}

/** `SYSTEM?fhir_vs` is every code of a system, `SYSTEM?fhir_vs=isa/CODE` a code and everything below (R4 §4.9.6.3, for any system). */
function implicitValueSet(url: string): ValueSet | undefined {
  const at = url.indexOf('?fhir_vs')
  if (at === -1) return url === 'http://loinc.org/vs' ? everything(url, 'http://loinc.org') : undefined
  const system = url.slice(0, at)
  const how = url.slice(at + '?fhir_vs'.length)
  if (how === '') return everything(url, system)
  const code = /^=isa\/(.+)$/.exec(how)?.[1]
  if (code === undefined) return undefined
  const filter = [{ property: 'concept', op: 'is-a', value: code }] as const
  return { ...everything(url, system), include: [{ system, filter }] }
}

function everything(url: string, system: string): ValueSet {
  return { url, version: '', titles: { zh: url, en: url }, include: [{ system }] }
}
