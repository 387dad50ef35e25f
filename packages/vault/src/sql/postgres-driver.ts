/** The SQL port on a PostgreSQL server (15 or later), through `postgres`. */
import postgres from 'postgres'
import type { SqlDriver, SqlSession, SqlValue } from './driver.ts'
import { outsideFailure, toVaultFailure } from './vault-failure.ts'

const CONNECT_TIMEOUT_SECONDS = 5
const LONGEST_BACKOFF_SECONDS = 1

/** Text forms of the results both homes agree on (`driver.ts`). */
const types = {
  bigint: postgres.BigInt,
  bytes: {
    to: 17,
    from: [17],
    serialize: (bytes: Uint8Array) => `\\x${hexOf(bytes)}`,
    parse: (text: string) => Uint8Array.from(Buffer.from(text.slice(2), 'hex')),
  },
  instant: {
    to: 1184,
    from: [1184],
    serialize: String,
    parse: (text: string) => new Date(text).toISOString(),
  },
  day: { to: 1082, from: [1082], serialize: String, parse: (text: string) => text },
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** Connects lazily; `connections` bounds the pool. The URL is never printed, for it may hold a password. */
export function openPostgres(url: string, options: { readonly connections?: number } = {}): SqlDriver {
  const sql = postgres(url, {
    max: options.connections ?? 6,
    types,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    // The library waits up to 20 s between attempts; a hospital's queue should move soon after its database is back.
    backoff: (attempts: number) => Math.min(LONGEST_BACKOFF_SECONDS, 0.1 * 2 ** attempts),
    onnotice: () => {},
    connection: { TimeZone: 'UTC', application_name: 'meridian' },
  })
  return {
    home: 'postgres',
    query: sessionOn(sql).query,
    transaction: async (work) => {
      try {
        return (await sql.begin((reserved) => work(sessionOn(reserved)))) as Awaited<ReturnType<typeof work>>
      } catch (thrown) {
        throw outsideFailure(thrown)
      }
    },
    close: () => sql.end({ timeout: CONNECT_TIMEOUT_SECONDS }),
  }
}

function sessionOn(sql: postgres.Sql | postgres.TransactionSql): SqlSession {
  return {
    query: <Row>(text: string, parameters: readonly SqlValue[] = []) => {
      const sent = sql.unsafe(text, [...parameters] as postgres.ParameterOrJSON<never>[], { prepare: true })
      return caught(sent as PromiseLike<unknown>).then((rows) => Array.from(rows as Row[]))
    },
  }
}

async function caught<T>(sent: PromiseLike<T>): Promise<T> {
  try {
    return await sent
  } catch (thrown) {
    throw toVaultFailure(thrown)
  }
}
