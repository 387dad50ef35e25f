/**
 * The SQL port on PGlite, the embedded home: one connection, in a thread of its own. A database that gave up, as PostgreSQL does
 * when it cannot write its log, is started again with the next statement and recovers by itself.
 */
import { setTimeout } from 'node:timers/promises'
import { copyDirectory } from './copy-directory.ts'
import { lockDirectory } from './directory-lock.ts'
import type { SqlDriver, SqlSession, SqlValue } from './driver.ts'
import type { PgliteStart } from './pglite-message.ts'
import { type PgliteThread, startPglite } from './start-pglite.ts'
import { outsideFailure, toVaultFailure, VaultFailure } from './vault-failure.ts'

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
    const thread = await startPglite(start)
    return driverOn(restarting(thread, start.directory), start.directory, () => lock?.release())
  } catch (thrown) {
    lock?.release()
    throw toVaultFailure(thrown)
  }
}

/** The thread of the moment. Asked in turns, so that no two are started. */
interface Threads {
  /** One that answers. Throws {@link VaultFailure} when it cannot be started again. */
  running(): Promise<PgliteThread>
  /** For good. */
  close(): Promise<void>
}

/** A start that failed is not tried again sooner: it costs half a second of a processor. */
const RETRY_MS = 1_000

/** A database that cannot write may not end by itself either; what it did not write, its log has. */
const LONGEST_CLOSE_MS = 30_000

function restarting(first: PgliteThread, directory: string | null): Threads {
  let thread = first
  let isClosed = false
  let failed: { readonly failure: unknown; readonly untilMs: number } | undefined
  return {
    async running() {
      const ended = thread.ended()
      if (ended === undefined) return thread
      if (directory === null || isClosed) throw ended
      if (failed !== undefined && performance.now() < failed.untilMs) throw failed.failure
      try {
        thread = await startPglite({ directory })
        return thread
      } catch (failure) {
        failed = { failure, untilMs: performance.now() + RETRY_MS }
        throw failure
      }
    },
    async close() {
      isClosed = true
      const late = new AbortController()
      try {
        if (thread.ended() !== undefined) return
        const closed = thread.send({ kind: 'close' }).catch(unlessStopped)
        await Promise.race([closed, setTimeout(LONGEST_CLOSE_MS, undefined, { signal: late.signal })])
      } finally {
        late.abort()
        await thread.terminate()
      }
    },
  }
}

/** Closing what is gone is done; anything else is told. */
function unlessStopped(thrown: unknown): void {
  if (!(thrown instanceof VaultFailure) || !['unreachable', 'disk-full'].includes(thrown.code)) throw thrown
}

function driverOn(threads: Threads, directory: string | null, release: () => void): PgliteDriver {
  const turns = turnTaking()
  const withSession = <T>(work: (session: SqlSession) => Promise<T>) =>
    turns(async () => work(sessionOn(await threads.running())))
  return {
    home: 'pglite',
    query: (sql, parameters) => withSession((session) => session.query(sql, parameters)),
    transaction: (work) => withSession((session) => inTransaction(session, work)),
    dump: () => turns(async () => (await threads.running()).send({ kind: 'dump' }) as Promise<Uint8Array>),
    ...(directory === null
      ? {}
      : { copyTo: (target: string) => withSession((session) => copyAtRest(session, directory, target)) }),
    close: () => turns(() => threads.close()).finally(release),
  }
}

function sessionOn(thread: PgliteThread): SqlSession {
  return {
    query: <Row>(sql: string, parameters: readonly SqlValue[] = []) =>
      thread.send({ kind: 'query', sql, parameters: [...parameters] }) as Promise<Row[]>,
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

/** One connection serves all: whole transactions take turns. */
function turnTaking(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const mine = last.then(work, work)
    last = mine.catch(() => {})
    return mine
  }
}
