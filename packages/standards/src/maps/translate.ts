/** Translates a code by a map: the target of each group, the rule that gave it, and what the map would have said otherwise (S19). */
import type { ConceptMap, Equivalence, MapRow } from './concept-map.ts'
import { holds, type MapContext } from './map-rule.ts'

/** A target that counts. */
export interface TranslatedTarget {
  readonly system: string
  readonly code: string
  readonly display?: string
  readonly equivalence: Equivalence
  readonly rule: string
  readonly advice?: string
  readonly group: number
  readonly priority: number
}

/** A row that does not count here, and why: its rule is not met, not enough is known, or an earlier row was taken. */
export interface OtherTarget extends Omit<TranslatedTarget, 'code'> {
  readonly code: string | null
  readonly because: 'not-met' | 'unknown' | 'earlier-row'
}

/** The answer. `result`: every group has a target. `release` is the map's own name of itself. */
export interface Translation {
  readonly result: boolean
  readonly targets: readonly TranslatedTarget[]
  readonly otherwise: readonly OtherTarget[]
  readonly release: string
}

/** Translates. An unknown condition is not met: the default of the group counts, as the publishers of complex maps advise. */
export function translate(map: ConceptMap, code: string, context: MapContext = {}): Translation {
  const rows = map.rows.get(code) ?? []
  const targets: TranslatedTarget[] = []
  const otherwise: OtherTarget[] = []
  let isWhole = rows.length > 0
  for (const group of groupsOf(rows)) {
    const chosen = group.find((row) => holds(row.rule, context) === true)
    if (chosen?.target != null) targets.push({ ...told(map, chosen), code: chosen.target })
    else isWhole = false
    for (const row of group) {
      if (row === chosen && row.target !== null) continue
      otherwise.push({ ...told(map, row), code: row.target, because: whyNot(row, chosen, context) })
    }
  }
  return { result: isWhole, targets, otherwise, release: map.release }
}

function groupsOf(rows: readonly MapRow[]): readonly (readonly MapRow[])[] {
  const groups = new Map<number, MapRow[]>()
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row])
  return [...groups.values()]
}

function told({ target: system }: ConceptMap, row: MapRow): Omit<TranslatedTarget, 'code'> {
  const { equivalence, group, priority, ruleText: rule, display, advice } = row
  return {
    system,
    equivalence,
    group,
    priority,
    rule,
    ...(display === undefined ? {} : { display }),
    ...(advice === undefined ? {} : { advice }),
  }
}

function whyNot(row: MapRow, chosen: MapRow | undefined, context: MapContext): OtherTarget['because'] {
  const answer = holds(row.rule, context)
  if (answer === undefined) return 'unknown'
  return answer && row !== chosen ? 'earlier-row' : 'not-met'
}
