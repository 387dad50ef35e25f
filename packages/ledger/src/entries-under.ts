/** Walks everything under one prefix of a module's keys. A rule uses it only where the number is bounded. */
import type { StateView } from './state-view.ts'

const PAGE = 256

/** What stands under a prefix; `rest` is the key without it. */
export interface EntryUnder {
  readonly rest: Uint8Array
  readonly value: Uint8Array
}

/** All entries under `prefix` in key order. Cost: the whole prefix. */
export function entriesUnder(view: StateView, module: string, prefix: Uint8Array): readonly EntryUnder[] {
  const found: EntryUnder[] = []
  let from = prefix
  for (;;) {
    const page = view.scan(module, from, PAGE)
    for (const { key, value } of page) {
      if (!startsWith(key, prefix)) return found
      found.push({ rest: key.subarray(prefix.length), value })
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return found
    from = new Uint8Array(last.key.length + 1)
    from.set(last.key)
  }
}

function startsWith(key: Uint8Array, prefix: Uint8Array): boolean {
  return key.length >= prefix.length && prefix.every((byte, i) => byte === key[i])
}
