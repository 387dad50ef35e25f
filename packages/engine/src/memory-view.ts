/** State in memory: the simplest view, for tests and for naive models to be compared with. */
import { compareBytes, fromHex, toHex } from '@meridian/protocol'
import type { StateEntry, WritableView } from './state-machine.ts'

/** An empty writable state without modules to declare. */
export function createMemoryView(): WritableView {
  const modules = new Map<string, Map<string, Uint8Array>>()
  const moduleOf = (name: string): Map<string, Uint8Array> => {
    const module = modules.get(name) ?? new Map<string, Uint8Array>()
    modules.set(name, module)
    return module
  }
  return {
    get: (module, key) => moduleOf(module).get(toHex(key)),
    scan: (module, from, limit) =>
      entriesOf(moduleOf(module))
        .filter((entry) => compareBytes(entry.key, from) >= 0)
        .slice(0, limit),
    put: (module, key, value) => void moduleOf(module).set(toHex(key), value),
    delete: (module, key) => void moduleOf(module).delete(toHex(key)),
  }
}

function entriesOf(module: ReadonlyMap<string, Uint8Array>): StateEntry[] {
  return [...module]
    .map(([hex, value]) => ({ key: fromHex(hex) ?? new Uint8Array(), value }))
    .sort((a, b) => compareBytes(a.key, b.key))
}
