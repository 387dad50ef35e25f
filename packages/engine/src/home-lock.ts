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

/** SQLite's result code for a lock that somebody holds (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5

/** Takes the lock of `directory`. Throws engine.home-in-use when another holder lives, engine.storage when it cannot be taken. */
export function lockHome(directory: string): HomeLock {
  const database = openFile(join(directory, 'lock'))
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    const isHeld = (error as { errcode?: unknown }).errcode === SQLITE_BUSY
    throw new EngineFailure(isHeld ? 'engine.home-in-use' : 'engine.storage', {}, error)
  }
  return { release: () => database.close() }
}

function openFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 })
  } catch (error) {
    throw new EngineFailure('engine.storage', {}, error)
  }
}
