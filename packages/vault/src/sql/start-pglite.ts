/** Starts the thread PGlite lives in and speaks with it; tells when the database in it is gone. */
import { statfsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { PgliteAnswer, PgliteRequest, PgliteStart } from './pglite-message.ts'
import { toVaultFailure, VaultFailure } from './vault-failure.ts'

/** What is left out is filled in when it is sent. */
type Unnumbered = PgliteRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never

/** A running database. */
export interface PgliteThread {
  /** Rejects with {@link VaultFailure}; once `ended` is set, with that. */
  send(request: Unnumbered): Promise<unknown>
  /** Why the database in it is gone; undefined while it answers. */
  ended(): VaultFailure | undefined
  terminate(): Promise<unknown>
}

interface Waiting {
  readonly resolve: (rows: unknown) => void
  readonly reject: (failure: VaultFailure) => void
}

/** Resolves when the database answers. Throws {@link VaultFailure}; then no thread is left. */
export async function startPglite(start: PgliteStart): Promise<PgliteThread> {
  const worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), {
    workerData: start,
    execArgv: [],
  })
  const waiting = new Map<number, Waiting>()
  let ended: VaultFailure | undefined
  let lastId = 0
  const end = (failure: VaultFailure) => {
    ended ??= failure
    for (const one of waiting.values()) one.reject(ended)
    waiting.clear()
  }
  const stopped = (cause: unknown) => end(goneFailure(cause, start.directory))
  worker.on('message', (answer: PgliteAnswer) => {
    if (!('gone' in answer)) return settle(waiting, answer)
    stopped(answer.gone)
    worker.terminate()
  })
  worker.on('error', stopped)
  worker.on('exit', stopped)
  const expect = (id: number) =>
    new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
  try {
    await expect(0)
  } catch (failure) {
    // A thread that did not start would keep the process alive.
    await worker.terminate()
    throw hasRoom(start.directory) ? failure : fullDisk((failure as VaultFailure).cause)
  }
  return {
    send: (request) => {
      if (ended !== undefined) return Promise.reject(ended)
      lastId += 1
      worker.postMessage({ ...request, id: lastId })
      return expect(lastId)
    },
    ended: () => ended,
    terminate: () => worker.terminate(),
  }
}

function settle(waiting: Map<number, Waiting>, answer: Exclude<PgliteAnswer, { gone: string }>): void {
  const one = waiting.get(answer.id)
  waiting.delete(answer.id)
  if (answer.failed === undefined) one?.resolve(answer.rows)
  else one?.reject(toVaultFailure(answer.failed))
}

/** What PostgreSQL said last is not told; that it had no room for the next segment of its log can be seen. */
function goneFailure(cause: unknown, directory: string | null): VaultFailure {
  if (!hasRoom(directory)) return fullDisk(cause)
  return new VaultFailure('unreachable', 'The embedded database has stopped', { cause })
}

function fullDisk(cause: unknown): VaultFailure {
  return new VaultFailure('disk-full', 'The disk of the database is full', { cause })
}

/** PostgreSQL cannot start or go on without room for a new segment of its log (16 MiB). */
const LEAST_ROOM = 16 * 1024 * 1024

function hasRoom(directory: string | null): boolean {
  if (directory === null) return true
  try {
    const { bavail, bsize } = statfsSync(directory)
    return bavail * bsize > LEAST_ROOM
  } catch {
    return true
  }
}
