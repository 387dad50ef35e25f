/**
 * Two anchored records of one handle that cannot both be true: proof, once both are opened, that an organisation told two histories
 * of one record (spec 5 §7.5).
 */
import { equalBytes } from './bytes.ts'
import type { CommitmentHeader } from './commitment.ts'
import { isRefusal } from './refusal.ts'
import type { Suite } from './suite.ts'
import type { Verification } from './verification.ts'
import { openFiles, type ReceiptFiles } from './verify-files.ts'
import { verifyReceipt } from './verify-receipt.ts'

/** What two receipts, each with its record or some of its elements, say together. */
export type Comparison =
  /** The one at `index` does not hold by itself, or nothing is opened beside it; then `verification` says what else was proved. */
  | {
      readonly kind: 'not-verified' | 'not-opened'
      readonly index: 0 | 1
      readonly verification: Verification
    }
  /** They are about different records, or agree. */
  | { readonly kind: 'other-record' | 'agree' }
  | Contradiction

/** `same-version`: one version with two contents. `other-previous`: the later one names another one before it. */
export interface Contradiction {
  readonly kind: 'same-version' | 'other-previous'
  /** Whose gateway it was. */
  readonly organisation: string
  /** 16 bytes. */
  readonly handle: Uint8Array
  readonly versions: readonly [number, number]
  readonly commitments: readonly [Uint8Array, Uint8Array]
}

interface Anchored {
  readonly header: CommitmentHeader
  readonly commitment: Uint8Array
}

/** Verifies both and compares them. The order does not matter. Never throws, whatever the bytes. */
export function compareReceipts(suite: Suite, both: readonly [ReceiptFiles, ReceiptFiles]): Comparison {
  const first = anchoredIn(suite, both[0], 0)
  if ('kind' in first) return first
  const second = anchoredIn(suite, both[1], 1)
  return 'kind' in second ? second : compareAnchored(first, second)
}

function anchoredIn(suite: Suite, files: ReceiptFiles, index: 0 | 1): Anchored | Comparison {
  const verification = verifyReceipt(suite, files)
  if (!verification.verified) return { kind: 'not-verified', index, verification }
  const opened = openFiles(suite, files)
  const file = isRefusal(opened) ? undefined : (opened.record ?? opened.shown)
  return file ?? { kind: 'not-opened', index, verification }
}

function compareAnchored(first: Anchored, second: Anchored): Comparison {
  const { organisation, handle } = first.header
  const isOneRecord = organisation === second.header.organisation && equalBytes(handle, second.header.handle)
  if (!isOneRecord) return { kind: 'other-record' }
  const kind = contradictionOf(first, second)
  if (kind === undefined) return { kind: 'agree' }
  return {
    kind,
    organisation,
    handle,
    versions: [first.header.version, second.header.version],
    commitments: [first.commitment, second.commitment],
  }
}

function contradictionOf(first: Anchored, second: Anchored): Contradiction['kind'] | undefined {
  const apart = second.header.version - first.header.version
  if (apart === 0) return equalBytes(first.commitment, second.commitment) ? undefined : 'same-version'
  if (apart === 1) return follows(first, second) ? undefined : 'other-previous'
  if (apart === -1) return follows(second, first) ? undefined : 'other-previous'
  return undefined
}

function follows(earlier: Anchored, later: Anchored): boolean {
  return equalBytes(later.header.previous ?? new Uint8Array(), earlier.commitment)
}
