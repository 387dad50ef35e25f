/** Reads runs, their sums by department, source or month, trends over runs, and the records behind a failed check. */
import type { AccessRule } from '../access-rule.ts'
import { encodeCursor, startOf } from '../cursor.ts'
import { accessClause } from '../records/access-clause.ts'
import type { Page, PageRequest } from '../records/records.ts'
import { createParameters } from '../sql/parameters.ts'
import type { VaultContext } from '../vault-context.ts'
import type {
  QualityDimension,
  QualityFailed,
  QualityMeasures,
  QualityRun,
  QualitySum,
  QualityTrendPoint,
} from './quality.ts'

interface RunRow {
  readonly run: bigint
  readonly rules_id: string
  readonly rules_hash: string
  readonly standards_set_hash: string
  readonly scope: Readonly<Record<string, string>>
  readonly started_time: string
  readonly finished_time: string
  readonly persons: number
  readonly records: number
  readonly measures: QualityMeasures
}

/** See `Quality.runs`. */
export async function readRuns(
  { driver, organisationId }: VaultContext,
  limit: number,
): Promise<QualityRun[]> {
  const rows = await driver.query<RunRow>(
    'SELECT * FROM quality_runs WHERE organisation_id = $1 ORDER BY run DESC LIMIT $2',
    [organisationId, limit],
  )
  return rows.map(runOf)
}

/** See `Quality.run`. */
export async function readRun(
  { driver, organisationId }: VaultContext,
  run: number,
): Promise<QualityRun | undefined> {
  const rows = await driver.query<RunRow>(
    'SELECT * FROM quality_runs WHERE organisation_id = $1 AND run = $2',
    [organisationId, run],
  )
  return rows.map(runOf)[0]
}

function runOf(row: RunRow): QualityRun {
  return {
    run: Number(row.run),
    rulesId: row.rules_id,
    rulesHash: row.rules_hash,
    standardsSetHash: row.standards_set_hash,
    scope: row.scope,
    startedTime: row.started_time,
    finishedTime: row.finished_time,
    persons: row.persons,
    records: row.records,
    measures: row.measures,
  }
}

const COLUMNS: Readonly<Record<QualityDimension, string>> = {
  all: `''`,
  department: 'department',
  source: 'source',
  period: 'period',
}

/** See `Quality.sums`. */
export async function readSums(
  { driver, organisationId }: VaultContext,
  run: number,
  dimension: QualityDimension,
): Promise<QualitySum[]> {
  return driver.query<QualitySum>(
    `SELECT check_id AS check, ${COLUMNS[dimension]} AS value, sum(failed)::int AS failed, sum(counted)::int AS counted
     FROM quality_cells WHERE organisation_id = $1 AND run = $2 GROUP BY 1, 2 ORDER BY 1, 2`,
    [organisationId, run],
  )
}

/** See `Quality.trend`. */
export async function readTrend(
  { driver, organisationId }: VaultContext,
  limit: number,
  check?: string,
): Promise<QualityTrendPoint[]> {
  const parameters = createParameters(organisationId, limit)
  const only = check === undefined ? '' : ` AND c.check_id = ${parameters.add(check)}`
  const rows = await driver.query<Omit<QualityTrendPoint, 'run'> & { run: bigint }>(
    `SELECT r.run, r.finished_time AS "finishedTime", r.rules_hash AS "rulesHash", c.check_id AS check,
       sum(c.failed)::int AS failed, sum(c.counted)::int AS counted
     FROM (SELECT * FROM quality_runs WHERE organisation_id = $1 ORDER BY run DESC LIMIT $2) r
     JOIN quality_cells c ON c.organisation_id = r.organisation_id AND c.run = r.run${only}
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 4`,
    parameters.values,
  )
  return rows.map((row) => ({ ...row, run: Number(row.run) }))
}

interface FailuresRequest {
  readonly of: { readonly run: number; readonly check: string }
  readonly page: PageRequest
  readonly access: AccessRule
}

/** See `Quality.failures`. */
export async function readFailures(
  vault: VaultContext,
  { of, page, access }: FailuresRequest,
): Promise<Page<QualityFailed> | undefined> {
  const list = `quality ${of.run} ${of.check}`
  const after = startOf(vault, list, { ...page, start: 0n })
  if (after === undefined) return undefined
  const parameters = createParameters(vault.organisationId, of.run, of.check, after, page.count + 1)
  const rows = await vault.driver.query<QualityFailed & { number: number }>(
    `SELECT f.check_id AS check, f.type, f.id, f.department, f.number
     FROM quality_failures f
     JOIN records r ON r.organisation_id = f.organisation_id AND r.type = f.type AND r.id = f.id
     JOIN record_versions v ON v.organisation_id = r.organisation_id AND v.record = r.record AND v.version = r.head
     WHERE f.organisation_id = $1 AND f.run = $2 AND f.check_id = $3 AND f.number > $4 AND v.erased_time IS NULL
       ${accessClause(access, parameters)}
     ORDER BY f.number LIMIT $5`,
    parameters.values,
  )
  const shown = rows.slice(0, page.count)
  const items = shown.map(({ check, type, id, department }) => ({ check, type, id, department }))
  const last = shown.at(-1)
  if (rows.length <= page.count || last === undefined) return { items }
  return { items, next: encodeCursor(vault, list, BigInt(last.number)) }
}
