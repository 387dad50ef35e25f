/** Entries of a snapshot cut into chunks, each a row of records: kind, length and bytes of the key, length and bytes of the value. */
import type { SnapshotEntry } from '../store/snapshot-entries.ts'

/** PERF: small enough that reading one leaves the loop to others soon, far below CometBFT's 16 MB. */
const CHUNK_BYTES = 1 << 19

const HEAD_BYTES = 9

/** The chunks of `entries`, in order; none is empty. */
export function* encodeChunks(entries: Iterable<SnapshotEntry>): Generator<Uint8Array> {
  let gathered: SnapshotEntry[] = []
  let length = 0
  for (const entry of entries) {
    gathered.push(entry)
    length += HEAD_BYTES + entry.key.length + entry.value.length
    if (length < CHUNK_BYTES) continue
    yield encodeChunk(gathered, length)
    gathered = []
    length = 0
  }
  if (length > 0) yield encodeChunk(gathered, length)
}

function encodeChunk(entries: readonly SnapshotEntry[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const { kind, key, value } of entries) {
    view.setUint8(at, kind)
    view.setUint32(at + 1, key.length)
    view.setUint32(at + 5, value.length)
    bytes.set(key, at + HEAD_BYTES)
    bytes.set(value, at + HEAD_BYTES + key.length)
    at += HEAD_BYTES + key.length + value.length
  }
  return bytes
}

/** The entries of a chunk, copied out of it; undefined when its bytes are no chunk. */
export function decodeChunk(bytes: Uint8Array): readonly SnapshotEntry[] | undefined {
  const own = new Uint8Array(bytes)
  const view = new DataView(own.buffer)
  const entries: SnapshotEntry[] = []
  for (let at = 0; at < own.length; ) {
    if (at + HEAD_BYTES > own.length) return undefined
    const keyAt = at + HEAD_BYTES
    const valueAt = keyAt + view.getUint32(at + 1)
    const end = valueAt + view.getUint32(at + 5)
    if (end > own.length) return undefined
    entries.push({
      kind: view.getUint8(at),
      key: own.subarray(keyAt, valueAt),
      value: own.subarray(valueAt, end),
    })
    at = end
  }
  return entries
}
