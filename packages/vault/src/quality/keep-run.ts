/** Writes a finished run: the run, its cells, and the records that failed. */
import { numberArray, textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { NewQualityRun, QualityCount, QualityFailed } from './quality.ts'

/** See `Quality.keep`. */
export function keepRun(
  { driver, organisationId, clock }: VaultContext,
  run: NewQualityRun,
): Promise<number> {
  return driver.transaction(async (session) => {
    const [row] = await session.query<{ run: bigint }>(
      `INSERT INTO quality_runs (organisation_id, rules_id, rules_hash, standards_set_hash, scope, started_time,
         finished_time, persons, records, measures)
       VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7, $8, $9, $10::text::jsonb) RETURNING run`,
      [
        organisationId,
        run.rulesId,
        run.rulesHash,
        run.standardsSetHash,
        JSON.stringify(run.scope),
        run.startedTime,
        clock.now().toISOString(),
        run.persons,
        run.records,
        JSON.stringify(run.measures),
      ],
    )
    if (row === undefined) throw new Error('the run that was written has no number')
    const at = { organisationId, run: row.run }
    await writeCells(session, at, run.cells)
    await writeFailures(session, at, run.failures)
    return Number(row.run)
  })
}

interface RunKey {
  readonly organisationId: string
  readonly run: bigint
}

async function writeCells(session: SqlSession, at: RunKey, cells: readonly QualityCount[]): Promise<void> {
  await session.query(
    `INSERT INTO quality_cells
     SELECT $1, $2, c, d, s, p, f, n FROM unnest($3::text::text[], $4::text::text[], $5::text::text[],
       $6::text::text[], $7::text::int[], $8::text::int[]) AS t (c, d, s, p, f, n)`,
    [
      at.organisationId,
      at.run,
      textArray(cells.map(({ check }) => check)),
      textArray(cells.map(({ department }) => department)),
      textArray(cells.map(({ source }) => source)),
      textArray(cells.map(({ period }) => period)),
      numberArray(cells.map(({ failed }) => failed)),
      numberArray(cells.map(({ counted }) => counted)),
    ],
  )
}

async function writeFailures(
  session: SqlSession,
  at: RunKey,
  failures: readonly QualityFailed[],
): Promise<void> {
  await session.query(
    `INSERT INTO quality_failures
     SELECT $1, $2, c, row_number() OVER (PARTITION BY c ORDER BY i), t, i, d
     FROM unnest($3::text::text[], $4::text::text[], $5::text::text[], $6::text::text[]) AS f (c, t, i, d)`,
    [
      at.organisationId,
      at.run,
      textArray(failures.map(({ check }) => check)),
      textArray(failures.map(({ type }) => type)),
      textArray(failures.map(({ id }) => id)),
      textArray(failures.map(({ department }) => department)),
    ],
  )
}
