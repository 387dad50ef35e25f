/** The deletion itself: every copy of records and deliveries goes, the tombstone stays. */
import { headOf, headSeal } from '../records/head.ts'
import { removeSearchEntries } from '../records/search-entry.ts'
import { bytesArray, numberArray, textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'

/** What goes: versions up to `upToVersion` of each record, and whole deliveries. */
export interface ToErase {
  readonly records: readonly { readonly record: bigint; readonly upToVersion: number }[]
  readonly deliveries: readonly string[]
}

/** What went: the number of versions, and the blobs that nothing names any more. */
export interface ErasedRows {
  readonly versions: number
  readonly blobs: readonly Uint8Array[]
}

/**
 * Removes sealed bytes, wrapped keys, search rows, inbox bytes, mended bytes, answers and findings. What stays: the
 * commitment chain, handles, times, and the digests that are keyed by an id of ours. The blobs of what was erased are given
 * back, to be removed once the transaction stands: their keys go with it.
 */
export async function eraseRows(
  vault: VaultContext,
  session: SqlSession,
  toErase: ToErase,
): Promise<ErasedRows> {
  const blobs = await blobsOf(vault, session, toErase)
  const versions = await eraseVersions(vault, session, toErase.records)
  await Promise.all(
    removeSearchEntries(session, vault.organisationId, await emptiedHeads(vault, session, toErase)),
  )
  await resealHeads(vault, session, toErase)
  await eraseDeliveries(vault, session, toErase.deliveries)
  return { versions, blobs }
}

async function blobsOf(
  vault: VaultContext,
  session: SqlSession,
  { records, deliveries }: ToErase,
): Promise<Uint8Array[]> {
  const rows = await session.query<{ blob: Uint8Array }>(
    `SELECT v.blob FROM record_versions v
     JOIN unnest($2::text::bigint[], $3::text::int[]) AS given (record, up_to) ON v.record = given.record
     WHERE v.organisation_id = $1 AND v.version <= given.up_to AND v.blob IS NOT NULL
     UNION ALL
     SELECT blob FROM deliveries
     WHERE organisation_id = $1 AND delivery_id = ANY($4::text::uuid[]) AND blob IS NOT NULL`,
    [
      vault.organisationId,
      numberArray(records.map((one) => one.record)),
      numberArray(records.map((one) => one.upToVersion)),
      textArray(deliveries),
    ],
  )
  return rows.map((row) => row.blob)
}

async function eraseVersions(
  vault: VaultContext,
  session: SqlSession,
  records: ToErase['records'],
): Promise<number> {
  const given = [
    vault.organisationId,
    numberArray(records.map((one) => one.record)),
    numberArray(records.map((one) => one.upToVersion)),
  ]
  await session.query(
    `DELETE FROM record_keys k USING unnest($2::text::bigint[], $3::text::int[]) AS given (record, up_to)
     WHERE k.organisation_id = $1 AND k.record = given.record AND k.version <= given.up_to`,
    given,
  )
  const rows = await session.query(
    `UPDATE record_versions v SET sealed = NULL, blob = NULL, patient_id = NULL, clinical_time = NULL,
       message_time = NULL, erased_time = $4
     FROM unnest($2::text::bigint[], $3::text::int[]) AS given (record, up_to)
     WHERE v.organisation_id = $1 AND v.record = given.record AND v.version <= given.up_to
       AND v.erased_time IS NULL RETURNING v.version`,
    [...given, vault.clock.now().toISOString()],
  )
  return rows.length
}

/** Records whose head itself is erased: only they lose their search rows. */
async function emptiedHeads(
  vault: VaultContext,
  session: SqlSession,
  { records }: ToErase,
): Promise<bigint[]> {
  const rows = await session.query<{ record: bigint }>(
    `SELECT r.record FROM records r
     JOIN unnest($2::text::bigint[], $3::text::int[]) AS given (record, up_to) ON r.record = given.record
     WHERE r.organisation_id = $1 AND r.head <= given.up_to`,
    [
      vault.organisationId,
      numberArray(records.map((one) => one.record)),
      numberArray(records.map((one) => one.upToVersion)),
    ],
  )
  return rows.map((row) => row.record)
}

async function resealHeads(vault: VaultContext, session: SqlSession, toErase: ToErase): Promise<void> {
  const records = await emptiedHeads(vault, session, toErase)
  const rows = await session.query<Parameters<typeof headOf>[0]>(
    `UPDATE records SET content_digest = NULL, message_time = NULL
     WHERE organisation_id = $1 AND record = ANY($2::text::bigint[])
     RETURNING record, type, id, handle, patient_id, source, head, head_commitment, content_digest, message_time,
               deleted, row_seal`,
    [vault.organisationId, numberArray(records)],
  )
  await session.query(
    `UPDATE records r SET row_seal = given.row_seal
     FROM unnest($2::text::bigint[], $3::text::bytea[]) AS given (record, row_seal)
     WHERE r.organisation_id = $1 AND r.record = given.record`,
    [
      vault.organisationId,
      numberArray(rows.map((row) => row.record)),
      bytesArray(rows.map((row) => headSeal(vault, headOf(row)))),
    ],
  )
}

const DELIVERY_TABLES = [
  'delivery_keys',
  'delivery_answers',
  'mended_deliveries',
  'quarantine_items',
  'quarantine_subjects',
  'waiting_deliveries',
]

async function eraseDeliveries(
  vault: VaultContext,
  session: SqlSession,
  deliveries: readonly string[],
): Promise<void> {
  if (deliveries.length === 0) return
  const given = [vault.organisationId, textArray(deliveries)]
  for (const table of DELIVERY_TABLES) {
    await session.query(
      `DELETE FROM ${table} WHERE organisation_id = $1 AND delivery_id = ANY($2::text::uuid[])`,
      given,
    )
  }
  await session.query(
    `UPDATE deliveries SET sealed = NULL, blob = NULL, bytes_digest = NULL, erased_time = $3
     WHERE organisation_id = $1 AND delivery_id = ANY($2::text::uuid[]) AND erased_time IS NULL`,
    [...given, vault.clock.now().toISOString()],
  )
}
