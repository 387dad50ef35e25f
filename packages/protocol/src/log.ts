/** The Merkle tree of RFC 9162 §2.1 over SHA-256: roots, inclusion, consistency (spec 2). CONSENSUS. */
import { equalBytes } from './bytes.ts'
import { prefixed } from './prefixed.ts'
import type { Suite } from './suite.ts'

type Hasher = Pick<Suite, 'sha256'>

/** Root of a complete subtree: `level` 0 is a leaf hash, its `index` counts nodes of that level from the left. */
export type ReadNode = (level: number, index: number) => Uint8Array

const LEAF = 0x00

/** PERF: one array for every pair: no suite keeps what it hashes. */
const pair = new Uint8Array(65).fill(0x01, 0, 1)

/** SHA-256(0x00 ‖ entry). */
export function leafHash(suite: Hasher, entry: Uint8Array): Uint8Array {
  return suite.sha256(prefixed(LEAF, entry))
}

/** SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(suite: Hasher, left: Uint8Array, right: Uint8Array): Uint8Array {
  // PERF: a loop over so few bytes beats `set`.
  for (let i = 0; i < 32; i++) {
    pair[1 + i] = left[i] as number
    pair[33 + i] = right[i] as number
  }
  return suite.sha256(pair)
}

/** The root of the tree over leaf hashes; SHA-256 of nothing when there are none. */
export function treeRoot(suite: Hasher, leafHashes: readonly Uint8Array[]): Uint8Array {
  if (leafHashes.length === 0) return suite.sha256(new Uint8Array(0))
  return subtreeRoot(suite, readLeaves(suite, leafHashes), 0, leafHashes.length)
}

/** The audit path of one leaf, from the leaf up (RFC 9162 §2.1.3.1). Throws a `RangeError` outside the tree. */
export function inclusionPath(suite: Hasher, leafHashes: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionPathFrom(suite, readLeaves(suite, leafHashes), index, leafHashes.length)
}

/** As {@link inclusionPath}, over stored nodes: reads only complete subtrees, O(log² size) of them at most. */
export function inclusionPathFrom(suite: Hasher, read: ReadNode, index: number, size: number): Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new RangeError('leaf outside the tree')
  const path: Uint8Array[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    if (index < middle) {
      path.push(subtreeRoot(suite, read, middle, end))
      end = middle
    } else {
      path.push(subtreeRoot(suite, read, start, middle))
      start = middle
    }
  }
  return path.reverse()
}

/** The root that a leaf hash and its path lead to (RFC 9162 §2.1.3.2); `undefined` when the path has a wrong length. */
export function rootFromInclusionPath(
  suite: Hasher,
  leaf: Uint8Array,
  place: { readonly index: number; readonly size: number },
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  let node = place.index
  let last = place.size - 1
  if (!isPlace(place.index) || !isPlace(place.size) || node > last) return undefined
  let root = leaf
  for (const sibling of path) {
    if (last === 0 || sibling.length !== 32) return undefined
    if (node % 2 === 1 || node === last) {
      root = nodeHash(suite, sibling, root)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else root = nodeHash(suite, root, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : undefined
}

function isPlace(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** The proof that the first `from` leaves are a prefix (RFC 9162 §2.1.4.1); empty for equal sizes or from nothing. */
export function consistencyPath(
  suite: Hasher,
  leafHashes: readonly Uint8Array[],
  from: number,
): Uint8Array[] {
  return consistencyPathFrom(suite, readLeaves(suite, leafHashes), from, leafHashes.length)
}

/** As {@link consistencyPath}, over stored nodes. Throws a `RangeError` when `from` exceeds `to`. */
export function consistencyPathFrom(suite: Hasher, read: ReadNode, from: number, to: number): Uint8Array[] {
  if (!(from >= 0 && from <= to)) throw new RangeError('an older tree is not larger')
  if (from === 0 || from === to) return []
  const path: Uint8Array[] = []
  let start = 0
  let end = to
  // The old tree's root itself is left out while it is a complete subtree that starts at 0 (`b` in RFC 9162).
  while (from !== end) {
    const middle = start + largestPowerBelow(end - start)
    if (from <= middle) {
      path.push(subtreeRoot(suite, read, middle, end))
      end = middle
    } else {
      path.push(subtreeRoot(suite, read, start, middle))
      start = middle
    }
  }
  if (start !== 0) path.push(subtreeRoot(suite, read, start, end))
  return path.reverse()
}

/** Two tree heads: sizes and roots. */
export interface ConsistencyClaim {
  readonly from: number
  readonly fromRoot: Uint8Array
  readonly to: number
  readonly toRoot: Uint8Array
}

/** True when the path proves that the newer tree extends the older (RFC 9162 §2.1.4.2). */
export function verifyConsistency(
  suite: Hasher,
  claim: ConsistencyClaim,
  path: readonly Uint8Array[],
): boolean {
  const { from, to, fromRoot, toRoot } = claim
  if (!isPlace(from) || !isPlace(to) || from > to) return false
  if (from === to) return path.length === 0 && equalBytes(fromRoot, toRoot)
  if (from === 0) return path.length === 0 && equalBytes(fromRoot, suite.sha256(new Uint8Array(0)))
  return extendsOlder(suite, claim, isPowerOfTwo(from) ? [fromRoot, ...path] : path)
}

function extendsOlder(suite: Hasher, claim: ConsistencyClaim, path: readonly Uint8Array[]): boolean {
  const [first, ...rest] = path
  if (first === undefined || path.some((hash) => hash.length !== 32)) return false
  let node = claim.from - 1
  let last = claim.to - 1
  while (node % 2 === 1) {
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  let older = first
  let newer = first
  for (const sibling of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      older = nodeHash(suite, sibling, older)
      newer = nodeHash(suite, sibling, newer)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else newer = nodeHash(suite, newer, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equalBytes(older, claim.fromRoot) && equalBytes(newer, claim.toRoot)
}

function isPowerOfTwo(value: number): boolean {
  return value >= 1 && 2 ** Math.round(Math.log2(value)) === value
}

/** The largest power of two strictly below `size` (`k` in RFC 9162 §2.1.1); `size` is at least 2. */
function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

function subtreeRoot(suite: Hasher, read: ReadNode, start: number, end: number): Uint8Array {
  const size = end - start
  if (isPowerOfTwo(size)) return read(Math.round(Math.log2(size)), start / size)
  const middle = start + largestPowerBelow(size)
  return nodeHash(suite, subtreeRoot(suite, read, start, middle), subtreeRoot(suite, read, middle, end))
}

/** Complete subtrees computed from the leaves when they are asked for. */
function readLeaves(suite: Hasher, leafHashes: readonly Uint8Array[]): ReadNode {
  const read: ReadNode = (level, index) => {
    if (level > 0) return nodeHash(suite, read(level - 1, 2 * index), read(level - 1, 2 * index + 1))
    const leaf = leafHashes[index]
    if (leaf === undefined) throw new RangeError('leaf outside the tree')
    return leaf
  }
  return read
}
