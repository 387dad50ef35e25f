/** One process per home: a lock file with the process id, taken over when that process is gone. */
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { OutsideFailure } from '../command-line/command.ts'
import { type Home, unwritable } from './home.ts'

/** Takes the lock. The returned function gives it back. @throws OutsideFailure when another process works here. */
export function lockHome(home: Home): () => void {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = openSync(home.lock, 'wx', 0o600)
      writeSync(file, String(process.pid))
      closeSync(file)
      return () => rmSync(home.lock, { force: true })
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'EEXIST') throw unwritable(home, cause)
      if (isAlive(Number(readFileSync(home.lock, 'utf8')))) throw taken(home)
      rmSync(home.lock, { force: true })
    }
  }
  throw taken(home)
}

/** True while another living process has the home. */
export function isLocked(home: Home): boolean {
  try {
    return isAlive(Number(readFileSync(home.lock, 'utf8')))
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

function taken(home: Home): OutsideFailure {
  return new OutsideFailure({
    zh: `另一个 meridian 进程正在使用 ${home.dir}。请先停止它，或换一个 --home。`,
    en: `Another meridian process works in ${home.dir}. Stop it first, or give another --home.`,
  })
}
