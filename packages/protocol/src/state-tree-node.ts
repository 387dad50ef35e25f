/**
 * One node of the state tree: 16 cells, each empty, a leaf or the hash of a node below (spec 3 §2). The stored bytes are
 * the preimage of the node's hash. CONSENSUS: changing anything here changes every app hash.
 */
import { prefixed } from './prefixed.ts'
import { smallBytes } from './small-bytes.ts'
import type { Suite } from './suite.ts'

/** 64 bytes for a leaf (hash of the key, hash of the value), 32 for an inner node (its hash), or nothing. */
export type Cell = Uint8Array | undefined

/** Sixteen cells, by the next half-byte of the hashed key. */
export type Cells = Cell[]

export const LEAF_BYTES = 64
const HASH_BYTES = 32
const HEAD_BYTES = 4
/** Keeps these preimages apart from those of RFC 9162 trees, which begin with 0x00 and 0x01. */
const NODE_PREFIX = 0x02

/** A node without children: only the root of an empty tree. */
export function emptyCells(): Cells {
  return new Array<Cell>(16).fill(undefined)
}

/** True for a leaf, false for an inner node or nothing. */
export function isLeaf(cell: Cell): cell is Uint8Array {
  return cell?.length === LEAF_BYTES
}

/** Two bitmaps (which cells are taken, which of them are leaves; bit 15 is cell 0), then the taken cells in order. */
export function encodeNode(cells: Cells): Uint8Array {
  let taken = 0
  let leaves = 0
  let length = HEAD_BYTES
  for (let i = 0; i < 16; i++) {
    const cell = cells[i]
    if (cell === undefined) continue
    taken |= 0x8000 >> i
    if (cell.length === LEAF_BYTES) leaves |= 0x8000 >> i
    length += cell.length
  }
  const bytes = smallBytes(length)
  bytes.set([taken >> 8, taken & 0xff, leaves >> 8, leaves & 0xff])
  let at = HEAD_BYTES
  for (const cell of cells) {
    if (cell === undefined) continue
    bytes.set(cell, at)
    at += cell.length
  }
  return bytes
}

/** The cells, as views into the bytes; `undefined` when the bytes are not what {@link encodeNode} makes. */
export function decodeNode(bytes: Uint8Array): Cells | undefined {
  const [a, b, c, d] = bytes
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined
  const taken = (a << 8) | b
  const leaves = (c << 8) | d
  if ((leaves & ~taken) !== 0) return undefined
  const cells = emptyCells()
  let at = HEAD_BYTES
  for (let i = 0; i < 16; i++) {
    const bit = 0x8000 >> i
    if ((taken & bit) === 0) continue
    const end = at + ((leaves & bit) === 0 ? HASH_BYTES : LEAF_BYTES)
    if (end > bytes.length) return undefined
    cells[i] = bytes.subarray(at, end)
    at = end
  }
  return at === bytes.length ? cells : undefined
}

/** SHA-256(0x02 ‖ the node's bytes). */
export function nodeHashOf(suite: Pick<Suite, 'sha256'>, bytes: Uint8Array): Uint8Array {
  return suite.sha256(prefixed(NODE_PREFIX, bytes))
}
