/** The transactions of the blocks that this process has executed and not completed yet. */
import type { CommittedBlock } from './application/chain-head.ts'

/** What is kept of a block. */
export type RecentBlock = Pick<CommittedBlock, 'height' | 'hash' | 'transactions'>

/** The memory. */
export interface RecentBlocks {
  add(block: RecentBlock): void
  at(height: bigint): RecentBlock | undefined
  /** Forgets the blocks up to `height`. */
  forget(height: bigint): void
}

/** Blocks of half a megabyte: who falls behind further asks CometBFT for them. */
const MOST = 64

/** An empty memory. */
export function createRecentBlocks(): RecentBlocks {
  const blocks = new Map<bigint, RecentBlock>()
  return {
    add(block) {
      blocks.set(block.height, block)
      blocks.delete(block.height - BigInt(MOST))
    },
    at: (height) => blocks.get(height),
    forget(height) {
      for (const at of blocks.keys()) if (at <= height) blocks.delete(at)
    },
  }
}
