/** The store on disk: one lmdb environment with two tables. Readers see a release once its head is there; the rest of an import never counts. */
import { open, type RootDatabase } from 'lmdb'
import type { KeyedStore, KeyedWriter } from './keyed-store.ts'

/** The store of a folder. */
export interface DiskStore extends KeyedStore {
  /** Runs `write` in one transaction. Effects: the folder. */
  writeAll(write: (writer: KeyedWriter) => void): void
  /** Takes every key away that starts with one of the prefixes, a few thousand at a time. */
  removeAll(prefixes: readonly string[]): void
  close(): Promise<void>
}

/** Puts keep waiting until this many lie in a transaction: less and the disk decides, more and memory does. */
const removedAtOnce = 5000

/** Opens or creates the folder. `@throws` what lmdb throws when the disk says no. */
export function openDiskStore(directory: string): DiskStore {
  const root: RootDatabase = open({
    path: directory,
    maxDbs: 4,
    overlappingSync: false,
    eventTurnBatching: false,
  })
  const texts = root.openDB<string, string>('texts', { encoding: 'string', cache: false })
  const blobs = root.openDB<Uint8Array, string>('bytes', { encoding: 'binary', cache: false })
  const keys = (table: typeof texts | typeof blobs, prefix: string, limit: number): string[] => {
    const found: string[] = []
    for (const key of table.getKeys({ start: prefix, limit })) {
      if (!key.startsWith(prefix)) break
      found.push(key)
    }
    return found
  }
  const writer: KeyedWriter = {
    putText: (key, value) => void texts.putSync(key, value),
    putBytes: (key, value) => void blobs.putSync(key, value),
  }
  return {
    text: (key) => texts.get(key),
    bytes(key) {
      const found = blobs.get(key)
      return found === undefined
        ? undefined
        : new Uint8Array(found.buffer, found.byteOffset, found.byteLength)
    },
    textKeys: (prefix, limit) => keys(texts, prefix, limit),
    byteKeys: (prefix, limit) => keys(blobs, prefix, limit),
    writeAll: (write) => root.transactionSync(() => write(writer)),
    removeAll(prefixes) {
      for (const prefix of prefixes)
        for (const table of [texts, blobs])
          for (
            let some = keys(table, prefix, removedAtOnce);
            some.length > 0;
            some = keys(table, prefix, removedAtOnce)
          )
            root.transactionSync(() => {
              for (const key of some) table.removeSync(key)
            })
    },
    close: () => root.close(),
  }
}
