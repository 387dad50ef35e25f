/** Quarantine items as rows: what is in clear, what is sealed, and what the row's seal covers. */
import { deliveryKey, openPart, sealPart } from '../inbox/sealed-delivery.ts'
import { rowSeal } from '../row-seal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { Parameters } from '../sql/parameters.ts'
import { VaultFailure } from '../sql/vault-failure.ts'
import type { VaultContext } from '../vault-context.ts'
import type { NewQuarantineItem, QuarantineItem, QuarantineState } from './quarantine.ts'

/** The sealed part: everything that could repeat what was sent. */
export interface SealedRefusal {
  readonly place: string | null
  readonly detail: unknown
  readonly findings: unknown
}

/** Columns in clear, as stored: `resolved` is not stored, it is `retrying` with nothing waiting any more. */
export interface QuarantineColumns {
  readonly delivery_id: string
  readonly state: Exclude<QuarantineState, 'resolved'>
  readonly room: string
  readonly code: string
  readonly source: string
  readonly attempts: number
  readonly refused_time: string
  readonly changed_by: string | null
}

/** One joined row; `shown_state` is what a reader sees. */
export interface QuarantineRow extends Omit<QuarantineColumns, 'state'> {
  readonly number: bigint
  readonly shown_state: QuarantineState
  readonly form: string
  readonly mended: boolean
  readonly sealed: Uint8Array | null
  readonly wrapped: Uint8Array | null
  readonly original: Uint8Array | null
  readonly blob: Uint8Array | null
}

const SELECT = `SELECT q.delivery_id, q.number, q.room, q.code, q.source, q.attempts, q.refused_time, q.changed_by,
    CASE WHEN q.state = 'retrying' AND w.delivery_id IS NULL THEN 'resolved' ELSE q.state END AS shown_state,
    d.form, m.delivery_id IS NOT NULL AS mended, q.sealed, k.wrapped, d.sealed AS original, d.blob
  FROM quarantine_items q
  JOIN deliveries d USING (organisation_id, delivery_id)
  LEFT JOIN delivery_keys k USING (organisation_id, delivery_id)
  LEFT JOIN waiting_deliveries w USING (organisation_id, delivery_id)
  LEFT JOIN mended_deliveries m USING (organisation_id, delivery_id)`

/** Rows that meet a condition over `q` and `w`; `$1` is the organisation. */
export function quarantineRows(
  session: SqlSession,
  condition: string,
  parameters: Parameters,
): Promise<QuarantineRow[]> {
  return session.query<QuarantineRow>(
    `${SELECT} WHERE q.organisation_id = $1 ${condition}`,
    parameters.values,
  )
}

/** Keyed digest over the columns in clear. */
export function quarantineSeal(vault: VaultContext, columns: QuarantineColumns): Uint8Array {
  return rowSeal(
    vault,
    'quarantine_items',
    columns.delivery_id,
    columns.state,
    columns.room,
    columns.code,
    columns.source,
    columns.attempts,
    columns.refused_time,
    columns.changed_by,
  )
}

/** Seals what a refusal says under the delivery's key. */
export function sealRefusal(vault: VaultContext, item: NewQuarantineItem, key: Uint8Array): Uint8Array {
  const refusal: SealedRefusal = { place: item.place ?? null, detail: item.detail, findings: item.findings }
  const bytes = Buffer.from(JSON.stringify(refusal), 'utf8')
  return sealPart(vault, { deliveryId: item.deliveryId, part: 'refusal' }, key, bytes)
}

/** A row opened. Throws {@link VaultFailure} `damaged` when it does not open. Erased rows show only what is in clear. */
export function quarantineItemOf(
  vault: VaultContext,
  row: QuarantineRow,
  head: { readonly controlId: string; readonly position: unknown },
): QuarantineItem {
  return {
    deliveryId: row.delivery_id,
    state: row.shown_state,
    room: row.room,
    code: row.code,
    ...openRefusal(vault, row),
    source: row.source,
    form: row.form,
    controlId: head.controlId,
    position: head.position,
    attempts: row.attempts,
    mended: row.mended,
    refusedTime: row.refused_time,
    changedBy: row.changed_by,
  }
}

function openRefusal(vault: VaultContext, row: QuarantineRow): SealedRefusal {
  if (row.sealed === null || row.wrapped === null) return { place: null, detail: null, findings: null }
  const key = deliveryKey(vault, row.delivery_id, row.wrapped)
  const place = { deliveryId: row.delivery_id, part: 'refusal' } as const
  const plain = key === undefined ? undefined : openPart(vault, place, key, row.sealed)
  if (plain === undefined) {
    throw new VaultFailure('damaged', 'A quarantine item does not open', {
      detail: { deliveryId: row.delivery_id },
    })
  }
  return JSON.parse(plain.toString('utf8')) as SealedRefusal
}
