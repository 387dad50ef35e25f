/** Starts, looks at and stops the nodes of a consortium on one machine; each is a process of its own that outlives this one. */
import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OutsideFailure } from '../command-line/command.ts'
import type { Home } from '../home/home.ts'
import { isLocked } from '../home/lock.ts'
import { pause } from '../wiring/pause.ts'
import type { LocalMember } from './local-consortium.ts'

/** What a node says when it answers. The password is there only at its first start. */
export interface Announced {
  readonly url: string
  readonly password?: string
}

const program = join(import.meta.dirname, '../main.ts')

/** Where a member's node writes what it has to say. */
export const logOf = (home: Home): string => join(home.dir, 'run', 'node.log')

/** How long a node may take until it answers, and until it has ended. */
const PATIENCE_MS = 120_000

/** Starts a member's node and resolves when it answers. @throws OutsideFailure when it ends before. */
export function startMember({ id, home }: LocalMember, environment: NodeJS.ProcessEnv): Promise<Announced> {
  const log = openSync(logOf(home), 'a', 0o600)
  const child = spawn(process.execPath, [program, 'serve', '--home', home.dir], {
    env: environment,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  return new Promise((resolve, reject) => {
    const failed = () => reject(notStarted(id, home))
    const late = setTimeout(failed, PATIENCE_MS)
    child.once('exit', () => {
      clearTimeout(late)
      failed()
    })
    child.once('message', (said) => {
      clearTimeout(late)
      child.disconnect()
      child.unref()
      resolve(said as Announced)
    })
  })
}

/** The process of a member's node, or undefined when none runs. */
export function runningPid({ home }: LocalMember): number | undefined {
  return isLocked(home) ? Number(readFileSync(home.lock, 'utf8')) : undefined
}

/** Asks a member's node to end and resolves when it has. @throws OutsideFailure when it does not. */
export async function stopMember(member: LocalMember): Promise<boolean> {
  const pid = runningPid(member)
  if (pid === undefined) return false
  process.kill(pid, 'SIGTERM')
  const patience = AbortSignal.timeout(PATIENCE_MS)
  while (isLocked(member.home)) {
    if (patience.aborted) throw notStopped(member.id, pid)
    await pause(100, patience)
  }
  return true
}

function notStarted(id: string, home: Home): OutsideFailure {
  return new OutsideFailure({
    zh: `${id} 的节点没有启动。原因见 ${logOf(home)}。`,
    en: `The node of ${id} did not start. ${logOf(home)} says why.`,
  })
}

function notStopped(id: string, pid: number): OutsideFailure {
  return new OutsideFailure({
    zh: `${id} 的节点（进程 ${pid}）没有停止。`,
    en: `The node of ${id} (process ${pid}) does not stop.`,
  })
}
