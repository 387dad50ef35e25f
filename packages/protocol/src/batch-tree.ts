/** The tree over the commitments of one batch, padded with random leaves to a power of two (spec 2 §5). */
import { leafHash, rootFromInclusionPath } from './log.ts'
import { buildTree } from './log-tree.ts'
import { BATCH_SIZES } from './statements/anchor-batch.ts'
import type { Suite } from './suite.ts'

/** A batch ready to be stated: `root` and `size` go into the statement, the paths into the receipts. */
export interface BatchTree {
  readonly root: Uint8Array
  readonly size: number
  /** The audit path of the commitment at `index`, from the leaf up. Throws a `RangeError` outside the batch. */
  pathOf(index: number): readonly Uint8Array[]
}

/** Number of leaves for so many commitments. Throws a `RangeError` for none or too many. */
export function batchSizeFor(count: number): number {
  if (!(count >= 1 && count <= BATCH_SIZES.most)) throw new RangeError('a batch has 1 to 2^20 commitments')
  let size: number = BATCH_SIZES.least
  while (size < count) size *= 2
  return size
}

/**
 * Builds the tree. The leaves are the commitments (32 bytes each) in order, then random ones from `randomBytes`, so
 * that nobody reads off the ledger how many records a small place made.
 */
export function buildBatchTree(
  suite: Suite,
  commitments: readonly Uint8Array[],
  randomBytes: (length: number) => Uint8Array,
): BatchTree {
  const size = batchSizeFor(commitments.length)
  const leaves = Array.from({ length: size }, (_, i) => leafHash(suite, commitments[i] ?? randomBytes(32)))
  const tree = buildTree(suite, leaves)
  return Object.freeze({ root: tree.root, size, pathOf: tree.inclusionPath })
}

/** The root that a commitment's path leads to; `undefined` when the path does not fit a batch of that size. */
export function batchRootOf(
  suite: Suite,
  commitment: Uint8Array,
  place: { readonly index: number; readonly size: number },
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  return rootFromInclusionPath(suite, leafHash(suite, commitment), place, path)
}
