/** The writes of one block, kept over the committed state until the block has been executed whole. */
import { compareBytes } from '@meridian/protocol'
import { byteName } from './byte-name.ts'
import type { StateEntry, StateView, WritableView } from './state-machine.ts'

/** What became of one key; an undefined value is a deletion. */
export interface StateChange {
  readonly key: Uint8Array
  readonly value: Uint8Array | undefined
}

/** A writable view and the changes it has gathered. */
export interface Overlay extends WritableView {
  /** The last write to each key of `module`, in ascending bytewise order of the key. */
  changes(module: string): readonly StateChange[]
}

/** An overlay over `base` for the named modules; any other module name is a bug and throws. */
export function createOverlay(base: StateView, modules: readonly string[]): Overlay {
  const layers = new Map(modules.map((module) => [module, createLayer()]))
  const layerOf = (module: string): Layer => {
    const layer = layers.get(module)
    if (layer === undefined) throw new Error(`the state machine has no module ${module}`)
    return layer
  }
  return {
    get(module, key) {
      const change = layerOf(module).find(key)
      return change === undefined ? base.get(module, key) : change.value
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
  find(key: Uint8Array): StateChange | undefined
  set(change: StateChange): void
  isEmpty(): boolean
  sorted(): readonly StateChange[]
}

function createLayer(): Layer {
  const byKey = new Map<string, StateChange>()
  let order: StateChange[] | undefined
  return {
    find: (key) => (byKey.size === 0 ? undefined : byKey.get(byteName(key))),
    set(change) {
      byKey.set(byteName(change.key), change)
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
