/** Requests and answers of the snapshot connection (state sync). */

/** A snapshot of the state after a height, in an application's own format, cut into chunks. */
export interface Snapshot {
  readonly height: bigint
  readonly format: number
  readonly chunks: number
  /** Equal only for equal snapshots. */
  readonly hash: Uint8Array
  readonly metadata: Uint8Array
}

/** The snapshots this node can serve to others. CometBFT tells each peer of at most ten. */
export interface ListSnapshotsResponse {
  readonly snapshots: readonly Snapshot[]
}

/** A snapshot some peers have; `appHash` is what the light client verified for its height. */
export interface OfferSnapshotRequest {
  /** Never `null` from CometBFT. */
  readonly snapshot: Snapshot | null
  readonly appHash: Uint8Array
}

/** `abort` gives up state sync, the rejections try another. */
export interface OfferSnapshotResponse {
  readonly result: 'accept' | 'abort' | 'reject' | 'reject-format' | 'reject-sender'
}

/** One chunk of a snapshot this node listed, for a peer. */
export interface LoadSnapshotChunkRequest {
  readonly height: bigint
  readonly format: number
  readonly chunk: number
}

/** The chunk's bytes, at most 16 MB; empty when it is gone. */
export interface LoadSnapshotChunkResponse {
  readonly chunk: Uint8Array
}

/** The next chunk of the accepted snapshot, from the peer `sender`. Chunks come in order. */
export interface ApplySnapshotChunkRequest {
  readonly index: number
  readonly chunk: Uint8Array
  readonly sender: string
}

/** What next: on, fetch `refetchChunks` again, give no more to `rejectSenders`, or try another snapshot. */
export interface ApplySnapshotChunkResponse {
  readonly result: 'accept' | 'abort' | 'retry' | 'retry-snapshot' | 'reject-snapshot'
  readonly refetchChunks?: readonly number[]
  readonly rejectSenders?: readonly string[]
}
