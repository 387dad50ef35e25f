/** The tables of a grouper: which codes lead to which group, what weighs as a complication, and the weights of a year. Another city's grouper is another of these. */
import type { Bilingual } from '../finding.ts'

/** How much a further diagnosis weighs. */
export type Level = 'mcc' | 'cc'

/** One diagnosis or procedure. `exclusion`: it does not count beside a main diagnosis that has the same one. */
export interface GrouperCode {
  readonly code: string
  readonly kind: 'diagnosis' | 'procedure'
  readonly name: string
  readonly adrgs: readonly string[]
  readonly level?: Level
  readonly exclusion?: string
}

/** A chapter of the grouper (MDC), named by one letter. */
export interface Chapter {
  readonly letter: string
  readonly title: Bilingual
  readonly sex?: 'male' | 'female'
  /** Chapters that are tried before the main diagnosis decides: in the order of the list, each by its own test. */
  readonly first?: 'procedure' | 'newborn' | 'any-diagnosis' | 'several-traumas'
}

/** Parameters of a city. */
export interface GrouperHead {
  readonly title: Bilingual
  readonly edition: string
  readonly diagnosisSystem: string
  readonly procedureSystem: string
  readonly chapters: readonly Chapter[]
  /** A newborn is younger than this, in days. */
  readonly newbornBelowDays: number
  /** From so many hours on, ventilation counts as this procedure. */
  readonly ventilation?: { readonly hours: number; readonly procedure: string }
  /** Severe traumas: beginnings of codes, each with the region of the body. Empty: the tables do not hold them. */
  readonly traumas: readonly { readonly prefix: string; readonly region: string }[]
  /** The last character of a group for each level, best first: the first one that has a weight is taken. */
  readonly endings: Readonly<Record<Level | 'none', readonly string[]>>
}

/** Weights of a year as decimal text, by group. `rates`: money for weight 1, by kind of insurance. */
export interface Weights {
  readonly weights: ReadonlyMap<string, string>
  readonly rates: Readonly<Record<string, string>>
}

/** Everything. A group is an ADRG and one more character. */
export interface GrouperTables {
  readonly head: GrouperHead
  readonly codes: ReadonlyMap<string, GrouperCode>
  /** Every ADRG, and whether a main diagnosis and a procedure are asked. */
  readonly adrgs: ReadonlyMap<string, Adrg>
  /** By year. */
  readonly years: ReadonlyMap<string, Weights>
}

/** What an ADRG asks: a diagnosis of its list, a procedure of its list, or both. */
export interface Adrg {
  readonly asksDiagnosis: boolean
  readonly asksProcedure: boolean
}

/** Joins them. A code that stands twice counts with all its groups. */
export function grouperTablesOf(
  head: GrouperHead,
  codes: Iterable<GrouperCode>,
  years: ReadonlyMap<string, Weights>,
): GrouperTables {
  const byCode = new Map<string, GrouperCode>()
  const adrgs = new Map<string, Adrg>()
  for (const code of codes) {
    byCode.set(code.code, code)
    for (const adrg of code.adrgs) {
      const known = adrgs.get(adrg)
      adrgs.set(adrg, {
        asksDiagnosis: known?.asksDiagnosis === true || code.kind === 'diagnosis',
        asksProcedure: known?.asksProcedure === true || code.kind === 'procedure',
      })
    }
  }
  const inOrder = new Map([...adrgs].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { head, codes: byCode, adrgs: inOrder, years }
}
