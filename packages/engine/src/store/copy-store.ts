/** A copy of the chain in a new ledger directory, made while its engine goes on. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineFailure } from '../engine-failure.ts'
import type { ChainStore } from './chain-store.ts'
import { STORE_FOLDER } from './open-store.ts'

/** Copies the store, as it is at one moment, into `directory`, which must not exist. Throws engine.storage. */
export async function copyStore(store: ChainStore, directory: string): Promise<void> {
  const folder = join(directory, STORE_FOLDER)
  try {
    await mkdir(directory)
    await mkdir(folder)
  } catch (error) {
    throw new EngineFailure('engine.storage', {}, error)
  }
  await store.copyTo(folder)
}
