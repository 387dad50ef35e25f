/** Walks the vault for a run: one person after another, records amended often, and what plain SQL can measure. */
import type { AccessRule } from '../access-rule.ts'
import { accessClause } from '../records/access-clause.ts'
import type { RecordVersion } from '../records/records.ts'
import { OPENED_SELECT, openRows, versionRows } from '../records/version-rows.ts'
import { textArray } from '../sql/array-literal.ts'
import { createParameters, type Parameters } from '../sql/parameters.ts'
import type { VaultContext } from '../vault-context.ts'
import type { CoveredBatch, PersonRecords, QualityDays, QualityMeasures } from './quality.ts'

/** Patients whose records are in memory at a time. */
const AT_ONCE = 50

/** See `Quality.persons`. PERF: an index walk over patients, then one statement for the records of fifty of them. */
export async function* walkPersons(vault: VaultContext, access: AccessRule): AsyncGenerator<PersonRecords> {
  for (let after = ''; ; ) {
    const patients = await vault.driver.query<{ patient_id: string }>(
      `SELECT DISTINCT patient_id FROM records
       WHERE organisation_id = $1 AND patient_id > $2 ORDER BY patient_id LIMIT $3`,
      [vault.organisationId, after, AT_ONCE],
    )
    const ids = patients.map(({ patient_id }) => patient_id)
    const byPatient = new Map<string, RecordVersion[]>()
    for (const version of await currentRecords(vault, ids, access)) {
      const id = version.patientId ?? ''
      byPatient.set(id, [...(byPatient.get(id) ?? []), version])
    }
    for (const [patientId, records] of byPatient) yield { patientId, records }
    const last = ids.at(-1)
    if (last === undefined || ids.length < AT_ONCE) return
    after = last
  }
}

async function currentRecords(
  vault: VaultContext,
  patients: readonly string[],
  access: AccessRule,
): Promise<RecordVersion[]> {
  const parameters = createParameters(vault.organisationId, textArray(patients))
  const rows = await versionRows(
    vault.driver,
    `${OPENED_SELECT} WHERE r.organisation_id = $1 AND r.patient_id = ANY($2::text::text[]) AND v.version = r.head
       AND NOT r.deleted AND v.erased_time IS NULL${accessClause(access, parameters)}
     ORDER BY r.patient_id, r.record`,
    parameters,
  )
  return openRows(vault, rows)
}

/** See `Quality.amended`. */
export async function* walkAmended(
  vault: VaultContext,
  versions: number,
  days: QualityDays,
): AsyncGenerator<readonly RecordVersion[]> {
  const parameters = createParameters(vault.organisationId, versions)
  const records = await vault.driver.query<{ record: bigint }>(
    `SELECT v.record FROM record_versions v WHERE v.organisation_id = $1 AND v.erased_time IS NULL
       ${storedOn(days, parameters)} GROUP BY v.record HAVING count(*) >= $2 ORDER BY count(*) DESC LIMIT 1000`,
    parameters.values,
  )
  for (const { record } of records) {
    const own = createParameters(vault.organisationId, record)
    const rows = await versionRows(
      vault.driver,
      `${OPENED_SELECT} WHERE r.organisation_id = $1 AND r.record = $2 AND v.erased_time IS NULL
         ${storedOn(days, own)} ORDER BY v.version LIMIT 200`,
      own,
    )
    yield await openRows(vault, rows)
  }
}

function storedOn({ from, to }: QualityDays, parameters: Parameters): string {
  return [
    from === undefined ? '' : ` AND v.stored_time >= ${parameters.add(from)}::text::date`,
    to === undefined ? '' : ` AND v.stored_time < ${parameters.add(to)}::text::date + 1`,
  ].join('')
}

/** See `Quality.measure`. Lag is from storing until the time of the block that holds the batch. */
export async function measure(
  { driver, organisationId }: VaultContext,
  days: QualityDays,
): Promise<Omit<QualityMeasures, 'frequentEdits'>> {
  const parameters = createParameters(organisationId)
  const where = `v.organisation_id = $1${storedOn(days, parameters)}`
  const methods = await driver.query<{ capture_method: string; amount: number }>(
    `SELECT v.capture_method, count(*)::int AS amount FROM record_versions v WHERE ${where} GROUP BY 1 ORDER BY 1`,
    parameters.values,
  )
  const [lag] = await driver.query<{ count: number; p: readonly number[]; max: number }>(
    `SELECT count(*)::int AS count, max(lag) AS max,
       to_json(percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY lag)) AS p
     FROM (
       SELECT greatest(0, b.final_time - extract(epoch FROM v.stored_time))::float8 AS lag
       FROM record_versions v JOIN LATERAL (
         SELECT first_sequence, final_time FROM batches
         WHERE organisation_id = v.organisation_id AND last_sequence >= v.sequence ORDER BY last_sequence LIMIT 1
       ) b ON b.first_sequence <= v.sequence AND b.final_time IS NOT NULL
       WHERE ${where}
     ) lags`,
    parameters.values,
  )
  const captureMethods = Object.fromEntries(methods.map((row) => [row.capture_method, row.amount]))
  if (lag === undefined || lag.count === 0) return { captureMethods, anchorLag: null }
  const [p50 = 0, p95 = 0, p99 = 0] = lag.p
  return { captureMethods, anchorLag: { count: lag.count, p50, p95, p99, max: lag.max } }
}

/** See `Quality.coveredBatches`. */
export async function coveredBatches(
  { driver, organisationId }: VaultContext,
  { from, to }: QualityDays,
): Promise<CoveredBatch[]> {
  const parameters = createParameters(organisationId)
  const since = from === undefined ? '' : ` AND day >= ${parameters.add(from)}::text::date`
  const until = to === undefined ? '' : ` AND day <= ${parameters.add(to)}::text::date`
  return driver.query<CoveredBatch>(
    `SELECT batch_id AS "batchId", root, day, final_statement AS "statementId", final_height AS height
     FROM batches WHERE organisation_id = $1 AND state = 'final'${since}${until} ORDER BY number LIMIT 100000`,
    parameters.values,
  )
}
