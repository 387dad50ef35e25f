/**
 * The authenticated state of one ledger module: a radix-16 tree over hashed keys (spec 3 §2). Pure and synchronous over a
 * node store keyed by path, so that an update overwrites in place. The root depends on the contents only.
 */
import { compareBytes, equalBytes } from './bytes.ts'
import {
  type Cell,
  type Cells,
  decodeNode,
  emptyCells,
  encodeNode,
  isLeaf,
  LEAF_BYTES,
  nodeHashOf,
} from './state-tree-node.ts'
import type { Suite } from './suite.ts'

/** Where nodes are kept. A path is the half-bytes that lead to the node, as lower-case hex; the root's is empty. */
export interface NodeStore {
  read(path: string): Uint8Array | undefined
}

/** A new value of a key, or its removal when `value` is absent. */
export interface StateChange {
  readonly key: Uint8Array
  readonly value: Uint8Array | undefined
}

/** The root after an update, and what to write: bytes by path, `undefined` where a node is to be deleted. */
export interface TreeUpdate {
  readonly root: Uint8Array
  readonly writes: ReadonlyMap<string, Uint8Array | undefined>
}

interface Entry {
  /** The hashed key: its half-bytes are the way to the leaf. */
  readonly way: Uint8Array
  /** The leaf; absent when the key is removed. */
  readonly leaf: Uint8Array | undefined
}

interface Update {
  readonly suite: Suite
  readonly store: NodeStore
  readonly writes: Map<string, Uint8Array | undefined>
}

/** The root of a tree without keys. */
export function emptyStateRoot(suite: Suite): Uint8Array {
  return nodeHashOf(suite, encodeNode(emptyCells()))
}

/** The root of the tree that is stored. */
export function stateRoot(suite: Suite, store: NodeStore): Uint8Array {
  return nodeHashOf(suite, store.read('') ?? encodeNode(emptyCells()))
}

/**
 * Applies changes in one pass: each node is read and hashed at most once. Of two changes of one key the later holds.
 * The store is not touched; a node that stays as it was is not among the writes. Throws when the store lacks a node that
 * its parent names: the state is corrupt and must not be guessed.
 */
export function updateTree(suite: Suite, store: NodeStore, changes: Iterable<StateChange>): TreeUpdate {
  const update: Update = { suite, store, writes: new Map() }
  const entries = sortedEntries(suite, changes)
  if (entries.length === 0) return { root: stateRoot(suite, store), writes: update.writes }
  const before = store.read('')
  const cells = before === undefined ? emptyCells() : cellsAt('', before)
  applyToCells(update, '', cells, entries)
  const bytes = encodeNode(cells)
  writeNode(update, '', before, cells.some((cell) => cell !== undefined) ? bytes : undefined)
  return { root: nodeHashOf(suite, bytes), writes: update.writes }
}

function cellsAt(path: string, bytes: Uint8Array | undefined): Cells {
  const cells = bytes === undefined ? undefined : decodeNode(bytes)
  if (cells === undefined) throw new Error(`state tree: no valid node at path ${path}`)
  return cells
}

function sortedEntries(suite: Suite, changes: Iterable<StateChange>): readonly Entry[] {
  const entries: Entry[] = []
  for (const { key, value } of changes) {
    const way = suite.sha256(key)
    entries.push({ way, leaf: value === undefined ? undefined : leafOf(way, suite.sha256(value)) })
  }
  entries.sort(byWay)
  // The sort keeps the order of equal ways, so the last of them is the later change.
  return entries.filter((entry, i) => i + 1 === entries.length || byWay(entry, entries[i + 1] as Entry) !== 0)
}

const byWay = (a: Entry, b: Entry): number => compareBytes(a.way, b.way)

/** The half-byte of a way at a depth. */
function digitAt({ way }: Entry, depth: number): number {
  const byte = way[depth >> 1] as number
  return (depth & 1) === 0 ? byte >> 4 : byte & 15
}

const DIGITS = '0123456789abcdef'

function leafOf(keyHash: Uint8Array, valueHash: Uint8Array): Uint8Array {
  const leaf = new Uint8Array(LEAF_BYTES)
  leaf.set(keyHash)
  leaf.set(valueHash, 32)
  return leaf
}

/** Hands each cell the changes whose keys lead through it. */
function applyToCells(update: Update, path: string, cells: Cells, entries: readonly Entry[]): void {
  let from = 0
  while (from < entries.length) {
    const digit = digitAt(entries[from] as Entry, path.length)
    let to = from + 1
    while (to < entries.length && digitAt(entries[to] as Entry, path.length) === digit) to += 1
    cells[digit] = applyToCell(update, path + DIGITS[digit], cells[digit], entries.slice(from, to))
    from = to
  }
}

function applyToCell(update: Update, path: string, cell: Cell, entries: readonly Entry[]): Cell {
  if (cell === undefined || isLeaf(cell)) return growCell(update, path, withLeaf(cell, entries))
  const before = update.store.read(path)
  const cells = cellsAt(path, before)
  applyToCells(update, path, cells, entries)
  return closeNode(update, path, cells, before)
}

/** The keys that stand below a cell which had one leaf or none. */
function withLeaf(leaf: Cell, entries: readonly Entry[]): readonly Entry[] {
  const kept = entries.filter((entry) => entry.leaf !== undefined)
  if (leaf === undefined) return kept
  const stays = { way: leaf.subarray(0, 32), leaf }
  if (entries.some((entry) => byWay(entry, stays) === 0)) return kept
  return [...kept, stays].sort(byWay)
}

/** A single key is a leaf in the cell itself, however high; two or more need a node of their own. */
function growCell(update: Update, path: string, entries: readonly Entry[]): Cell {
  if (entries.length < 2) return entries[0]?.leaf
  const cells = emptyCells()
  applyToCells(update, path, cells, entries)
  return closeNode(update, path, cells, undefined)
}

/** Writes the node and answers the cell that names it; a node left with one leaf, or none, is dissolved. */
function closeNode(update: Update, path: string, cells: Cells, before: Uint8Array | undefined): Cell {
  const taken = cells.filter((cell) => cell !== undefined)
  const only = taken[0]
  if (taken.length < 2 && (only === undefined || isLeaf(only))) {
    writeNode(update, path, before, undefined)
    return only
  }
  const bytes = encodeNode(cells)
  writeNode(update, path, before, bytes)
  return nodeHashOf(update.suite, bytes)
}

function writeNode(
  update: Update,
  path: string,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): void {
  const same = before === undefined || after === undefined ? before === after : equalBytes(before, after)
  if (!same) update.writes.set(path, after)
}
