/** The SQL port on PGlite, the embedded home: one connection, in a thread of its own. */
import { Worker } from 'node:worker_threads'
import { copyDirectory } from './copy-directory.ts'
import { lockDirectory } from './directory-lock.ts'
import type { SqlDriver, SqlSession, SqlValue } from './driver.ts'
import type { PgliteAnswer, PgliteRequest, PgliteStart } from './pglite-message.ts'
import { outsideFailure, toVaultFailure, VaultFailure } from './vault-failure.ts'

/** What is left out is filled in when it is sent. */
type Unnumbered = PgliteRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never

/** A PGlite driver can also give its whole directory, for a prepared start. */
export interface PgliteDriver extends SqlDriver {
  dump(): Promise<Uint8Array>
}

/**
 * Opens PGlite in `directory` (null: in memory). Throws {@link VaultFailure} `locked` when another living process has
 * the directory: two would destroy it.
 */
export async function openPglite(start: PgliteStart): Promise<PgliteDriver> {
  const lock = start.directory === null ? undefined : lockDirectory(start.directory)
  try {
    const thread = await startThread(start)
    return driverOn(thread, start.directory, () => lock?.release())
  } catch (thrown) {
    lock?.release()
    throw toVaultFailure(thrown)
  }
}

interface Waiting {
  readonly resolve: (rows: unknown) => void
  readonly reject: (failure: VaultFailure) => void
}

interface Thread {
  send(request: Unnumbered): Promise<unknown>
  terminate(): Promise<unknown>
}

function driverOn(thread: Thread, directory: string | null, release: () => void): PgliteDriver {
  const session: SqlSession = {
    query: <Row>(sql: string, parameters: readonly SqlValue[] = []) =>
      thread.send({ kind: 'query', sql, parameters: [...parameters] }) as Promise<Row[]>,
  }
  const turns = turnTaking()
  return {
    home: 'pglite',
    query: (sql, parameters) => turns(() => session.query(sql, parameters)),
    transaction: (work) => turns(() => inTransaction(session, work)),
    dump: () => turns(() => thread.send({ kind: 'dump' }) as Promise<Uint8Array>),
    ...(directory === null
      ? {}
      : { copyTo: (target: string) => turns(() => copyAtRest(session, directory, target)) }),
    close: () => turns(() => shut(thread, release)),
  }
}

/** PGlite has no process of its own that writes, so between two transactions the directory stands still. */
async function copyAtRest(session: SqlSession, directory: string, target: string): Promise<void> {
  await session.query('CHECKPOINT')
  await copyDirectory(directory, target)
}

async function inTransaction<T>(session: SqlSession, work: (session: SqlSession) => Promise<T>): Promise<T> {
  await session.query('BEGIN')
  try {
    const result = await work(session)
    await session.query('COMMIT')
    return result
  } catch (thrown) {
    await session.query('ROLLBACK').catch(() => {})
    throw outsideFailure(thrown)
  }
}

async function shut(thread: Thread, release: () => void): Promise<void> {
  try {
    await thread.send({ kind: 'close' })
  } finally {
    await thread.terminate()
    release()
  }
}

/** One connection serves all: whole transactions take turns. */
function turnTaking(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }
}

function startThread(start: PgliteStart): Promise<Thread> {
  const worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), {
    workerData: start,
    execArgv: [],
  })
  const waiting = new Map<number, Waiting>()
  let ended: VaultFailure | undefined
  let lastId = 0
  const end = (cause: unknown) => {
    ended = new VaultFailure('unreachable', 'The embedded database has stopped', { cause })
    for (const one of waiting.values()) one.reject(ended)
    waiting.clear()
  }
  worker.on('message', (answer: PgliteAnswer) => settle(waiting, answer))
  worker.on('error', end)
  worker.on('exit', end)
  const expect = (id: number) =>
    new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
  const thread: Thread = {
    send: (request) => {
      if (ended !== undefined) return Promise.reject(ended)
      lastId += 1
      worker.postMessage({ ...request, id: lastId })
      return expect(lastId)
    },
    terminate: () => worker.terminate(),
  }
  return expect(0).then(
    () => thread,
    async (failure) => {
      // A thread that did not start would keep the process alive.
      await worker.terminate()
      throw failure
    },
  )
}

function settle(waiting: Map<number, Waiting>, answer: PgliteAnswer): void {
  const one = waiting.get(answer.id)
  waiting.delete(answer.id)
  if (answer.failed === undefined) one?.resolve(answer.rows)
  else one?.reject(toVaultFailure(answer.failed))
}
