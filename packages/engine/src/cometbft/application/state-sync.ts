/**
 * The four calls of state sync: snapshots that this node offers, and the one it takes when it is new. Each chunk is compared with the hash that
 * the snapshot named for it, and the whole with the app hash that CometBFT's light client verified, before anything is written.
 */
import type {
  AbciApplication,
  ApplySnapshotChunkRequest,
  ApplySnapshotChunkResponse,
  OfferSnapshotRequest,
  OfferSnapshotResponse,
  Snapshot,
} from '@meridian/abci'
import { equalBytes, type Suite } from '@meridian/protocol'
import { decodeChunk } from '../../snapshots/snapshot-chunks.ts'
import {
  decodeSnapshotIndex,
  encodeSnapshotIndex,
  SNAPSHOT_FORMAT,
  type SnapshotIndex,
  snapshotHash,
} from '../../snapshots/snapshot-index.ts'
import type { SnapshotShelf } from '../../snapshots/snapshot-shelf.ts'
import type { ChainStore } from '../../store/chain-store.ts'
import type { SnapshotEntry } from '../../store/snapshot-entries.ts'
import type { ChainHead } from './chain-head.ts'
import type { SnapshotCall } from './comet-application.ts'

/** What state sync stands on. */
export interface StateSyncParts {
  readonly suite: Suite
  readonly store: ChainStore
  readonly head: ChainHead
  readonly shelf: SnapshotShelf
}

/** A snapshot on its way in. */
interface Incoming {
  readonly index: SnapshotIndex
  readonly appHash: Uint8Array
  readonly entries: SnapshotEntry[]
}

/** CometBFT tells each peer of ten snapshots at most. */
const MOST_LISTED = 10

/** The calls. */
export function createStateSync(parts: StateSyncParts): Pick<AbciApplication, SnapshotCall> {
  const { suite, shelf } = parts
  let incoming: Incoming | undefined
  return {
    listSnapshots: () => ({
      snapshots: shelf
        .list()
        .slice(-MOST_LISTED)
        .map((index) => offerOf(suite, index)),
    }),
    loadSnapshotChunk: ({ height, format, chunk }) => ({
      chunk: (format === SNAPSHOT_FORMAT ? shelf.chunk(height, chunk) : undefined) ?? new Uint8Array(0),
    }),
    offerSnapshot(request) {
      const answer = judgeOffer(suite, request)
      incoming = 'index' in answer ? answer : undefined
      return 'index' in answer ? { result: 'accept' } : answer
    },
    async applySnapshotChunk(request) {
      if (incoming === undefined) return { result: 'abort' }
      return await applyChunk(parts, incoming, request)
    },
  }
}

function offerOf(suite: Suite, index: SnapshotIndex): Snapshot {
  const metadata = encodeSnapshotIndex(index)
  const { height, chunks } = index
  return {
    height,
    format: SNAPSHOT_FORMAT,
    chunks: chunks.length,
    hash: snapshotHash(suite, metadata),
    metadata,
  }
}

function judgeOffer(
  suite: Suite,
  { snapshot, appHash }: OfferSnapshotRequest,
): Incoming | OfferSnapshotResponse {
  if (snapshot === null) return { result: 'reject' }
  if (snapshot.format !== SNAPSHOT_FORMAT) return { result: 'reject-format' }
  const metadata = new Uint8Array(snapshot.metadata)
  const index = decodeSnapshotIndex(metadata)
  const isWhole =
    index !== undefined &&
    index.height === snapshot.height &&
    index.chunks.length === snapshot.chunks &&
    equalBytes(snapshotHash(suite, metadata), snapshot.hash)
  return isWhole ? { index, appHash: new Uint8Array(appHash), entries: [] } : { result: 'reject-sender' }
}

async function applyChunk(
  { suite, store, head }: StateSyncParts,
  incoming: Incoming,
  { index, chunk, sender }: ApplySnapshotChunkRequest,
): Promise<ApplySnapshotChunkResponse> {
  const { chunks } = incoming.index
  const isNamed = equalBytes(suite.sha256(chunk), chunks[index] ?? new Uint8Array(0))
  const entries = isNamed ? decodeChunk(chunk) : undefined
  if (entries === undefined) return { result: 'retry', refetchChunks: [index], rejectSenders: [sender] }
  for (const entry of entries) incoming.entries.push(entry)
  if (index < chunks.length - 1) return { result: 'accept' }
  const execution = store.stateOf(incoming.entries)
  if (!equalBytes(execution.state.appHash, incoming.appHash)) return { result: 'reject-snapshot' }
  await store.installSnapshot(incoming.index, { execution, entries: incoming.entries })
  head.reload()
  return { result: 'accept' }
}
