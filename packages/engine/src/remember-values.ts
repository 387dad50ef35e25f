/**
 * A view that remembers the values it has read, until a block changes them. PERF: every statement asks for the same few of its issuer,
 * its key and the parameters, in CheckTx and again in its block; a read of lmdb costs ten times a look into this.
 */
import { byteName } from './byte-name.ts'
import type { ModuleChanges } from './execute-block.ts'
import type { StateView } from './state-machine.ts'

/** The view and its memory. */
export interface RememberedValues {
  /** Answers what the view under it does. Nobody changes the bytes. */
  readonly view: StateView
  /** A block with these changes is durable. */
  changed(modules: readonly Pick<ModuleChanges, 'module' | 'values'>[]): void
  /** Anything may have changed. */
  forget(): void
}

/** More than the members of a chain and their keys; entries are some hundred bytes. */
const CAPACITY = 4_096

/**
 * Remembers over `read`, which always answers from the newest state. Only what exists is remembered: what does not are ids that are asked
 * for once, to see that they are new.
 */
export function rememberValues(read: StateView): RememberedValues {
  const byModule = new Map<string, Map<string, Uint8Array>>()
  // lmdb ends the snapshot that reads of this turn of the loop see only with the turn: until then nothing new is believed.
  let isSettling = false
  const settle = (): void => {
    isSettling = true
    setImmediate(() => {
      isSettling = false
    })
  }
  const memoryOf = (module: string): Map<string, Uint8Array> => {
    const memory = byModule.get(module) ?? new Map<string, Uint8Array>()
    byModule.set(module, memory)
    return memory
  }
  return {
    view: {
      scan: read.scan,
      get(module, key) {
        const memory = memoryOf(module)
        const name = byteName(key)
        const known = memory.get(name)
        if (known !== undefined) return known
        const value = read.get(module, key)
        if (value === undefined || isSettling) return value
        if (memory.size >= CAPACITY) memory.clear()
        // A value that was read is a view into memory of lmdb's own.
        const own = new Uint8Array(value)
        memory.set(name, own)
        return own
      },
    },
    changed(modules) {
      settle()
      for (const { module, values } of modules) {
        const memory = byModule.get(module)
        if (memory !== undefined) for (const { name } of values) memory.delete(byteName(name))
      }
    },
    forget() {
      settle()
      byModule.clear()
    },
  }
}
