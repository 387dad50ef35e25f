/** The right edge of a growing RFC 9162 tree: enough to append and to know the root, log2(size) hashes (spec 2 §4). */
import { nodeHash } from './log.ts'
import type { Suite } from './suite.ts'

type Hasher = Pick<Suite, 'sha256'>

/** Roots of the complete subtrees that make up the tree, the largest (leftmost) first; one per set bit of `size`. */
export interface Frontier {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

/** Hears of every complete subtree at the moment it becomes complete; `level` 0 is the leaf itself. */
export type OnNode = (level: number, index: number, hash: Uint8Array) => void

/** The tree without leaves. */
export const emptyFrontier: Frontier = Object.freeze({ size: 0, peaks: Object.freeze([]) })

/** The frontier with one more leaf. */
export function appendLeaf(suite: Hasher, frontier: Frontier, leaf: Uint8Array, onNode?: OnNode): Frontier {
  const peaks = [...frontier.peaks]
  let hash = leaf
  let index = frontier.size
  let level = 0
  onNode?.(level, index, hash)
  while (index % 2 === 1) {
    hash = nodeHash(suite, peaks.pop() as Uint8Array, hash)
    index = Math.floor(index / 2)
    level += 1
    onNode?.(level, index, hash)
  }
  peaks.push(hash)
  return { size: frontier.size + 1, peaks }
}

/** The root; SHA-256 of nothing when there are no leaves. */
export function frontierRoot(suite: Hasher, frontier: Frontier): Uint8Array {
  const { peaks } = frontier
  let root = peaks[peaks.length - 1]
  if (root === undefined) return suite.sha256(new Uint8Array(0))
  for (let i = peaks.length - 2; i >= 0; i--) root = nodeHash(suite, peaks[i] as Uint8Array, root)
  return root
}
