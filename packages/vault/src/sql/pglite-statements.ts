/**
 * Prepared statements on PGlite, spoken in PostgreSQL's own protocol (manual §55): its `query` plans every statement anew,
 * which costs four times what running it does. Bytes go in as bytes.
 */
import { type PGlite, protocol, types } from '@electric-sql/pglite'
import type { SqlValue } from './driver.ts'

/** Runs one statement and gives its rows. Throws what PostgreSQL refused, with its SQLSTATE as `code`. */
export type RunStatement = (sql: string, parameters: readonly SqlValue[]) => Promise<unknown[]>

interface Field {
  readonly name: string
  readonly dataTypeID: number
}

interface Prepared {
  readonly name: string
  readonly fields: readonly Field[]
}

/** The messages that are looked at; others pass by. */
interface Message {
  readonly name: string
  readonly fields?: readonly unknown[]
}

const { serialize } = protocol

/** Statements kept; the one used longest ago is closed. */
const MOST_KEPT = 256

/** A runner with its own statements on a database that nobody else uses. */
export function createStatements(database: PGlite): RunStatement {
  const kept = new Map<string, Prepared>()
  let made = 0
  const prepared = async (sql: string): Promise<Prepared> => {
    const known = kept.get(sql)
    if (known !== undefined) kept.delete(sql)
    const statement = known ?? (await prepare(database, `meridian_${++made}`, sql))
    kept.set(sql, statement)
    if (kept.size > MOST_KEPT) await closeOldest(database, kept)
    return statement
  }
  return async (sql, parameters) => {
    const { name, fields } = await prepared(sql)
    const bind = serialize.bind({ statement: name, values: parameters.map(wireValue) })
    const messages = await send(database, bind, serialize.execute())
    return messages.filter((message) => message.name === 'dataRow').map((message) => rowOf(fields, message))
  }
}

async function prepare(database: PGlite, name: string, text: string): Promise<Prepared> {
  const messages = await send(
    database,
    serialize.parse({ name, text }),
    serialize.describe({ type: 'S', name }),
  )
  const description = messages.find((message) => message.name === 'rowDescription')
  return { name, fields: (description?.fields ?? []) as readonly Field[] }
}

async function closeOldest(database: PGlite, kept: Map<string, Prepared>): Promise<void> {
  for (const [sql, { name }] of kept) {
    kept.delete(sql)
    await send(database, serialize.close({ type: 'S', name }))
    return
  }
}

/** One round into PostgreSQL; the sync at its end also ends a failed one. */
async function send(database: PGlite, ...parts: readonly Uint8Array[]): Promise<readonly Message[]> {
  const bytes = Buffer.concat([...parts, serialize.sync()])
  const { messages } = await database.execProtocol(new Uint8Array(bytes))
  return messages as readonly Message[]
}

function wireValue(value: SqlValue): string | Uint8Array | null {
  return value === null || value instanceof Uint8Array ? value : String(value)
}

function rowOf(fields: readonly Field[], message: Message): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  const values = (message.fields ?? []) as readonly (string | null)[]
  for (const [place, { name, dataTypeID }] of fields.entries()) {
    const text = values[place] ?? null
    row[name] = text === null ? null : (PARSERS[dataTypeID]?.(text) ?? text)
  }
  return row
}

const readJson = (text: string): unknown => JSON.parse(text)

/** Types by number, as `driver.ts` promises them; what is not here stays text. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [types.BOOL]: (text) => text === 't',
  [types.BYTEA]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  [types.FLOAT4]: Number,
  [types.FLOAT8]: Number,
  [types.INT2]: Number,
  [types.INT4]: Number,
  [types.INT8]: BigInt,
  [types.JSON]: readJson,
  [types.JSONB]: readJson,
  [types.OID]: Number,
  [types.TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
}
