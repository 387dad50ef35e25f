/** Proofs that a key has a value, or has none, under the root of a state tree (spec 3 §3). */
import { equalBytes } from './bytes.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { NodeStore } from './state-tree.ts'
import { decodeNode, emptyCells, encodeNode, isLeaf, nodeHashOf } from './state-tree-node.ts'
import type { Suite } from './suite.ts'

/** The nodes on the way to the key, the root first, and the value when there is one. */
export interface StateProof {
  readonly nodes: readonly Uint8Array[]
  readonly value: Uint8Array | undefined
}

/** What a proof proves. */
export type ProvedState = { readonly present: true; readonly value: Uint8Array } | { readonly present: false }

/** A path is at most as long as a hashed key has half-bytes. */
const MAX_NODES = 64

/**
 * Collects the proof for a key. `value` is what the store of values holds for it, absent when it holds none. Throws when
 * the stored tree lacks a node.
 */
export function proveStateKey(
  suite: Suite,
  store: NodeStore,
  key: Uint8Array,
  value: Uint8Array | undefined,
): StateProof {
  const keyHash = suite.sha256(key)
  const nodes: Uint8Array[] = []
  let path = ''
  for (;;) {
    const bytes = store.read(path) ?? (path === '' ? encodeNode(emptyCells()) : undefined)
    const cells = bytes === undefined ? undefined : decodeNode(bytes)
    if (bytes === undefined || cells === undefined)
      throw new Error(`state tree: no valid node at path ${path}`)
    nodes.push(bytes)
    const digit = halfByte(keyHash, path.length)
    const cell = cells[digit]
    if (cell === undefined || isLeaf(cell)) return { nodes, value }
    path += digit.toString(16)
  }
}

function halfByte(keyHash: Uint8Array, place: number): number {
  const byte = keyHash[place >> 1] as number
  return place % 2 === 0 ? byte >> 4 : byte & 15
}

/** Refusals: `state-proof.malformed`, `state-proof.wrong-root`. */
export function verifyStateProof(
  suite: Suite,
  root: Uint8Array,
  key: Uint8Array,
  proof: StateProof,
): ProvedState | Refusal {
  const keyHash = suite.sha256(key)
  const leaf = findLeaf(suite, root, keyHash, proof.nodes)
  if (leaf !== undefined && !(leaf instanceof Uint8Array)) return leaf
  const present = leaf !== undefined && equalBytes(leaf.subarray(0, 32), keyHash)
  if (!present) return proof.value === undefined ? { present: false } : malformed()
  if (proof.value === undefined) return malformed()
  if (!equalBytes(leaf.subarray(32), suite.sha256(proof.value)))
    return refuse('protocol', 'state-proof.wrong-root')
  return { present: true, value: proof.value }
}

function malformed(): Refusal {
  return refuse('protocol', 'state-proof.malformed')
}

/** The leaf in which the way of a key ends (its own or another's), or nothing when it ends in an empty cell. */
function findLeaf(
  suite: Suite,
  root: Uint8Array,
  keyHash: Uint8Array,
  nodes: readonly Uint8Array[],
): Uint8Array | undefined | Refusal {
  if (nodes.length === 0 || nodes.length > MAX_NODES) return malformed()
  let expected = root
  for (const [depth, bytes] of nodes.entries()) {
    if (!equalBytes(nodeHashOf(suite, bytes), expected)) return refuse('protocol', 'state-proof.wrong-root')
    const cells = decodeNode(bytes)
    if (cells === undefined) return malformed()
    const cell = cells[halfByte(keyHash, depth)]
    const isLast = depth === nodes.length - 1
    if (cell === undefined || isLeaf(cell)) return isLast ? cell : malformed()
    expected = cell
  }
  return malformed()
}
