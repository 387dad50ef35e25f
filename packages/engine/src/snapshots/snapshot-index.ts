/** What a snapshot says of itself: the state it is of and the hash of every chunk. */
import { encodeCbor, type Suite } from '@meridian/protocol'
import { bigintOf, bytesOf, itemsOf, readRecord } from '../store/record-fields.ts'
import type { SnapshotPoint } from '../store/snapshot-entries.ts'

/** The format of the chunks. */
export const SNAPSHOT_FORMAT = 1

/** The index. */
export interface SnapshotIndex extends SnapshotPoint {
  /** SHA-256 of every chunk, in order. */
  readonly chunks: readonly Uint8Array[]
}

/** The bytes of an index; their hash names the snapshot. */
export function encodeSnapshotIndex({ height, time, chunks }: SnapshotIndex): Uint8Array {
  return encodeCbor([height, time, chunks])
}

/** Reads {@link encodeSnapshotIndex}; undefined for other bytes. */
export function decodeSnapshotIndex(bytes: Uint8Array): SnapshotIndex | undefined {
  try {
    const [height, time, chunks] = readRecord(bytes, 3)
    return { height: bigintOf(height), time: bigintOf(time), chunks: itemsOf(chunks).map(bytesOf) }
  } catch {
    return undefined
  }
}

/** The hash that names a snapshot. */
export function snapshotHash(suite: Suite, index: Uint8Array): Uint8Array {
  return suite.sha256(index)
}
