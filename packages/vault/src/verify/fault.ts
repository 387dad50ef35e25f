/** What `vault verify` reports: every place where the store is not what it was when it was sealed and anchored. */

/** `altered`: a value differs. `missing`: a row is gone. `rolled-back`: an older state stands where a newer was. */
export type FaultKind = 'altered' | 'missing' | 'rolled-back'

/** One fault. `table` is the table at fault (`blob store` for a file of it), `where` names the row by ids of ours, `what` says what does not agree. */
export interface Fault {
  readonly kind: FaultKind
  readonly table: string
  readonly where: Readonly<Record<string, string | number>>
  readonly what: string
}

/** A batch as the ledger has it. */
export interface AnchoredBatch {
  readonly batchId: Uint8Array
  readonly root: Uint8Array
  readonly size: number
}

/** How far, and everything that was found. */
export interface VerifyReport {
  readonly versions: number
  readonly erased: number
  readonly deliveries: number
  readonly batches: number
  /** All faults; `faults` holds the first thousand of them. */
  readonly faultCount: number
  readonly faults: readonly Fault[]
}

/** What to compare with, and where to show progress. */
export interface VerifyOptions {
  /** The organisation's batches on the ledger; with it a vault rolled back as a whole is named. */
  readonly anchored?: AsyncIterable<AnchoredBatch> | Iterable<AnchoredBatch>
  /** Versions looked at so far, now and then. */
  readonly onProgress?: (done: { readonly versions: number }) => void
}
