/** A concept map: which codes of one system stand for which of another, with groups, priorities, rules and advice (FHIR R4 ConceptMap, SNOMED CT complex maps). */
import type { MapRule } from './map-rule.ts'

/** FHIR R4 ConceptMapEquivalence: how the target relates to the source. */
export const equivalences = [
  'relatedto',
  'equivalent',
  'equal',
  'wider',
  'subsumes',
  'narrower',
  'specializes',
  'inexact',
  'unmatched',
  'disjoint',
] as const

/** One of them. */
export type Equivalence = (typeof equivalences)[number]

/**
 * One row. The rows of a code with the same `group` are alternatives, tried by `priority`; its groups are needed together (a combination
 * code becomes several). `target` null: the map says that there is none.
 */
export interface MapRow {
  readonly code: string
  readonly group: number
  readonly priority: number
  readonly rule: MapRule
  /** The rule as the release has it. */
  readonly ruleText: string
  readonly target: string | null
  readonly display?: string
  readonly equivalence: Equivalence
  readonly advice?: string
}

/** A map of one release, from one system to another. */
export interface ConceptMap {
  readonly source: string
  readonly target: string
  /** What the publisher calls this release. */
  readonly release: string
  /** By code, in the order of group and priority. */
  readonly rows: ReadonlyMap<string, readonly MapRow[]>
}

/** Puts rows in order. */
export function conceptMapOf(
  head: Pick<ConceptMap, 'source' | 'target' | 'release'>,
  rows: Iterable<MapRow>,
): ConceptMap {
  const byCode = new Map<string, MapRow[]>()
  for (const row of rows) {
    const list = byCode.get(row.code)
    if (list === undefined) byCode.set(row.code, [row])
    else list.push(row)
  }
  for (const list of byCode.values()) list.sort((a, b) => a.group - b.group || a.priority - b.priority)
  return { ...head, rows: byCode }
}
