/** The outbox: commitments waiting to be anchored, batches of them, and the statements signed for each batch. */

import type { TotalsCell } from '@meridian/protocol'

/** `open`: leaves fixed, nothing signed. `submitted`: a signed statement is kept here. `final`: a block has it. */
export type BatchState = 'open' | 'submitted' | 'final'

/** One signed statement for a batch. Several exist only when an earlier one expired without being in a block. */
export interface BatchStatement {
  readonly statementId: Uint8Array
  readonly bytes: Uint8Array
  readonly expirySeconds: bigint
  readonly signedTime: string
}

/** Where the ledger has the batch. */
export interface BatchFinality {
  readonly statementId: Uint8Array
  readonly height: bigint
  readonly blockTimeSeconds: bigint
}

/**
 * A batch. Its leaves, which stay in the vault, are `size` entries of 32 bytes, in order: `count` commitments, then random
 * padding, up to a power of two of at least 16. `root` is the RFC 9162 root over them (each entry is leaf data). `day` is the
 * UTC day it was opened.
 */
export interface Batch {
  readonly batchId: Uint8Array
  readonly state: BatchState
  readonly day: string
  readonly openedTime: string
  readonly count: number
  readonly size: number
  readonly root: Uint8Array
  readonly standardsSetHash: Uint8Array
  readonly statements: readonly BatchStatement[]
  readonly final: BatchFinality | null
}

/** Names one version of one record. */
export interface VersionName {
  readonly type: string
  readonly id: string
  readonly version: number
}

/** Where one version stands in its batch, and the audit path from its leaf up to `batch.root`. */
export interface BatchMembership {
  readonly batch: Batch
  readonly leafIndex: number
  readonly path: readonly Uint8Array[]
}

/** Why a statement was not kept: another is still alive, or the batch is already in a block, or is unknown. */
export interface StatementNotKept {
  readonly refused: true
  readonly code: 'statement-alive' | 'batch-final' | 'batch-unknown'
}

/** The outbox port. */
export interface Outbox {
  /** How many commitments wait for a batch, and since when the oldest does (ISO 8601). */
  waiting(): Promise<{ readonly count: number; readonly oldestTime: string | null }>
  /** Opens a batch of the oldest waiting commitments; undefined when none waits. Effects: one batch row. */
  openBatch(maxCount: number): Promise<Batch | undefined>
  /**
   * Keeps signed bytes before they are submitted. A second statement for the batch is kept only when `lackedBy`, a block
   * that lacks the earlier ones, is later than every earlier expiry (replacement rule, design: The vault).
   */
  saveStatement(
    batchId: Uint8Array,
    statement: Omit<BatchStatement, 'signedTime'>,
    lackedBy?: { readonly blockTimeSeconds: bigint },
  ): Promise<StatementNotKept | undefined>
  /** Marks a batch as in a block; idempotent. */
  markFinal(batchId: Uint8Array, finality: BatchFinality): Promise<void>
  /** Batches not yet final, oldest first: what the gateway goes on with after a restart. */
  unfinished(): Promise<readonly Batch[]>
  batch(batchId: Uint8Array): Promise<Batch | undefined>
  /** The newest batches, without statements' bytes being of interest: for the console. */
  newest(limit: number): Promise<readonly Batch[]>
  /** The batch of one version; undefined while it waits for one, or when there is no such version. */
  batchOf(type: string, id: string, version: number): Promise<BatchMembership | undefined>
  /** The batches of many versions in one look-up, in their order; undefined as for `batchOf`. */
  batchesOf(versions: readonly VersionName[]): Promise<readonly (Batch | undefined)[]>
  /** Totals of the versions stored on a UTC day (`YYYY-MM-DD`), ready to be published: small cells are hidden. */
  dailyTotals(day: string): Promise<readonly TotalsCell[]>
  /** UTC days before `today` that have totals and were not yet marked as recorded on the ledger. */
  daysToRecord(today: string): Promise<readonly string[]>
  markDayRecorded(day: string, statementId: Uint8Array): Promise<void>
}
