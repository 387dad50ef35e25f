/** The blob port in memory, so that a test can look at it and take something away behind the vault's back. */
import type { BlobStore } from '../blobs/blob-store.ts'

/** The store and what is in it. */
export interface MemoryBlobs extends BlobStore {
  readonly held: Map<string, Uint8Array>
}

/** An empty one. */
export function createMemoryBlobs(): MemoryBlobs {
  const held = new Map<string, Uint8Array>()
  return {
    held,
    put: async (name, bytes) => void held.set(name, Buffer.from(bytes)),
    get: async (name) => held.get(name),
    remove: async (name) => void held.delete(name),
    async *names() {
      yield* [...held.keys()]
    },
  }
}
