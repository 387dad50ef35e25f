/** One process at a time in a PGlite directory: a lock file beside it that names the process and when it started. */
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { VaultFailure } from './vault-failure.ts'

/** Held until released or until the process is gone. */
export interface DirectoryLock {
  release(): void
}

/**
 * Takes the lock `DIRECTORY.lock`. A lock left by a process that is gone (crash, power cut) is taken over. Throws
 * {@link VaultFailure} `locked` when its process lives, `failed` when the folder cannot be written.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const file = `${directory}.lock`
  const mine = describe(process.pid)
  makeFolder(dirname(file))
  for (let attempt = 0; attempt < 3; attempt++) {
    if (tryToWrite(file, mine)) return { release: () => releaseOwn(file, mine) }
    const theirs = readLock(file)
    if (isLiving(theirs)) {
      throw new VaultFailure('locked', 'Another process has this vault open', { detail: { directory } })
    }
    takeOver(file, theirs)
  }
  throw new VaultFailure('locked', 'The lock of this vault cannot be taken', { detail: { directory } })
}

function tryToWrite(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw unwritable(thrown)
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (thrown) {
    throw unwritable(thrown)
  }
}

function unwritable(cause: unknown): VaultFailure {
  return new VaultFailure('failed', 'The folder of the vault cannot be written', { cause })
}

/** `pid start-of-process`; the start tells a process from a later one with the same number. */
function describe(pid: number): string {
  return `${pid} ${startOf(pid)}`
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? 'ended' : (fields[19] ?? 'unknown')
  } catch {
    return 'unknown'
  }
}

function isLiving(lock: string): boolean {
  const pid = Number(lock.split(' ')[0])
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return lock === describe(pid)
}

function readLock(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Moves a dead lock aside; puts it back when somebody took it over between reading and moving. */
function takeOver(file: string, dead: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (readLock(aside) !== dead) linkSync(aside, file)
  } catch {
    // Somebody else moved it first; the next attempt decides.
  }
  removeIfThere(aside)
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file)
  } catch {
    // It is gone already.
  }
}

function releaseOwn(file: string, mine: string): void {
  if (readLock(file) === mine) removeIfThere(file)
}
