/**
 * The thread PGlite lives in: PostgreSQL in WebAssembly holds its thread while it works, so it gets one of its own and
 * the event loop that answers hospitals stays free. Speaks the messages of `pglite-message.ts`.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { PgliteRequest, PgliteStart } from './pglite-message.ts'
import { createStatements, type RunStatement } from './pglite-statements.ts'
import { SyncingNodeFs, syncingStartParams } from './syncing-filesystem.ts'

const start = workerData as PgliteStart
const port = parentPort
if (port === null) throw new Error('pglite-thread.ts is started as a worker thread only')

const opened = open(start)
let last: Promise<void> = answer(
  0,
  opened.then(() => []),
)
port.on('message', (request: PgliteRequest) => {
  last = last.then(() => answer(request.id, run(request)))
})

interface Opened {
  readonly database: PGlite
  readonly query: RunStatement
}

async function open({ directory, template }: PgliteStart): Promise<Opened> {
  const database = await PGlite.create({
    ...(directory === null
      ? { dataDir: 'memory://' }
      : { fs: new SyncingNodeFs(directory), startParams: syncingStartParams }),
    ...(template === undefined ? {} : { loadDataDir: new Blob([template as Uint8Array<ArrayBuffer>]) }),
  })
  tellWhenGone(database)
  await database.exec(`SET TIME ZONE 'UTC'`)
  return { database, query: createStatements(database) }
}

/** The parts of PGlite that are not public: the WebAssembly module, and what its loop throws when nothing is wrong. */
interface Inside {
  readonly mod: { _PostgresMainLoopOnce: () => unknown }
  readonly POSTGRES_MAIN_LONGJMP: number
}

/**
 * PGlite enters PostgreSQL's loop again whatever came out of it, as long as input is left: after a PANIC it would do so for ever and
 * the statement in hand would never be answered. So the main thread is told from here, and ends this one.
 */
function tellWhenGone(database: PGlite): void {
  const { mod, POSTGRES_MAIN_LONGJMP } = database as unknown as Inside
  const enter = mod._PostgresMainLoopOnce
  mod._PostgresMainLoopOnce = () => {
    try {
      return enter()
    } catch (thrown) {
      if ((thrown as { status?: unknown }).status !== POSTGRES_MAIN_LONGJMP)
        port?.postMessage({ gone: String(thrown) })
      throw thrown
    }
  }
}

async function run(request: PgliteRequest): Promise<unknown> {
  const { database, query } = await opened
  if (request.kind === 'query') return query(request.sql, request.parameters)
  if (request.kind === 'dump') return new Uint8Array(await (await database.dumpDataDir('none')).arrayBuffer())
  return database.close()
}

async function answer(id: number, result: Promise<unknown>): Promise<void> {
  try {
    port?.postMessage({ id, rows: await result })
  } catch (thrown) {
    const { code, message } = thrown as { code?: unknown; message?: unknown }
    port?.postMessage({ id, failed: { code: String(code ?? 'unknown'), message: String(message) } })
  }
}
