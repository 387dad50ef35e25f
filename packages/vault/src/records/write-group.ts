/** Writes a sealed group in one SQL transaction: heads, versions, keys, outbox, search rows, inbox, counts. */
import { type KeptBox, namingBoxes } from '../blobs/blob-rows.ts'
import { saveAnswers } from '../inbox/answers.ts'
import type { RecordOutcome } from '../inbox/inbox.ts'
import { bytesArray, numberArray, textArray } from '../sql/array-literal.ts'
import { bytesColumn, cutBytes } from '../sql/bytes-column.ts'
import type { SqlSession } from '../sql/driver.ts'
import { addTallies, dayOf, type Tally } from '../tallies.ts'
import type { VaultContext } from '../vault-context.ts'
import { writeHeads } from './head.ts'
import type { SealedGroup, SealedVersion } from './seal-group.ts'
import { type RecordEntries, writeSearchEntries } from './search-entry.ts'

/** A delivery that is done, with what became of its records. */
export interface FinishedDelivery {
  readonly deliveryId: string
  readonly answer?: Uint8Array
  readonly records: readonly RecordOutcome[]
}

/** What one transaction writes. */
export interface GroupToWrite {
  readonly sealed: SealedGroup
  readonly finished: readonly FinishedDelivery[]
  readonly tallies: readonly Tally[]
}

/** Thrown inside the transaction when a head was moved by another process; the group is planned again. */
export class HeadMoved extends Error {
  override readonly name = 'HeadMoved'
}

/** The outbox lock: shared by stores, alone for whoever opens a batch, so that a batch is a gapless run. */
const OUTBOX_LOCK = 7_300_002

/** Waits for whoever opens a batch or stores alone; taken by every store before it draws outbox numbers. */
export async function lockOutboxShared(vault: VaultContext, session: SqlSession): Promise<void> {
  await session.query('SELECT pg_advisory_xact_lock_shared($1, hashtext($2))', [
    OUTBOX_LOCK,
    vault.organisationId,
  ])
}

/** Waits until no store is under way, and keeps others out until the transaction ends. */
export async function lockOutboxAlone(vault: VaultContext, session: SqlSession): Promise<void> {
  await session.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [OUTBOX_LOCK, vault.organisationId])
}

/** Effects: rows of the transaction, under the outbox lock. Throws {@link HeadMoved}: it must then be rolled back. */
export async function writeGroup(
  vault: VaultContext,
  session: SqlSession,
  group: GroupToWrite,
): Promise<void> {
  // Before any statement: one that is under way when another fails would run after the rollback.
  await namingBoxes(
    vault,
    group.sealed.versions.map((one) => one.box),
    (boxes) => writeRows(vault, session, { group, boxes }),
  )
}

async function writeRows(
  vault: VaultContext,
  session: SqlSession,
  { group, boxes }: { readonly group: GroupToWrite; readonly boxes: readonly KeptBox[] },
): Promise<void> {
  const { versions, heads } = group.sealed
  const sequences = await takeSequences(session, versions.length)
  const [unmoved] = await Promise.all([
    writeHeads(vault, session, heads),
    writeVersions(vault, session, versions, { sequences, boxes }),
    writeSearchEntries(session, vault.organisationId, searchChanges(group.sealed)),
    finishDeliveries(vault, session, group.finished),
    addTallies(session, vault.organisationId, [...group.tallies, ...versionTallies(versions)]),
  ])
  if (!unmoved) throw new HeadMoved()
}

/** Outbox numbers are drawn under the lock, so every number below a batch's last is committed or void. */
async function takeSequences(session: SqlSession, count: number): Promise<bigint[]> {
  if (count === 0) return []
  const rows = await session.query<{ sequence: bigint }>(
    `SELECT nextval('outbox_sequence') AS sequence FROM generate_series(1, $1::int)`,
    [count],
  )
  return rows.map((row) => row.sequence)
}

