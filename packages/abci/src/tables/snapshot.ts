/** Tables of the messages in `../messages/snapshot.ts`. */
import { many, maybe, packed, single } from '../codec/field.ts'
import { bytes, oneName, text, uint32, uint64 } from '../codec/kinds.ts'
import { message } from '../codec/message.ts'
import type * as sync from '../messages/snapshot.ts'

const snapshot = message<sync.Snapshot>({
  height: single(1, uint64),
  format: single(2, uint32),
  chunks: single(3, uint32),
  hash: single(4, bytes),
  metadata: single(5, bytes),
})

/** `ResponseListSnapshots` */
export const listSnapshotsResponse = message<sync.ListSnapshotsResponse>({ snapshots: many(1, snapshot) })

/** `RequestOfferSnapshot` */
export const offerSnapshotRequest = message<sync.OfferSnapshotRequest>({
  snapshot: maybe(1, snapshot),
  appHash: single(2, bytes),
})

/** `ResponseOfferSnapshot` */
export const offerSnapshotResponse = message<sync.OfferSnapshotResponse>({
  result: single(1, oneName([null, 'accept', 'abort', 'reject', 'reject-format', 'reject-sender'], 'abort')),
})

/** `RequestLoadSnapshotChunk` */
export const loadSnapshotChunkRequest = message<sync.LoadSnapshotChunkRequest>({
  height: single(1, uint64),
  format: single(2, uint32),
  chunk: single(3, uint32),
})

/** `ResponseLoadSnapshotChunk` */
export const loadSnapshotChunkResponse = message<sync.LoadSnapshotChunkResponse>({ chunk: single(1, bytes) })

/** `RequestApplySnapshotChunk` */
export const applySnapshotChunkRequest = message<sync.ApplySnapshotChunkRequest>({
  index: single(1, uint32),
  chunk: single(2, bytes),
  sender: single(3, text),
})

/** `ResponseApplySnapshotChunk` */
export const applySnapshotChunkResponse = message<sync.ApplySnapshotChunkResponse>({
  result: single(
    1,
    oneName([null, 'accept', 'abort', 'retry', 'retry-snapshot', 'reject-snapshot'], 'abort'),
  ),
  refetchChunks: packed(2, uint32),
  rejectSenders: many(3, text),
})
