/** The small store under a release: texts and bytes by name, read synchronously, on disk or in memory. */

/** Reading. Keys are plain text; a listing is in the order of keys. */
export interface KeyedStore {
  text(key: string): string | undefined
  /** The caller may keep what it gets. */
  bytes(key: string): Uint8Array | undefined
  /** Keys that start with `prefix`, at most `limit`. */
  textKeys(prefix: string, limit: number): string[]
  byteKeys(prefix: string, limit: number): string[]
}

/** Writing, on top of reading. */
export interface KeyedWriter {
  putText(key: string, value: string): void
  putBytes(key: string, value: Uint8Array): void
}

/** A store that lives as long as the process: for what is shipped. */
export function memoryStore(): KeyedStore & KeyedWriter {
  const texts = new Map<string, string>()
  const blobs = new Map<string, Uint8Array>()
  const sorted = new Map<Map<string, unknown>, string[]>()
  const keys = (of: Map<string, unknown>, prefix: string, limit: number): string[] => {
    const all = sorted.get(of) ?? [...of.keys()].sort()
    sorted.set(of, all)
    const found: string[] = []
    for (let at = firstFrom(all, prefix); at < all.length && found.length < limit; at++) {
      const key = all[at] as string
      if (!key.startsWith(prefix)) break
      found.push(key)
    }
    return found
  }
  return {
    text: (key) => texts.get(key),
    bytes: (key) => blobs.get(key),
    textKeys: (prefix, limit) => keys(texts, prefix, limit),
    byteKeys: (prefix, limit) => keys(blobs, prefix, limit),
    putText(key, value) {
      sorted.delete(texts)
      texts.set(key, value)
    },
    putBytes(key, value) {
      sorted.delete(blobs)
      blobs.set(key, value)
    },
  }
}

function firstFrom(sorted: readonly string[], prefix: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as string) < prefix) low = middle + 1
    else high = middle
  }
  return low
}