async function writeVersions(
  vault: VaultContext,
  session: SqlSession,
  versions: readonly SealedVersion[],
  { sequences, boxes }: { readonly sequences: readonly bigint[]; readonly boxes: readonly KeptBox[] },
): Promise<void> {
  const [first] = versions
  if (first === undefined) return
  await session.query(INSERT_VERSIONS, [
    vault.organisationId,
    vault.contextId,
    first.metadata.storedTime,
    numberArray(versions.map((one) => one.record)),
    numberArray(versions.map((one) => one.version)),
    numberArray(sequences),
    textArray(versions.map((one) => one.metadata.operation)),
    bytesArray(versions.map((one) => one.commitment)),
    bytesArray(versions.map((one) => one.previous)),
    numberArray(versions.map((one) => one.leafCount)),
    textArray(versions.map((one) => one.metadata.patientId)),
    textArray(versions.map((one) => one.metadata.source)),
    textArray(versions.map((one) => one.metadata.captureMethod)),
    textArray(versions.map((one) => one.metadata.careStage)),
    textArray(versions.map((one) => one.metadata.deliveryId)),
    textArray(versions.map((one) => one.metadata.clinicalTime)),
    textArray(versions.map((one) => one.metadata.messageTime)),
    textArray(versions.map((one) => one.metadata.receivedTime)),
    ...bytesColumn(boxes.map((one) => one.box)),
    ...bytesColumn(versions.map((one) => one.wrapped)),
    bytesArray(boxes.map((one) => one.blob)),
  ])
}

const INSERT_VERSIONS = `
  WITH given AS (
    SELECT record, version, sequence, operation, commitment, previous, leaf_count, patient_id, source,
      capture_method, care_stage, delivery_id, clinical_time, message_time, received_time, blob,
      CASE WHEN blob IS NULL THEN ${cutBytes(19, 'sealed_at', 'sealed_length')} END AS sealed,
      ${cutBytes(22, 'wrapped_at', 'wrapped_length')} AS wrapped
    FROM unnest(
      $4::text::bigint[], $5::text::int[], $6::text::bigint[], $7::text::text[], $8::text::bytea[],
      $9::text::bytea[], $10::text::int[], $11::text::text[], $12::text::text[], $13::text::text[],
      $14::text::text[], $15::text::uuid[], $16::text::timestamptz[], $17::text::timestamptz[],
      $18::text::timestamptz[], $20::text::int[], $21::text::int[], $23::text::int[], $24::text::int[],
      $25::text::bytea[])
    AS given (record, version, sequence, operation, commitment, previous, leaf_count, patient_id, source,
              capture_method, care_stage, delivery_id, clinical_time, message_time, received_time,
              sealed_at, sealed_length, wrapped_at, wrapped_length, blob)
  ), keys AS (
    INSERT INTO record_keys (organisation_id, record, version, wrapped)
    SELECT $1, record, version, wrapped FROM given
  ), waiting AS (
    INSERT INTO outbox (organisation_id, sequence, record, version, context, commitment, stored_time)
    SELECT $1, sequence, record, version, $2::int, commitment, $3::timestamptz FROM given
  )
  INSERT INTO record_versions (organisation_id, record, version, sequence, context, operation, commitment, previous,
    leaf_count, patient_id, source, capture_method, care_stage, delivery_id, clinical_time, message_time,
    received_time, stored_time, sealed, blob)
  SELECT $1, record, version, sequence, $2::int, operation, commitment, previous, leaf_count, patient_id, source,
    capture_method, care_stage, delivery_id, clinical_time, message_time, received_time, $3::timestamptz, sealed, blob
  FROM given`

/** Only the last version of a record is found by search. */
function searchChanges({ versions }: SealedGroup) {
  const last = new Map<bigint, RecordEntries>()
  const changed = new Set<bigint>()
  for (const { record, type, version, search } of versions) {
    if (version > 1 && !last.has(record)) changed.add(record)
    last.set(record, { record, type, ...search })
  }
  return { changed: [...changed], entries: [...last.values()] }
}

async function finishDeliveries(
  vault: VaultContext,
  session: SqlSession,
  finished: readonly FinishedDelivery[],
): Promise<void> {
  if (finished.length === 0) return
  await Promise.all([
    session.query(
      'DELETE FROM waiting_deliveries WHERE organisation_id = $1 AND delivery_id = ANY($2::text::uuid[])',
      [vault.organisationId, textArray(finished.map((one) => one.deliveryId))],
    ),
    saveAnswers(vault, session, finished),
  ])
}

function versionTallies(versions: readonly SealedVersion[]): Tally[] {
  return versions.flatMap(({ type, version, metadata }) => {
    const day = dayOf(metadata.storedTime)
    const cells = [
      ['kind', type],
      ['care-stage', metadata.careStage],
      ['source', metadata.source],
      ['capture-method', metadata.captureMethod],
      ...(version === 1 ? [['record', '']] : []),
    ] as const
    return cells.map(([dimension = '', code = '']) => ({ day, dimension, code, amount: 1 }))
  })
}
