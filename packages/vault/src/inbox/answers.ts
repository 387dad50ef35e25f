/** What became of a delivery and the answer it was given, kept so that a repeat gets the same. */
import { bytesArray, textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { RecordOutcome } from './inbox.ts'
import { deliveryKey, sealPart } from './sealed-delivery.ts'

/** `records` is left out while the delivery is not stored, `answer` when none was given with it. */
export interface NewAnswer {
  readonly deliveryId: string
  readonly answer?: Uint8Array
  readonly records?: readonly RecordOutcome[]
}

/** Adds to what is kept of each delivery; what is left out stays as it is. Erased and unknown deliveries are passed over. */
export async function saveAnswers(
  vault: VaultContext,
  session: SqlSession,
  answers: readonly NewAnswer[],
): Promise<void> {
  if (answers.length === 0) return
  const keys = await keysOf(vault, session, answers)
  const rows = answers.map((answer) => rowOf(vault, answer, keys.get(answer.deliveryId)))
  await session.query(
    `INSERT INTO delivery_answers (organisation_id, delivery_id, records, answer, row_seal)
     SELECT $1, delivery_id, records, answer, row_seal
     FROM unnest($2::text::uuid[], $3::text::text[], $4::text::bytea[], $5::text::bytea[])
       AS added (delivery_id, records, answer, row_seal)
     ON CONFLICT (organisation_id, delivery_id) DO UPDATE SET
       answer = coalesce(excluded.answer, delivery_answers.answer),
       records = coalesce(excluded.records, delivery_answers.records),
       row_seal = CASE WHEN excluded.records IS NULL THEN delivery_answers.row_seal ELSE excluded.row_seal END`,
    [
      vault.organisationId,
      textArray(rows.map((row) => row.deliveryId)),
      textArray(rows.map((row) => row.records)),
      bytesArray(rows.map((row) => row.answer)),
      bytesArray(rows.map((row) => row.rowSeal)),
    ],
  )
}

/** Seals the outcome against alteration behind our back. */
export function outcomeSeal(vault: VaultContext, deliveryId: string, records: string | null): Uint8Array {
  return vault.keyring
    .keyedDigest('delivery outcome', vault.organisationId, deliveryId, records ?? '')
    .subarray(0, 16)
}

function rowOf(vault: VaultContext, { deliveryId, answer, records }: NewAnswer, key: Uint8Array | undefined) {
  const text = records === undefined ? null : JSON.stringify(records)
  const box =
    answer === undefined || key === undefined
      ? null
      : sealPart(vault, { deliveryId, part: 'answer' }, key, answer)
  return { deliveryId, records: text, answer: box, rowSeal: outcomeSeal(vault, deliveryId, text) }
}

async function keysOf(
  vault: VaultContext,
  session: SqlSession,
  answers: readonly NewAnswer[],
): Promise<Map<string, Uint8Array>> {
  const asked = answers.filter((answer) => answer.answer !== undefined)
  if (asked.length === 0) return new Map()
  const rows = await session.query<{ delivery_id: string; wrapped: Uint8Array }>(
    `SELECT delivery_id, wrapped FROM delivery_keys
     WHERE organisation_id = $1 AND delivery_id = ANY($2::text::uuid[])`,
    [vault.organisationId, textArray(asked.map((answer) => answer.deliveryId))],
  )
  const keys = new Map<string, Uint8Array>()
  for (const row of rows) {
    const key = deliveryKey(vault, row.delivery_id, row.wrapped)
    if (key !== undefined) keys.set(row.delivery_id, key)
  }
  return keys
}
