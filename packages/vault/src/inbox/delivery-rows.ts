/** Reads deliveries with everything that says how they stand, and opens them. */
import { withBlob } from '../blobs/blob-rows.ts'
import { textArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import { VaultFailure } from '../sql/vault-failure.ts'
import type { VaultContext } from '../vault-context.ts'
import type { Delivery, DeliveryState, RecordOutcome } from './inbox.ts'
import { type DeliveryPart, deliveryKey, openPart, readDeliveryPieces } from './sealed-delivery.ts'

/** One joined row; `wrapped` and `sealed` are null once erased. */
export interface DeliveryRow {
  readonly delivery_id: string
  readonly state: DeliveryState
  readonly source: string
  readonly form: string
  readonly received_time: string
  readonly conflict_with: string | null
  readonly bytes_digest: Uint8Array | null
  readonly control_digest: Uint8Array
  readonly sealed: Uint8Array | null
  readonly blob: Uint8Array | null
  readonly wrapped: Uint8Array | null
  readonly mended: Uint8Array | null
  readonly answer: Uint8Array | null
  readonly records: string | null
}

const STATE = `CASE
  WHEN d.erased_time IS NOT NULL THEN 'erased'
  WHEN w.delivery_id IS NOT NULL THEN 'received'
  WHEN q.state IN ('open', 'dismissed') THEN 'quarantined'
  ELSE 'stored' END`

const JOINED = `FROM deliveries d
  LEFT JOIN delivery_keys k USING (organisation_id, delivery_id)
  LEFT JOIN waiting_deliveries w USING (organisation_id, delivery_id)
  LEFT JOIN quarantine_items q USING (organisation_id, delivery_id)
  LEFT JOIN delivery_answers a USING (organisation_id, delivery_id)
  LEFT JOIN mended_deliveries m USING (organisation_id, delivery_id)`

const COLUMNS = `d.delivery_id, ${STATE} AS state, d.source, d.form, d.received_time, d.conflict_with,
  d.bytes_digest, d.control_digest, k.wrapped, a.answer, a.records`

/** The rows of the given ids, in no order. */
export async function rowsById(vault: VaultContext, ids: readonly string[]): Promise<DeliveryRow[]> {
  const rows = await vault.driver.query<DeliveryRow>(
    `SELECT ${COLUMNS}, d.sealed, d.blob, m.sealed AS mended ${JOINED}
     WHERE d.organisation_id = $1 AND d.delivery_id = ANY($2::text::uuid[])`,
    [vault.organisationId, textArray(ids)],
  )
  return Promise.all(rows.map((row) => withBlob(vault, row)))
}

/** Rows with the given sources and control digests, first deliveries and conflicting ones, without their bytes. */
export function rowsByControl(
  session: SqlSession,
  organisationId: string,
  pairs: { readonly sources: string; readonly controlDigests: string },
): Promise<DeliveryRow[]> {
  return session.query<DeliveryRow>(
    `SELECT ${COLUMNS}, NULL::bytea AS sealed, NULL::bytea AS blob,
       NULL::bytea AS mended ${JOINED}
     JOIN unnest($2::text::text[], $3::text::bytea[]) AS asked (source, control_digest)
       ON d.source = asked.source AND d.control_digest = asked.control_digest
     WHERE d.organisation_id = $1`,
    [organisationId, pairs.sources, pairs.controlDigests],
  )
}

/** Waiting deliveries in order of arrival; at least one when there is any. */
export async function waitingRows(vault: VaultContext, limit: number): Promise<DeliveryRow[]> {
  const rows = await vault.driver.query<DeliveryRow>(
    `SELECT ${COLUMNS}, d.sealed, d.blob, m.sealed AS mended ${JOINED.replace(
      'LEFT JOIN waiting_deliveries',
      'JOIN waiting_deliveries',
    )}
     WHERE d.organisation_id = $1 ORDER BY w.arrival LIMIT $2`,
    [vault.organisationId, limit],
  )
  return firstThatFit(vault, rows)
}

/** Large deliveries are not all held at once: what does not fit is given by the next call. */
const MOST_HELD_BYTES = 64 * 1024 * 1024

async function firstThatFit(vault: VaultContext, rows: readonly DeliveryRow[]): Promise<DeliveryRow[]> {
  const held: DeliveryRow[] = []
  let bytes = 0
  for (const row of rows) {
    const whole = await withBlob(vault, row)
    bytes += whole.sealed?.length ?? 0
    if (held.length > 0 && bytes > MOST_HELD_BYTES) break
    held.push(whole)
  }
  return held
}

/** Opens a row. Throws {@link VaultFailure} `damaged` when key or bytes were altered: `vault verify` names the place. */
export function openDelivery(vault: VaultContext, row: DeliveryRow): Delivery {
  if (row.blob !== null && row.sealed === null) throw damaged(row, 'original')
  const original = openOriginal(vault, row)
  const mended = openRowPart(vault, row, 'mended', row.mended)
  return {
    deliveryId: row.delivery_id,
    state: row.state,
    source: row.source,
    controlId: original?.head.controlId ?? '',
    form: row.form,
    bytes: mended ?? original?.bytes ?? new Uint8Array(0),
    context: original?.head.context ?? {},
    position: original?.head.position ?? null,
    receivedTime: row.received_time,
    mended: mended !== undefined,
    ...answered(vault, row),
    ...(row.conflict_with === null ? {} : { conflictWith: row.conflict_with }),
  }
}

/** The answer and the outcome of a row, for a repeated delivery. */
export function answered(
  vault: VaultContext,
  row: DeliveryRow,
): { readonly answer?: Uint8Array; readonly records?: readonly RecordOutcome[] } {
  const answer = openRowPart(vault, row, 'answer', row.answer)
  return {
    ...(answer === undefined ? {} : { answer }),
    ...(row.records === null ? {} : { records: JSON.parse(row.records) as RecordOutcome[] }),
  }
}

/** The bytes as they came and what was sealed beside them; undefined once erased. */
export function openOriginal(vault: VaultContext, row: DeliveryRow) {
  const plain = openRowPart(vault, row, 'original', row.sealed)
  return plain === undefined ? undefined : readDeliveryPieces(Buffer.from(plain))
}

function openRowPart(
  vault: VaultContext,
  row: DeliveryRow,
  part: DeliveryPart,
  box: Uint8Array | null,
): Uint8Array | undefined {
  if (box === null || row.wrapped === null) return undefined
  const key = deliveryKey(vault, row.delivery_id, row.wrapped)
  const plain =
    key === undefined ? undefined : openPart(vault, { deliveryId: row.delivery_id, part }, key, box)
  if (plain === undefined) {
    throw damaged(row, part)
  }
  return new Uint8Array(plain)
}

function damaged(row: DeliveryRow, part: DeliveryPart): VaultFailure {
  return new VaultFailure('damaged', 'A delivery does not open', {
    detail: { deliveryId: row.delivery_id, part },
  })
}
