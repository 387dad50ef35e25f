/**
 * One process at a time in a PGlite directory: two would destroy it. The lock is the operating system's own on a file beside it,
 * taken through SQLite, so it goes when the process goes, however it ends.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { VaultFailure } from './vault-failure.ts'

/** Held until released or until the process ends. */
export interface DirectoryLock {
  release(): void
}

/**
 * Takes the lock `DIRECTORY.lock`. Throws {@link VaultFailure}: `locked` when another holder lives, `disk-full`, or
 * `failed` when the folder cannot be written.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const database = openFile(`${directory}.lock`)
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    throw lockFailure(cause, directory)
  }
  return { release: () => database.close() }
}

/** SQLite's result codes (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5
const SQLITE_FULL = 13

function lockFailure(cause: unknown, directory: string): VaultFailure {
  const { errcode } = cause as { errcode?: unknown }
  if (errcode === SQLITE_BUSY)
    return new VaultFailure('locked', 'Another process has this vault open', { cause, detail: { directory } })
  if (errcode === SQLITE_FULL)
    return new VaultFailure('disk-full', 'The disk of the database is full', { cause })
  return new VaultFailure('failed', 'The folder of the vault cannot be written', { cause })
}

function openFile(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return new DatabaseSync(file, { timeout: 0 })
  } catch (cause) {
    throw new VaultFailure('failed', 'The folder of the vault cannot be written', { cause })
  }
}
