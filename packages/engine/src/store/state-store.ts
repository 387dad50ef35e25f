/** State in lmdb: values and tree nodes of the newest height, and of older ones through the reverse diffs. */
import type { NodeStore } from '@meridian/protocol'
import type { StateEntry, StateView } from '../state-machine.ts'
import { heightKey, moduleKey } from './keys.ts'
import { plainBytes, readBytes, type Table, type Tables } from './open-store.ts'
import { findBefore } from './undo-record.ts'

/** The two kinds of things that a reverse diff holds. */
export const UNDO = { node: 0, value: 1 } as const

/** Reads state of one height. */
export interface StateReader {
  readonly view: StateView
  nodes(module: string): NodeStore
}

/** The newest state. `modules` is the order in which they are numbered in the store. */
export function newestState(tables: Tables, modules: readonly string[]): StateReader {
  return {
    view: {
      get: (module, key) => readBytes(tables.values, moduleKey(placeOf(modules, module), key)),
      scan: (module, from, limit) => scanValues(tables.values, placeOf(modules, module), from, limit),
    },
    nodes(module) {
      const place = placeOf(modules, module)
      return { read: (path) => readBytes(tables.nodes, nodeKey(place, path)) }
    },
  }
}

/** Value and tree as they were after the block at `height`, which must lie in the proof window up to `head`. */
export interface OldState {
  value(module: string, key: Uint8Array): Uint8Array | undefined
  nodes(module: string): NodeStore
}

/** The state after `height`: for each thing, what the first later block that changed it found. */
export function stateAt(
  tables: Tables,
  modules: readonly string[],
  range: { readonly height: bigint; readonly head: bigint },
): OldState {
  const later = undoAfter(tables.undo, range)
  const read = (kind: number, place: number, key: Uint8Array): Uint8Array | undefined => {
    const name = undoKey(kind, place, key)
    for (const undo of later) {
      const before = findBefore(undo, name)
      if (before !== undefined) return before.value
    }
    const table = kind === UNDO.node ? tables.nodes : tables.values
    return readBytes(table, moduleKey(place, key))
  }
  return {
    value: (module, key) => read(UNDO.value, placeOf(modules, module), key),
    nodes: (module) => ({
      read: (path) => read(UNDO.node, placeOf(modules, module), pathBytes(path)),
    }),
  }
}

/** The name of a node or value in a reverse diff. */
export function undoKey(kind: number, place: number, key: Uint8Array): Uint8Array {
  const name = new Uint8Array(2 + key.length)
  name[0] = kind
  name[1] = place
  name.set(key, 2)
  return name
}

/** The key of a tree node in the store. */
export function nodeKey(place: number, path: string): Uint8Array {
  return moduleKey(place, pathBytes(path))
}

/** A path as bytes: one for each half-byte. */
export function pathBytes(path: string): Uint8Array {
  return Buffer.from(path, 'latin1')
}

/** The number of a module; an unknown name is a bug. */
export function placeOf(modules: readonly string[], module: string): number {
  const place = modules.indexOf(module)
  if (place < 0) throw new Error(`the state machine has no module ${module}`)
  return place
}

function undoAfter(undo: Table, range: { height: bigint; head: bigint }): readonly Uint8Array[] {
  const entries = undo.getRange({ start: heightKey(range.height + 1n), end: heightKey(range.head + 1n) })
  return [...entries].map((entry) => entry.value)
}

function scanValues(values: Table, place: number, from: Uint8Array, limit: number): readonly StateEntry[] {
  const range = { start: moduleKey(place, from), end: new Uint8Array([place + 1]), limit }
  return [...values.getRange(range)].map(({ key, value }) => ({
    key: plainBytes(key).subarray(1),
    value: plainBytes(value),
  }))
}
