/** CometBFT's Merkle root over byte strings: the tree of RFC 6962 and RFC 9162, the empty list hashing to SHA-256(""). */
import { leafHash, treeRoot } from '../log.ts'
import type { Suite } from '../suite.ts'

/** Root over items in the given order. */
export function merkleRoot(suite: Suite, items: readonly Uint8Array[]): Uint8Array {
  return treeRoot(
    suite,
    items.map((item) => leafHash(suite, item)),
  )
}
