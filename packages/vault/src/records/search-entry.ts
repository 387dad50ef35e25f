/** Search rows as they are kept: codes and dates in clear, identifiers as keyed blind index. */
import { hash } from 'node:crypto'
import type { ReadInstant } from '../instants.ts'
import { numberArray, textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { SearchRow } from './store-item.ts'

/** A row of `search_values`: token, reference or blind index. */
export interface ValueEntry {
  readonly param: string
  readonly value: string
  readonly system: string | null
}

/** A row of `search_dates`: [from, to). */
export interface DateEntry {
  readonly param: string
  readonly from: string
  readonly to: string
}

/** The rows of one record. */
export interface SearchEntries {
  readonly values: readonly ValueEntry[]
  readonly dates: readonly DateEntry[]
}

/** A record with its rows. */
export interface RecordEntries extends SearchEntries {
  readonly record: bigint
  readonly type: string
}

/** The blind index of a person's identifier: 16 bytes of a keyed digest, base64url. */
export function blindIndex(vault: VaultContext, value: string): string {
  return Buffer.from(
    vault.keyring.keyedDigest('identifier', vault.organisationId, value).subarray(0, 16),
  ).toString('base64url')
}

/** What is kept of the rows the corridor gave; twins are dropped. */
export function searchEntries(
  vault: VaultContext,
  rows: readonly SearchRow[],
  readInstant: ReadInstant,
): SearchEntries {
  const values = new Map<string, ValueEntry>()
  const dates = new Map<string, DateEntry>()
  for (const row of rows) {
    if (row.kind === 'date') {
      const entry = { param: row.param, from: readInstant(row.from), to: readInstant(row.to) }
      dates.set(dateLine(entry), entry)
    } else {
      const entry = valueEntry(vault, row)
      values.set(valueLine(entry), entry)
    }
  }
  return { values: [...values.values()], dates: [...dates.values()] }
}

/** One text a row, different for different rows. */
function valueLine({ param, value, system }: ValueEntry): string {
  return JSON.stringify([param, value, system])
}

function dateLine({ param, from, to }: DateEntry): string {
  return JSON.stringify([param, from, to])
}

function valueEntry(vault: VaultContext, row: Exclude<SearchRow, { kind: 'date' }>): ValueEntry {
  if (row.kind === 'reference') return { param: row.param, value: row.target, system: null }
  const value = row.kind === 'token' ? row.code : blindIndex(vault, row.value)
  return { param: row.param, value, system: row.system ?? null }
}

/** Half a SHA-256 over each kind of row, in an order of their own, so that they can be compared with the tables. */
export function searchHash({ values, dates }: SearchEntries): Uint8Array {
  return Buffer.concat([halfHash(values.map(valueLine)), halfHash(dates.map(dateLine))])
}

/** Bytes of one half of {@link searchHash}: values first, then dates. */
export const SEARCH_HASH_HALF = 16

function halfHash(lines: readonly string[]): Buffer {
  return hash('sha256', lines.toSorted().join('\n'), 'buffer').subarray(0, SEARCH_HASH_HALF)
}

/** Removes the rows of records that had some and writes the new ones. */
export async function writeSearchEntries(
  session: SqlSession,
  organisationId: string,
  { changed, entries }: { readonly changed: readonly bigint[]; readonly entries: readonly RecordEntries[] },
): Promise<void> {
  await Promise.all([
    ...removeSearchEntries(session, organisationId, changed),
    insertValues(session, organisationId, entries),
    insertDates(session, organisationId, entries),
  ])
}

/** Removes all search rows of the records. */
export function removeSearchEntries(
  session: SqlSession,
  organisationId: string,
  records: readonly bigint[],
): Promise<unknown>[] {
  if (records.length === 0) return []
  return ['search_values', 'search_dates'].map((table) =>
    session.query(`DELETE FROM ${table} WHERE organisation_id = $1 AND record = ANY($2::text::bigint[])`, [
      organisationId,
      numberArray(records),
    ]),
  )
}

async function insertValues(
  session: SqlSession,
  organisationId: string,
  entries: readonly RecordEntries[],
): Promise<void> {
  const rows = entries.flatMap(({ record, type, values }) =>
    values.map((entry) => ({ record, type, ...entry })),
  )
  if (rows.length === 0) return
  await session.query(
    `INSERT INTO search_values (organisation_id, type, param, value, system, record)
     SELECT $1, type, param, value, system, record
     FROM unnest($2::text::text[], $3::text::text[], $4::text::text[], $5::text::text[], $6::text::bigint[])
       AS given (type, param, value, system, record)`,
    [
      organisationId,
      textArray(rows.map((row) => row.type)),
      textArray(rows.map((row) => row.param)),
      textArray(rows.map((row) => row.value)),
      textArray(rows.map((row) => row.system)),
      numberArray(rows.map((row) => row.record)),
    ],
  )
}

async function insertDates(
  session: SqlSession,
  organisationId: string,
  entries: readonly RecordEntries[],
): Promise<void> {
  const rows = entries.flatMap(({ record, type, dates }) =>
    dates.map((entry) => ({ record, type, ...entry })),
  )
  if (rows.length === 0) return
  await session.query(
    `INSERT INTO search_dates (organisation_id, type, param, from_time, to_time, record)
     SELECT $1, type, param, from_time, to_time, record
     FROM unnest($2::text::text[], $3::text::text[], $4::text::timestamptz[], $5::text::timestamptz[],
                 $6::text::bigint[])
       AS given (type, param, from_time, to_time, record)`,
    [
      organisationId,
      textArray(rows.map((row) => row.type)),
      textArray(rows.map((row) => row.param)),
      textArray(rows.map((row) => row.from)),
      textArray(rows.map((row) => row.to)),
      numberArray(rows.map((row) => row.record)),
    ],
  )
}
