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
 * Takes the lock `DIRECTORY.lock`. Throws {@link VaultFailure}: `locked` when another holder lives, `failed` when the
 * folder cannot be written.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const database = openFile(`${directory}.lock`)
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    throw new VaultFailure('locked', 'Another process has this vault open', { cause, detail: { directory } })
  }
  return { release: () => database.close() }
}

function openFile(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true })
    return new DatabaseSync(file, { timeout: 0 })
  } catch (cause) {
    throw new VaultFailure('failed', 'The folder of the vault cannot be written', { cause })
  }
}
