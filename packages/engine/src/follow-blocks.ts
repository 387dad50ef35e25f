/** The blocks of a chain, each once and in order, waiting for the next: the same for every engine that keeps its blocks in a store. */
import type { BlockFeed } from './block-feed.ts'
import type { StoredBlock } from './engine.ts'
import type { ChainReader } from './store/chain-reader.ts'
import type { ChainStore } from './store/chain-store.ts'

/** What following stands on. */
export interface FollowParts {
  readonly store: Pick<ChainStore, 'snapshotHeight'>
  readonly feed: BlockFeed
}

/** From `fromHeight` on, until `signal` aborts. */
export async function* followBlocks(
  { store, feed }: FollowParts,
  reader: Pick<ChainReader, 'block'>,
  { fromHeight, signal }: { readonly fromHeight: bigint; readonly signal: AbortSignal },
): AsyncGenerator<StoredBlock> {
  let height = fromHeight > 1n ? fromHeight : 1n
  while (!signal.aborted) {
    // A home that began with a snapshot has no older blocks.
    const first = store.snapshotHeight() + 1n
    if (height < first) height = first
    const block = reader.block(height)
    if (block === undefined) {
      await feed.next(signal)
    } else {
      yield block
      height += 1n
    }
  }
}
