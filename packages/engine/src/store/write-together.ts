/** One transaction of lmdb: all of its writes are on the disk when it resolves, or none of them ever. */
import { EngineFailure } from '../engine-failure.ts'
import type { Table, Tables } from './open-store.ts'

/** Writes into the transaction at hand. Bytes must not be changed afterwards. */
export interface StoreWriter {
  put(table: Table, key: Uint8Array, value: Uint8Array): void
  remove(table: Table, key: Uint8Array): void
}

/**
 * Gathers the writes of `write` and hands them to lmdb's own thread as one batch. Rejects with engine.storage when the disk
 * is full or fails; nothing has been written then. PERF: about a microsecond for each write on this thread.
 */
export async function writeTogether(tables: Tables, write: (writer: StoreWriter) => void): Promise<void> {
  const answers = new Set<Promise<unknown>>()
  const writer: StoreWriter = {
    put: (table, key, value) => void answers.add(table.put(key, value)),
    remove: (table, key) => void answers.add(table.remove(key)),
  }
  try {
    const committed = tables.root.batch(() => write(writer))
    for (const answer of answers) silence(answer)
    await committed
  } catch (error) {
    const cause = (error as { commitError?: Promise<unknown> }).commitError
    throw new EngineFailure('engine.storage', {}, (await cause?.catch((reason) => reason)) ?? error)
  }
}

/** Every write has a promise that rejects with the transaction; one that nobody asks ends the process. */
function silence(answer: Promise<unknown>): void {
  answer.catch(() => {})
}
