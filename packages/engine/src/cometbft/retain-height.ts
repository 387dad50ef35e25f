/** From which height on CometBFT keeps its own blocks. This node's store keeps what receipts need in any case. */
import type { SnapshotShelf } from '../snapshots/snapshot-shelf.ts'
import type { ChainStore } from '../store/chain-store.ts'

/** What is asked. */
export interface RetainParts {
  /** How many heights CometBFT keeps; 0 for all. */
  readonly keepBlocks: number
  readonly store: Pick<ChainStore, 'completed'>
  readonly shelf: Pick<SnapshotShelf, 'list'>
}

/** PERF: a few blocks at a time are forgotten in one write. */
const EVERY = 10n

const KEEP_ALL = 0n

/**
 * The answer to the commit of the block at `height`. Never above what another member may still need after the oldest snapshot that this
 * node offers, nor above a block whose header and commit this node has yet to fetch.
 */
export function retainHeight({ keepBlocks, store, shelf }: RetainParts, height: bigint): bigint {
  if (keepBlocks === 0 || height % EVERY !== 0n) return KEEP_ALL
  const [oldest] = shelf.list()
  if (oldest === undefined) return KEEP_ALL
  const wanted = height - BigInt(keepBlocks) + 1n
  const lowest = [wanted, oldest.height, store.completed()].reduce((a, b) => (a < b ? a : b))
  return lowest > 0n ? lowest : KEEP_ALL
}
