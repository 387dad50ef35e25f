/** The head of a record: the row that says which version is current, sealed against alteration behind our back. */
import { booleanArray, bytesArray, numberArray, textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'

/** The row as a value; `expectedSeal` is the seal it had when it was read, null when it did not exist. */
export interface Head {
  readonly record: bigint
  readonly type: string
  readonly id: string
  readonly handle: Uint8Array
  readonly patientId: string | null
  readonly source: string
  readonly version: number
  readonly commitment: Uint8Array
  readonly contentDigest: Uint8Array | null
  readonly messageTime: string | null
  readonly deleted: boolean
  readonly expectedSeal: Uint8Array | null
}

interface HeadRow {
  readonly record: bigint
  readonly type: string
  readonly id: string
  readonly handle: Uint8Array
  readonly patient_id: string | null
  readonly source: string
  readonly head: number
  readonly head_commitment: Uint8Array
  readonly content_digest: Uint8Array | null
  readonly message_time: string | null
  readonly deleted: boolean
  readonly row_seal: Uint8Array
}

/** Names a record in maps. */
export function recordKey(type: string, id: string): string {
  return `${type}/${id}`
}

/** The heads of the given records, by {@link recordKey}; unknown ones are left out. */
export async function readHeads(
  session: SqlSession,
  organisationId: string,
  records: readonly { readonly type: string; readonly id: string }[],
): Promise<Map<string, Head>> {
  const rows = await session.query<HeadRow>(
    `SELECT r.record, r.type, r.id, r.handle, r.patient_id, r.source, r.head, r.head_commitment, r.content_digest,
            r.message_time, r.deleted, r.row_seal
     FROM unnest($2::text::text[], $3::text::text[]) AS asked (type, id)
     JOIN records r ON r.organisation_id = $1 AND r.type = asked.type AND r.id = asked.id`,
    [organisationId, textArray(records.map((one) => one.type)), textArray(records.map((one) => one.id))],
  )
  return new Map(rows.map((row) => [recordKey(row.type, row.id), headOf(row)]))
}

/** Reads a row. */
export function headOf(row: HeadRow): Head {
  return {
    record: row.record,
    type: row.type,
    id: row.id,
    handle: row.handle,
    patientId: row.patient_id,
    source: row.source,
    version: row.head,
    commitment: row.head_commitment,
    contentDigest: row.content_digest,
    messageTime: row.message_time,
    deleted: row.deleted,
    expectedSeal: row.row_seal,
  }
}

/** The keyed digest of a head row, 16 bytes. */
export function headSeal(vault: VaultContext, head: Head): Uint8Array {
  const text = [head.record, head.type, head.id, head.patientId, head.source, head.version, head.messageTime]
  return vault.keyring
    .keyedDigest(
      'record head',
      vault.organisationId,
      text.map((part) => JSON.stringify(String(part))).join(),
      head.deleted ? 'deleted' : 'current',
      head.handle,
      head.commitment,
      head.contentDigest ?? new Uint8Array(0),
    )
    .subarray(0, 16)
}

/**
 * Writes heads, new ones and moved ones. Gives false when one was moved by somebody else since it was read, and fails with
 * a unique violation when one was made meanwhile: the transaction must then be given up and tried again.
 */
export async function writeHeads(
  vault: VaultContext,
  session: SqlSession,
  heads: readonly Head[],
): Promise<boolean> {
  const made = heads.filter((head) => head.expectedSeal === null)
  const moved = heads.filter((head) => head.expectedSeal !== null)
  const counts = await Promise.all([
    count(vault, session, INSERT, made),
    count(vault, session, UPDATE, moved),
  ])
  return counts[0] === made.length && counts[1] === moved.length
}

async function count(
  vault: VaultContext,
  session: SqlSession,
  sql: string,
  heads: readonly Head[],
): Promise<number> {
  if (heads.length === 0) return 0
  const rows = await session.query<{ done: number }>(sql, [
    vault.organisationId,
    numberArray(heads.map((head) => head.record)),
    textArray(heads.map((head) => head.type)),
    textArray(heads.map((head) => head.id)),
    bytesArray(heads.map((head) => head.handle)),
    textArray(heads.map((head) => head.patientId)),
    textArray(heads.map((head) => head.source)),
    numberArray(heads.map((head) => head.version)),
    bytesArray(heads.map((head) => head.commitment)),
    bytesArray(heads.map((head) => head.contentDigest)),
    textArray(heads.map((head) => head.messageTime)),
    booleanArray(heads.map((head) => head.deleted)),
    bytesArray(heads.map((head) => headSeal(vault, head))),
    bytesArray(heads.map((head) => head.expectedSeal)),
  ])
  return rows[0]?.done ?? 0
}

const GIVEN = `unnest($2::text::bigint[], $3::text::text[], $4::text::text[], $5::text::bytea[], $6::text::text[],
  $7::text::text[], $8::text::int[], $9::text::bytea[], $10::text::bytea[], $11::text::timestamptz[],
  $12::text::boolean[], $13::text::bytea[], $14::text::bytea[])
  AS given (record, type, id, handle, patient_id, source, head, head_commitment, content_digest, message_time,
            deleted, row_seal, expected_seal)`

const INSERT = `
  WITH made AS (
    INSERT INTO records (organisation_id, record, type, id, handle, patient_id, source, head, head_commitment,
                         content_digest, message_time, deleted, row_seal)
    SELECT $1, record, type, id, handle, patient_id, source, head, head_commitment, content_digest, message_time,
           deleted, row_seal
    FROM ${GIVEN}
    RETURNING 1
  ) SELECT count(*)::int AS done FROM made`

const UPDATE = `
  WITH moved AS (
    UPDATE records SET patient_id = given.patient_id, source = given.source, head = given.head,
      head_commitment = given.head_commitment, content_digest = given.content_digest,
      message_time = given.message_time, deleted = given.deleted, row_seal = given.row_seal
    FROM ${GIVEN}
    WHERE records.organisation_id = $1 AND records.record = given.record AND records.row_seal = given.expected_seal
    RETURNING 1
  ) SELECT count(*)::int AS done FROM moved`
