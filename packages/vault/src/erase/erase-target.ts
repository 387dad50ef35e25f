/** What an erasure reaches: records and deliveries of a patient, of one record, or one delivery. */
import { subjectDigest } from '../quarantine/put.ts'
import { isId } from '../random-id.ts'
import { textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { EraseTarget } from './erase.ts'

/** A record that is reached; `newest` is when the newest of its versions not yet erased was stored. */
export interface ReachedRecord {
  readonly record: bigint
  readonly type: string
  readonly id: string
  readonly patient_id: string | null
  readonly handle: Uint8Array
  readonly head: number
  readonly newest: string
}

/** Everything a target reaches that is not yet erased. */
export interface Reached {
  readonly records: readonly ReachedRecord[]
  readonly deliveries: readonly string[]
}

/**
 * Finds it. A delivery that carried one of the records is reached as a whole, so that no copy stays: what else it
 * carried keeps its own versions. Refused deliveries are found by the subjects that were given with them.
 */
export async function reach(vault: VaultContext, session: SqlSession, target: EraseTarget): Promise<Reached> {
  if (target.kind === 'delivery') {
    return { records: [], deliveries: await livingDelivery(vault, session, target.deliveryId) }
  }
  const records = await reachedRecords(vault, session, target)
  const carried = await carriers(vault, session, records)
  const subject = target.kind === 'patient' ? target.patientId : `${target.type}/${target.id}`
  const refused = await refusedAbout(vault, session, subject)
  return { records, deliveries: [...new Set([...carried, ...refused])] }
}

async function livingDelivery(
  vault: VaultContext,
  session: SqlSession,
  deliveryId: string,
): Promise<string[]> {
  if (!isId(deliveryId)) return []
  const rows = await session.query<{ delivery_id: string }>(
    `SELECT delivery_id FROM deliveries
     WHERE organisation_id = $1 AND delivery_id = $2 AND erased_time IS NULL`,
    [vault.organisationId, deliveryId],
  )
  return rows.map((row) => row.delivery_id)
}

async function reachedRecords(
  vault: VaultContext,
  session: SqlSession,
  target: Exclude<EraseTarget, { kind: 'delivery' }>,
): Promise<ReachedRecord[]> {
  if (target.kind === 'record') return livingRecords(vault, session, [target])
  return recordsWhere(session, `(r.patient_id = $2 OR (r.type = 'Patient' AND r.id = $2))`, [
    vault.organisationId,
    target.patientId,
  ])
}

/** The named records that have a version not yet erased. */
export function livingRecords(
  vault: VaultContext,
  session: SqlSession,
  names: readonly { readonly type: string; readonly id: string }[],
): Promise<ReachedRecord[]> {
  const named = '(r.type, r.id) IN (SELECT * FROM unnest($2::text::text[], $3::text::text[]))'
  return recordsWhere(session, named, [
    vault.organisationId,
    textArray(names.map((name) => name.type)),
    textArray(names.map((name) => name.id)),
  ])
}

function recordsWhere(
  session: SqlSession,
  condition: string,
  values: readonly string[],
): Promise<ReachedRecord[]> {
  return session.query<ReachedRecord>(
    `SELECT r.record, r.type, r.id, r.patient_id, r.handle, r.head, max(v.stored_time) AS newest
     FROM records r JOIN record_versions v USING (organisation_id, record)
     WHERE r.organisation_id = $1 AND ${condition} AND v.erased_time IS NULL
     GROUP BY r.record, r.type, r.id, r.patient_id, r.handle, r.head ORDER BY r.record`,
    values,
  )
}

async function carriers(
  vault: VaultContext,
  session: SqlSession,
  records: readonly ReachedRecord[],
): Promise<string[]> {
  const rows = await session.query<{ delivery_id: string }>(
    `SELECT DISTINCT v.delivery_id FROM record_versions v
     JOIN deliveries d USING (organisation_id, delivery_id)
     WHERE v.organisation_id = $1 AND v.record = ANY($2::text::bigint[]) AND d.erased_time IS NULL`,
    [vault.organisationId, textArray(records.map((row) => String(row.record)))],
  )
  return rows.map((row) => row.delivery_id)
}

async function refusedAbout(vault: VaultContext, session: SqlSession, subject: string): Promise<string[]> {
  const rows = await session.query<{ delivery_id: string }>(
    `SELECT s.delivery_id FROM quarantine_subjects s JOIN deliveries d USING (organisation_id, delivery_id)
     WHERE s.organisation_id = $1 AND s.subject = $2 AND d.erased_time IS NULL`,
    [vault.organisationId, subjectDigest(vault, subject)],
  )
  return rows.map((row) => row.delivery_id)
}
