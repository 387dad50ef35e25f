/**
 * The reverse diff of one height: what every tree node and value that the block changed was before. One sorted blob,
 * searched without decoding it, because proofs of old heights are rare and writes of new ones are not.
 */
import { compareBytes } from '@meridian/protocol'

/** What stood under a key of the store before the block; undefined when nothing did. */
export interface Before {
  readonly key: Uint8Array
  readonly value: Uint8Array | undefined
}

const ABSENT = 0xffffffff

/** Count, then the offset of each entry, then the entries: key length, key, value length, value. */
export function encodeUndo(entries: readonly Before[]): Uint8Array {
  const sorted = [...entries].sort((a, b) => compareBytes(a.key, b.key))
  const head = 4 + 4 * sorted.length
  const length = sorted.reduce((sum, e) => sum + 6 + e.key.length + (e.value?.length ?? 0), head)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, sorted.length)
  let at = head
  for (const [i, { key, value }] of sorted.entries()) {
    view.setUint32(4 + 4 * i, at)
    view.setUint16(at, key.length)
    bytes.set(key, at + 2)
    view.setUint32(at + 2 + key.length, value === undefined ? ABSENT : value.length)
    if (value !== undefined) bytes.set(value, at + 6 + key.length)
    at += 6 + key.length + (value?.length ?? 0)
  }
  return bytes
}

/** What `key` held before the block; undefined when the block did not change it. */
export function findBefore(undo: Uint8Array, key: Uint8Array): Before | undefined {
  const view = new DataView(undo.buffer, undo.byteOffset, undo.byteLength)
  let low = 0
  let high = view.getUint32(0)
  while (low < high) {
    const middle = (low + high) >>> 1
    const at = view.getUint32(4 + 4 * middle)
    const found = undo.subarray(at + 2, at + 2 + view.getUint16(at))
    const order = compareBytes(found, key)
    if (order === 0) return { key, value: valueAt(undo, view, at + 2 + found.length) }
    if (order < 0) low = middle + 1
    else high = middle
  }
  return undefined
}

function valueAt(undo: Uint8Array, view: DataView, at: number): Uint8Array | undefined {
  const length = view.getUint32(at)
  return length === ABSENT ? undefined : undo.subarray(at + 4, at + 4 + length)
}
