/** Puts refused deliveries into quarantine: item, subjects and answer in one transaction; nothing waits any more. */
import { saveAnswers } from '../inbox/answers.ts'
import { deliveryKey } from '../inbox/sealed-delivery.ts'
import { bytesArray, numberArray, textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import { addTallies, dayOf } from '../tallies.ts'
import type { VaultContext } from '../vault-context.ts'
import type { NewQuarantineItem } from './quarantine.ts'
import { type QuarantineColumns, quarantineSeal, sealRefusal } from './quarantine-row.ts'

/** See {@link Quarantine.put}. Throws for a delivery that does not exist: a bug of the caller. */
export async function putIntoQuarantine(
  vault: VaultContext,
  items: readonly NewQuarantineItem[],
): Promise<void> {
  if (items.length === 0) return
  await vault.driver.transaction(async (session) => {
    const known = await knownDeliveries(vault, session, items)
    await insert(
      vault,
      session,
      items.map((item) => rowOf(vault, item, known.get(item.deliveryId))),
    )
    await Promise.all([
      stopWaiting(vault, session, items),
      insertSubjects(vault, session, items),
      saveAnswers(
        vault,
        session,
        items
          .filter((item) => item.answer !== undefined)
          .map(({ deliveryId, answer }) => answerOf(deliveryId, answer)),
      ),
      countItems(vault, session, items),
    ])
  })
}

/** Keyed digest of an identifier of a person, by which an erasure finds refused deliveries. */
export function subjectDigest(vault: VaultContext, subject: string): Uint8Array {
  return vault.keyring.keyedDigest('quarantine subject', vault.organisationId, subject).subarray(0, 16)
}

function answerOf(deliveryId: string, answer: Uint8Array | undefined) {
  return answer === undefined ? { deliveryId } : { deliveryId, answer }
}

interface KnownDelivery {
  readonly delivery_id: string
  readonly source: string
  readonly wrapped: Uint8Array | null
  readonly attempts: number
}

async function knownDeliveries(
  vault: VaultContext,
  session: SqlSession,
  items: readonly NewQuarantineItem[],
): Promise<Map<string, KnownDelivery>> {
  const rows = await session.query<KnownDelivery>(
    `SELECT d.delivery_id, d.source, k.wrapped, coalesce(q.attempts, 0) AS attempts
     FROM deliveries d
     LEFT JOIN delivery_keys k USING (organisation_id, delivery_id)
     LEFT JOIN quarantine_items q USING (organisation_id, delivery_id)
     WHERE d.organisation_id = $1 AND d.delivery_id = ANY($2::text::uuid[])`,
    [vault.organisationId, textArray(items.map((item) => item.deliveryId))],
  )
  return new Map(rows.map((row) => [row.delivery_id, row]))
}

interface NewRow extends QuarantineColumns {
  readonly sealed: Uint8Array
}

function rowOf(vault: VaultContext, item: NewQuarantineItem, known: KnownDelivery | undefined): NewRow {
  const key =
    known === undefined || known.wrapped === null
      ? undefined
      : deliveryKey(vault, item.deliveryId, known.wrapped)
  if (known === undefined || key === undefined)
    throw new Error(`delivery ${item.deliveryId} cannot be quarantined`)
  return {
    delivery_id: item.deliveryId,
    state: 'open',
    room: item.room,
    code: item.code,
    source: known.source,
    attempts: known.attempts + 1,
    refused_time: vault.clock.now().toISOString(),
    changed_by: null,
    sealed: sealRefusal(vault, item, key),
  }
}

async function insert(vault: VaultContext, session: SqlSession, rows: readonly NewRow[]): Promise<void> {
  await session.query(
    `INSERT INTO quarantine_items (organisation_id, delivery_id, state, room, code, source, attempts, refused_time,
                                   changed_by, sealed, row_seal)
     SELECT $1, delivery_id, 'open', room, code, source, attempts, refused_time, NULL, sealed, row_seal
     FROM unnest($2::text::uuid[], $3::text::text[], $4::text::text[], $5::text::text[], $6::text::int[],
                 $7::text::timestamptz[], $8::text::bytea[], $9::text::bytea[])
       AS given (delivery_id, room, code, source, attempts, refused_time, sealed, row_seal)
     ON CONFLICT (organisation_id, delivery_id) DO UPDATE SET
       state = 'open', room = excluded.room, code = excluded.code, attempts = excluded.attempts,
       refused_time = excluded.refused_time, changed_by = NULL, sealed = excluded.sealed,
       row_seal = excluded.row_seal`,
    [
      vault.organisationId,
      textArray(rows.map((row) => row.delivery_id)),
      textArray(rows.map((row) => row.room)),
      textArray(rows.map((row) => row.code)),
      textArray(rows.map((row) => row.source)),
      numberArray(rows.map((row) => row.attempts)),
      textArray(rows.map((row) => row.refused_time)),
      bytesArray(rows.map((row) => row.sealed)),
      bytesArray(rows.map((row) => quarantineSeal(vault, row))),
    ],
  )
}

async function stopWaiting(
  vault: VaultContext,
  session: SqlSession,
  items: readonly NewQuarantineItem[],
): Promise<void> {
  await session.query(
    'DELETE FROM waiting_deliveries WHERE organisation_id = $1 AND delivery_id = ANY($2::text::uuid[])',
    [vault.organisationId, textArray(items.map((item) => item.deliveryId))],
  )
}

async function insertSubjects(
  vault: VaultContext,
  session: SqlSession,
  items: readonly NewQuarantineItem[],
): Promise<void> {
  const rows = items.flatMap(({ deliveryId, subjects = [] }) =>
    subjects.map((subject) => ({ deliveryId, subject: subjectDigest(vault, subject) })),
  )
  if (rows.length === 0) return
  await session.query(
    `INSERT INTO quarantine_subjects (organisation_id, subject, delivery_id)
     SELECT $1, subject, delivery_id
     FROM unnest($2::text::bytea[], $3::text::uuid[]) AS given (subject, delivery_id)
     ON CONFLICT DO NOTHING`,
    [
      vault.organisationId,
      bytesArray(rows.map((row) => row.subject)),
      textArray(rows.map((row) => row.deliveryId)),
    ],
  )
}

function countItems(
  vault: VaultContext,
  session: SqlSession,
  items: readonly NewQuarantineItem[],
): Promise<void> {
  const day = dayOf(vault.clock.now().toISOString())
  const tallies = items.map(({ room }) => ({ day, dimension: 'refused-by', code: room, amount: 1 }))
  return addTallies(session, vault.organisationId, tallies)
}
