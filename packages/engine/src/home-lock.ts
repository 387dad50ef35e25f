/**
 * One process per home: two would sign the same height twice. The lock is the operating system's own lock on a file,
 * taken through SQLite, so it goes when the process goes, however it ends.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EngineFailure } from './engine-failure.ts'

/** A lock that is held until it is released or the process ends. */
export interface HomeLock {
  release(): void
}

/** Takes the lock of `directory`. Throws engine.home-in-use when another holder lives. */
export function lockHome(directory: string): HomeLock {
  const database = new DatabaseSync(join(directory, 'lock'), { timeout: 0 })
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw new EngineFailure('engine.home-in-use', {}, error)
  }
  return { release: () => database.close() }
}
