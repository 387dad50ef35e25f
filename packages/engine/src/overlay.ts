/** The writes of one block, kept over the committed state until the block has been executed whole. */
import { compareBytes, equalBytes } from '@meridian/protocol'
import { byteName } from './byte-name.ts'
import type { StateEntry, StateView, WritableView } from './state-machine.ts'

/** What became of one key; an undefined value is a deletion. */
export interface StateChange {
  readonly key: Uint8Array
  readonly value: Uint8Array | undefined
}

/** A change, and what it changes. */
export interface Rewritten extends StateChange {
  /** What stood there before the block. */
  readonly before: Uint8Array | undefined
}

/** A writable view and the changes it has gathered. */
export interface Overlay extends WritableView {
  /** The last write to each key of `module`, in ascending bytewise order of the key. */
  changes(module: string): readonly Rewritten[]
}

/** An overlay over `base` for the named modules; any other module name is a bug and throws. */
export function createOverlay(base: StateView, modules: readonly string[]): Overlay {
  const layers = new Map(modules.map((module) => [module, createLayer((key) => base.get(module, key))]))
  const layerOf = (module: string): Layer => {
    const layer = layers.get(module)
    if (layer === undefined) throw new Error(`the state machine has no module ${module}`)
    return layer
  }
  return {
    get(module, key) {
      return layerOf(module).get(key)
    },
    scan(module, from, limit) {
      const layer = layerOf(module)
      if (layer.isEmpty()) return base.scan(module, from, limit)
      return mergedScan(base, layer.sorted(), { module, from, limit })
    },
    put: (module, key, value) => layerOf(module).set({ key, value }),
    delete: (module, key) => layerOf(module).set({ key, value: undefined }),
    changes: (module) => layerOf(module).sorted(),
  }
}

interface Layer {
  get(key: Uint8Array): Uint8Array | undefined
  set(change: StateChange): void
  isEmpty(): boolean
  sorted(): readonly Rewritten[]
}

function createLayer(read: (key: Uint8Array) => Uint8Array | undefined): Layer {
  const byKey = new Map<string, Rewritten>()
  let order: Rewritten[] | undefined
  // PERF: a rule looks that a key is new right before it writes it, so what was found last is what the write changes.
  let last: StateChange | undefined
  const readAgain = (key: Uint8Array): Uint8Array | undefined =>
    last !== undefined && equalBytes(last.key, key) ? last.value : read(key)
  return {
    get(key) {
      const change = byKey.size === 0 ? undefined : byKey.get(byteName(key))
      if (change !== undefined) return change.value
      const value = read(key)
      last = { key, value }
      return value
    },
    set({ key, value }) {
      const name = byteName(key)
      const known = byKey.get(name)
      byKey.set(name, { key, value, before: known === undefined ? readAgain(key) : known.before })
      order = undefined
    },
    isEmpty: () => byKey.size === 0,
    sorted() {
      order ??= [...byKey.values()].sort((a, b) => compareBytes(a.key, b.key))
      return order
    },
  }
}

interface ScanRange {
  readonly module: string
  readonly from: Uint8Array
  readonly limit: number
}

function mergedScan(base: StateView, changes: readonly StateChange[], range: ScanRange): StateEntry[] {
  const relevant = changes.filter((change) => compareBytes(change.key, range.from) >= 0)
  // Every change can hide at most one committed entry, so this many are enough to fill the answer.
  const committed = base.scan(range.module, range.from, range.limit + relevant.length)
  const merged: StateEntry[] = []
  let c = 0
  let e = 0
  while (merged.length < range.limit && (c < relevant.length || e < committed.length)) {
    const change = relevant[c]
    const entry = committed[e]
    const order = change && entry ? compareBytes(change.key, entry.key) : change ? -1 : 1
    if (order <= 0) c++
    if (order >= 0) e++
    if (order > 0 && entry) merged.push(entry)
    else if (change?.value !== undefined) merged.push({ key: change.key, value: change.value })
  }
  return merged
}
