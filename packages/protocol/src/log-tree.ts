/** A whole RFC 9162 tree kept in memory: each node is hashed once, then any number of paths are only read (spec 2 §2). */
import { inclusionPathFrom, nodeHash, treeRoot } from './log.ts'
import type { Suite } from './suite.ts'

/** A tree over fixed leaves, such as a batch. */
export interface MerkleTree {
  readonly root: Uint8Array
  readonly size: number
  /** The audit path of one leaf. Throws a `RangeError` outside the tree. */
  inclusionPath(index: number): Uint8Array[]
}

/** Builds the tree over leaf hashes; about one hash for each leaf. */
export function buildTree(suite: Pick<Suite, 'sha256'>, leafHashes: readonly Uint8Array[]): MerkleTree {
  const levels: (readonly Uint8Array[])[] = [leafHashes]
  for (let below = leafHashes; below.length > 1; ) {
    below = completePairs(suite, below)
    levels.push(below)
  }
  const read = (level: number, index: number): Uint8Array => levels[level]?.[index] as Uint8Array
  return Object.freeze({
    root: leafHashes.length === 0 ? treeRoot(suite, []) : rootOf(suite, levels, leafHashes.length),
    size: leafHashes.length,
    inclusionPath: (index: number) => inclusionPathFrom(suite, read, index, leafHashes.length),
  })
}

function completePairs(suite: Pick<Suite, 'sha256'>, below: readonly Uint8Array[]): Uint8Array[] {
  const level: Uint8Array[] = []
  for (let i = 0; i + 1 < below.length; i += 2)
    level.push(nodeHash(suite, below[i] as Uint8Array, below[i + 1] as Uint8Array))
  return level
}

/** Joins the complete subtrees, the smallest first. */
function rootOf(
  suite: Pick<Suite, 'sha256'>,
  levels: readonly (readonly Uint8Array[])[],
  size: number,
): Uint8Array {
  let root: Uint8Array | undefined
  let rest = size
  for (let level = 0; rest > 0; level++, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 0) continue
    const peak = levels[level]?.[rest - 1] as Uint8Array
    root = root === undefined ? peak : nodeHash(suite, peak, root)
  }
  return root as Uint8Array
}
