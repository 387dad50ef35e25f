/** What a clerk does with open items: mend the bytes, take them for another try, put them aside. */
import { deliveryKey, sealPart } from '../inbox/sealed-delivery.ts'
import { bytesArray, textArray } from '../sql/array-literal.ts'
import type { SqlSession, SqlValue } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import { type QuarantineColumns, quarantineSeal } from './quarantine-row.ts'

/** Which open items: one delivery, or all of a room and code. */
export type OpenItems = { readonly deliveryId: string } | { readonly room: string; readonly code: string }

/** Moves open items on, by name; gives how many. Those taken for another try wait again in their old order of arrival. */
export async function moveOpenItems(
  vault: VaultContext,
  items: OpenItems,
  change: { readonly state: 'retrying' | 'dismissed'; readonly by: string },
): Promise<number> {
  return vault.driver.transaction(async (session) => {
    const rows = await lockOpenItems(vault, session, items)
    if (rows.length === 0) return 0
    await writeChange(
      vault,
      session,
      rows.map((row) => ({ ...row, state: change.state, changed_by: change.by })),
    )
    if (change.state === 'retrying') await waitAgain(vault, session, rows)
    return rows.length
  })
}

/** See {@link Quarantine.replaceBytes}. */
export async function replaceBytes(
  vault: VaultContext,
  deliveryId: string,
  { bytes, by }: { readonly bytes: Uint8Array; readonly by: string },
): Promise<boolean> {
  return vault.driver.transaction(async (session) => {
    const [row] = await lockOpenItems(vault, session, { deliveryId })
    const key = row === undefined ? undefined : await keyOf(vault, session, deliveryId)
    if (row === undefined || key === undefined) return false
    await session.query(
      `INSERT INTO mended_deliveries (organisation_id, delivery_id, sealed) VALUES ($1, $2, $3)
       ON CONFLICT (organisation_id, delivery_id) DO UPDATE SET sealed = excluded.sealed`,
      [vault.organisationId, deliveryId, sealPart(vault, { deliveryId, part: 'mended' }, key, bytes)],
    )
    await writeChange(vault, session, [{ ...row, changed_by: by }])
    return true
  })
}

function lockOpenItems(
  vault: VaultContext,
  session: SqlSession,
  items: OpenItems,
): Promise<QuarantineColumns[]> {
  const [condition, values]: [string, SqlValue[]] =
    'deliveryId' in items
      ? ['delivery_id = $2', [items.deliveryId]]
      : ['room = $2 AND code = $3', [items.room, items.code]]
  return session.query<QuarantineColumns>(
    `SELECT delivery_id, state, room, code, source, attempts, refused_time, changed_by FROM quarantine_items
     WHERE organisation_id = $1 AND state = 'open' AND ${condition} ORDER BY number FOR UPDATE`,
    [vault.organisationId, ...values],
  )
}

async function writeChange(
  vault: VaultContext,
  session: SqlSession,
  rows: readonly QuarantineColumns[],
): Promise<void> {
  await session.query(
    `UPDATE quarantine_items q SET state = given.state, changed_by = given.changed_by, row_seal = given.row_seal
     FROM unnest($2::text::uuid[], $3::text::text[], $4::text::text[], $5::text::bytea[])
       AS given (delivery_id, state, changed_by, row_seal)
     WHERE q.organisation_id = $1 AND q.delivery_id = given.delivery_id`,
    [
      vault.organisationId,
      textArray(rows.map((row) => row.delivery_id)),
      textArray(rows.map((row) => row.state)),
      textArray(rows.map((row) => row.changed_by)),
      bytesArray(rows.map((row) => quarantineSeal(vault, row))),
    ],
  )
}

async function waitAgain(
  vault: VaultContext,
  session: SqlSession,
  rows: readonly QuarantineColumns[],
): Promise<void> {
  await session.query(
    `INSERT INTO waiting_deliveries (organisation_id, arrival, delivery_id)
     SELECT organisation_id, arrival, delivery_id FROM deliveries
     WHERE organisation_id = $1 AND delivery_id = ANY($2::text::uuid[])`,
    [vault.organisationId, textArray(rows.map((row) => row.delivery_id))],
  )
}

async function keyOf(
  vault: VaultContext,
  session: SqlSession,
  deliveryId: string,
): Promise<Uint8Array | undefined> {
  const [row] = await session.query<{ wrapped: Uint8Array }>(
    'SELECT wrapped FROM delivery_keys WHERE organisation_id = $1 AND delivery_id = $2',
    [vault.organisationId, deliveryId],
  )
  return row === undefined ? undefined : deliveryKey(vault, deliveryId, row.wrapped)
}
