/** The SQL port on a PostgreSQL server (15 or later), through `pg`. */
import pg from 'pg'
import type { SqlDriver, SqlSession, SqlValue } from './driver.ts'
import { outsideFailure, toVaultFailure } from './vault-failure.ts'

const CONNECT_TIMEOUT_MS = 5000

/** Texts with a prepared statement of their own; rarer ones (a search of a new shape) are sent as they are. */
const MOST_PREPARED = 500

/** Text forms of the results both homes agree on (`driver.ts`), by type oid. */
const readers: Readonly<Record<number, (text: string) => unknown>> = {
  17: (text) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')),
  20: BigInt,
  1082: (text) => text,
  1184: (text) => new Date(text).toISOString(),
}

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : readers[oid]) ?? pg.types.getTypeParser(oid, format as 'text'),
}

/** Connects lazily; `connections` bounds the pool. The URL is never printed, for it may hold a password. */
export function openPostgres(url: string, options: { readonly connections?: number } = {}): SqlDriver {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 6,
    types,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'meridian',
    options: '-c TimeZone=UTC',
  })
  // A connection that dies says so to the query that waits on it; one that nobody waits on is replaced by the next.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const nameOf = createNames()
  let ended: Promise<void> | undefined
  return {
    home: 'postgres',
    query: sessionOn(pool, nameOf).query,
    transaction: (work) => transaction(pool, nameOf, work),
    close: () => (ended ??= pool.end()),
  }
}

async function transaction<T>(
  pool: pg.Pool,
  nameOf: (text: string) => string | undefined,
  work: (session: SqlSession) => Promise<T>,
): Promise<T> {
  const client = await caught(pool.connect())
  const session = inTurn(sessionOn(client, nameOf))
  let isBroken = true
  try {
    await caught(client.query('BEGIN'))
    const result = await work(session)
    await caught(client.query('COMMIT'))
    isBroken = false
    return result
  } catch (thrown) {
    isBroken = await session.query('ROLLBACK').then(
      () => false,
      () => true,
    )
    throw outsideFailure(thrown)
  } finally {
    client.release(isBroken)
  }
}

function sessionOn(
  connection: pg.Pool | pg.PoolClient,
  nameOf: (text: string) => string | undefined,
): SqlSession {
  return {
    async query<Row>(text: string, values: readonly SqlValue[] = []) {
      const name = nameOf(text)
      const sent = { text, values: [...values], ...(name === undefined ? {} : { name }) }
      const { rows } = await caught(connection.query<Row & pg.QueryResultRow>(sent))
      return rows
    },
  }
}

/** Statements of one transaction may be sent without awaiting each; a connection of `pg` wants one at a time. */
function inTurn(session: SqlSession): SqlSession {
  let last: Promise<unknown> = Promise.resolve()
  return {
    query<Row>(text: string, values?: readonly SqlValue[]) {
      const sent = last.then(() => session.query<Row>(text, values))
      last = sent.catch(() => undefined)
      return sent
    },
  }
}

/** One name for each text, the same on every connection. */
function createNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= MOST_PREPARED) return known
    const name = `s${names.size}`
    names.set(text, name)
    return name
  }
}

async function caught<T>(sent: Promise<T>): Promise<T> {
  try {
    return await sent
  } catch (thrown) {
    throw toVaultFailure(
      isConnectionLost(thrown) ? Object.assign(thrown, { code: 'CONNECTION_LOST' }) : thrown,
    )
  }
}

/** The library names a lost or late connection by its sentence alone. */
function isConnectionLost(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error) || 'code' in thrown) return false
  return /connection (terminated|error|timeout)|not queryable|timeout exceeded when trying to connect/i.test(
    thrown.message,
  )
}
