/** Counts kept as appended rows: adding never waits for another transaction, reading sums, folding keeps it small. */
import { numberArray, textArray } from './sql/array-literal.ts'
import type { SqlSession } from './sql/driver.ts'

/** `day` is UTC `YYYY-MM-DD`; `code` is empty for a plain count. */
export interface Tally {
  readonly day: string
  readonly dimension: string
  readonly code: string
  readonly amount: number
}

/** Adds the counts, those of one cell as one row. */
export async function addTallies(
  session: SqlSession,
  organisationId: string,
  tallies: readonly Tally[],
): Promise<void> {
  const cells = [...summed(tallies).values()]
  if (cells.length === 0) return
  await session.query(
    `INSERT INTO tallies (organisation_id, day, dimension, code, amount)
     SELECT $1, day, dimension, code, amount
     FROM unnest($2::text::date[], $3::text::text[], $4::text::text[], $5::text::bigint[])
       AS added (day, dimension, code, amount)`,
    [
      organisationId,
      textArray(cells.map((cell) => cell.day)),
      textArray(cells.map((cell) => cell.dimension)),
      textArray(cells.map((cell) => cell.code)),
      numberArray(cells.map((cell) => cell.amount)),
    ],
  )
}

function summed(tallies: readonly Tally[]): Map<string, Tally> {
  const cells = new Map<string, Tally>()
  for (const tally of tallies) {
    const key = JSON.stringify([tally.day, tally.dimension, tally.code])
    const known = cells.get(key)
    cells.set(key, known === undefined ? tally : { ...known, amount: known.amount + tally.amount })
  }
  return cells
}

/** The UTC day of an instant. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10)
}

/** Sums of one dimension over all days, by code. */
export async function readTallies(
  session: SqlSession,
  organisationId: string,
  dimension: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await session.query<{ code: string; amount: number }>(
    `SELECT code, sum(amount)::float8 AS amount FROM tallies
     WHERE organisation_id = $1 AND dimension = $2 GROUP BY code`,
    [organisationId, dimension],
  )
  return new Map(rows.map((row) => [row.code, row.amount]))
}

/** Replaces the rows of each cell by their sum; meant for once a minute or at a start. */
export async function foldTallies(session: SqlSession, organisationId: string): Promise<void> {
  await session.query(
    `WITH gone AS (DELETE FROM tallies WHERE organisation_id = $1 RETURNING *)
     INSERT INTO tallies (organisation_id, day, dimension, code, amount)
     SELECT organisation_id, day, dimension, code, sum(amount) FROM gone
     GROUP BY organisation_id, day, dimension, code`,
    [organisationId],
  )
}
