/** What the door's quality routes answer, as the page reads it. */
import type { Bilingual } from '../../api/answer.ts'

/** One check of a run. */
export interface CheckRow {
  readonly id: string
  readonly type: string
  readonly category: string
  readonly unit: string
  readonly titles: Bilingual
  readonly hint: Bilingual
  readonly failed: number
  readonly counted: number
  readonly share: number | null
  readonly threshold: number
  readonly state: 'passed' | 'failed' | 'empty'
  readonly kpi: string | null
}

/** One value of a dimension. */
export interface BreakdownRow {
  readonly value: string
  readonly failed: number
  readonly counted: number
  readonly share: number | null
}

/** A run. */
export interface QualityRunRow {
  readonly run: number
  readonly finishedTime: string
  readonly scope: Readonly<Record<string, string>>
}

/** The report of a run. */
export interface QualityReport extends QualityRunRow {
  readonly rulesId: string
  readonly rulesHash: string
  readonly persons: number
  readonly records: number
  readonly categories: readonly {
    readonly category: string
    readonly passed: number
    readonly judged: number
    readonly share: number | null
  }[]
  readonly checks: readonly CheckRow[]
  readonly manualEntryRatio: number | null
  readonly measures: {
    readonly anchorLag: { readonly p50: number; readonly p95: number; readonly p99: number } | null
    readonly frequentEdits: readonly {
      readonly type: string
      readonly id: string
      readonly path: string
      readonly edits: number
    }[]
  }
  readonly items?: readonly BreakdownRow[]
}

/** One run's counts of a check. */
export interface TrendPoint {
  readonly run: number
  readonly finishedTime: string
  readonly check: string
  readonly failed: number
  readonly counted: number
}

/** A record that fails a check. */
export interface FailedRecord {
  readonly type: string
  readonly id: string
  readonly department: string
}

/** A share in per cent; a dash where nothing was counted. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)} %`
}
