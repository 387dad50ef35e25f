/**
 * A CometBFT whose application was killed usually ends by itself, but not always: a call that was queued as the connection broke is never
 * answered, and then not even SIGTERM ends it. It would hold its database for ever, so the next start ends it.
 */
import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Clock } from '../../clock.ts'

const FILE = 'pid'
const POLL_MS = 20
const run = promisify(execFile)

/** Notes who runs on this home. */
export function notePid(home: string, pid: number | undefined): void {
  if (pid === undefined) rmSync(join(home, FILE), { force: true })
  else writeFileSync(join(home, FILE), String(pid))
}

/** Ends the process that was noted, when it still runs on this very home. The caller holds the home's lock. */
export async function endOrphan(home: string, clock: Clock): Promise<void> {
  const pid = notedPid(home)
  if (pid === undefined || !(await runsOn(home, pid))) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended in the meantime.
  }
  while (await runsOn(home, pid)) await new Promise<void>((resolve) => clock.after(POLL_MS, resolve))
}

function notedPid(home: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(home, FILE), 'utf8'))
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}

/** A number is given to other processes later, so what it runs is looked at. */
async function runsOn(home: string, pid: number): Promise<boolean> {
  try {
    const { stdout } = await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)])
    return stdout.includes(`--home ${home}`)
  } catch {
    return false
  }
}
