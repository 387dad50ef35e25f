/** The quality port: a walk over one person after another, and the results of runs, from which trends come by SQL. */
import type { AccessRule } from '../access-rule.ts'
import type { Page, PageRequest, RecordVersion } from '../records/records.ts'

/** All current records of one patient, opened; deleted and erased ones are left out. */
export interface PersonRecords {
  readonly patientId: string
  readonly records: readonly RecordVersion[]
}

/** One cell of counts. `period` is `YYYY-MM`; '' where a dimension does not apply. */
export interface QualityCount {
  readonly check: string
  readonly department: string
  readonly source: string
  readonly period: string
  readonly failed: number
  readonly counted: number
}

/** A record that failed a check. */
export interface QualityFailed {
  readonly check: string
  readonly type: string
  readonly id: string
  readonly department: string
}

/** How values came in, and how long records took until a block held them, in seconds. */
export interface QualityMeasures {
  readonly captureMethods: Readonly<Record<string, number>>
  /** Null while nothing is anchored. */
  readonly anchorLag: {
    readonly count: number
    readonly p50: number
    readonly p95: number
    readonly p99: number
    readonly max: number
  } | null
  /** Elements that one record had changed at least as often as the alarm asks: the path, not the value. */
  readonly frequentEdits: readonly {
    readonly type: string
    readonly id: string
    readonly path: string
    readonly edits: number
  }[]
}

/** A run without its counts. Hashes are hex. */
export interface QualityRun {
  readonly run: number
  readonly rulesId: string
  readonly rulesHash: string
  readonly standardsSetHash: string
  readonly scope: Readonly<Record<string, string>>
  readonly startedTime: string
  readonly finishedTime: string
  readonly persons: number
  readonly records: number
  readonly measures: QualityMeasures
}

/** What a run leaves. */
export interface NewQualityRun extends Omit<QualityRun, 'run' | 'finishedTime'> {
  readonly cells: readonly QualityCount[]
  /** As many as are worth mending in one go; the counts say how many there are. */
  readonly failures: readonly QualityFailed[]
}

/** Sums of one check over what a dimension tells apart; `value` is the department, source or month. */
export interface QualitySum {
  readonly check: string
  readonly value: string
  readonly failed: number
  readonly counted: number
}

/** One run's sum of a check. */
export interface QualityTrendPoint {
  readonly run: number
  readonly finishedTime: string
  readonly rulesHash: string
  readonly check: string
  readonly failed: number
  readonly counted: number
}

/** By what counts are told apart. `all`: not at all. */
export type QualityDimension = 'all' | 'department' | 'source' | 'period'

/** The days looked at, both included. */
export interface QualityDays {
  readonly from?: string
  readonly to?: string
}

/** A batch of the organisation's that a block holds. */
export interface CoveredBatch {
  readonly batchId: Uint8Array
  readonly root: Uint8Array
  readonly day: string
  readonly statementId: Uint8Array
  readonly height: bigint
}

/** The quality port. */
export interface Quality {
  /** One patient after another in a stable order, a bounded number of rows in memory. */
  persons(access: AccessRule): AsyncIterable<PersonRecords>
  /** Capture methods and anchor lag of the versions stored on those days. */
  measure(days: QualityDays): Promise<Omit<QualityMeasures, 'frequentEdits'>>
  /** Every version of the records with at least `versions` of them, record by record, oldest version first. */
  amended(versions: number, days: QualityDays): AsyncIterable<readonly RecordVersion[]>
  /** Keeps a finished run in one transaction and gives its number. Effects: `quality_*`. */
  keep(run: NewQualityRun): Promise<number>
  /** The newest first. */
  runs(limit: number): Promise<readonly QualityRun[]>
  run(run: number): Promise<QualityRun | undefined>
  sums(run: number, dimension: QualityDimension): Promise<readonly QualitySum[]>
  /** The newest `limit` runs, oldest first; of one check when it is given. */
  trend(limit: number, check?: string): Promise<readonly QualityTrendPoint[]>
  /** Failed records that the rule admits, and that are still there; undefined for a foreign cursor. */
  failures(
    of: { readonly run: number; readonly check: string },
    page: PageRequest,
    access: AccessRule,
  ): Promise<Page<QualityFailed> | undefined>
  /** The organisation's own thresholds, in per cent. */
  thresholds(): Promise<ReadonlyMap<string, number>>
  setThreshold(check: string, percent: number, by: string): Promise<void>
  /** Batches of those days that a block holds, oldest first. */
  coveredBatches(days: QualityDays): Promise<readonly CoveredBatch[]>
}
