/** The quarantine over SQL: the port of `quarantine.ts`. */
import { withBlob } from '../blobs/blob-rows.ts'
import { encodeCursor, startOf } from '../cursor.ts'
import { deliveryKey, openPart, readDeliveryPieces } from '../inbox/sealed-delivery.ts'
import { isId } from '../random-id.ts'
import type { Page } from '../records/records.ts'
import { createParameters, type Parameters } from '../sql/parameters.ts'
import type { VaultContext } from '../vault-context.ts'
import { moveOpenItems, replaceBytes } from './change.ts'
import { putIntoQuarantine } from './put.ts'
import type { Quarantine, QuarantineGroup, QuarantineItem, QuarantineListRequest } from './quarantine.ts'
import { type QuarantineRow, quarantineItemOf, quarantineRows } from './quarantine-row.ts'

/** Makes the quarantine of one vault. */
export function openQuarantine(vault: VaultContext): Quarantine {
  const move = async (deliveryId: string, state: 'retrying' | 'dismissed', by: string) =>
    isId(deliveryId) && (await moveOpenItems(vault, { deliveryId }, { state, by })) === 1
  return {
    put: (items) => putIntoQuarantine(vault, items),
    groups: () => groups(vault),
    list: (request) => list(vault, request),
    get: async (deliveryId) => {
      if (!isId(deliveryId)) return undefined
      const parameters = createParameters(vault.organisationId, deliveryId)
      const [row] = await quarantineRows(vault.driver, 'AND q.delivery_id = $2', parameters)
      return row === undefined ? undefined : itemOf(vault, row)
    },
    replaceBytes: async (deliveryId, bytes, by) =>
      isId(deliveryId) && (await replaceBytes(vault, deliveryId, { bytes, by })),
    retry: (deliveryId, by) => move(deliveryId, 'retrying', by),
    retryGroup: (room, code, by) => moveOpenItems(vault, { room, code }, { state: 'retrying', by }),
    dismiss: (deliveryId, by) => move(deliveryId, 'dismissed', by),
  }
}

async function groups(vault: VaultContext): Promise<readonly QuarantineGroup[]> {
  return vault.driver.query<QuarantineGroup>(
    `SELECT room, code, count(*)::int AS count, max(refused_time) AS "newestTime" FROM quarantine_items
     WHERE organisation_id = $1 AND state = 'open' GROUP BY room, code ORDER BY count DESC, room, code`,
    [vault.organisationId],
  )
}

async function list(
  vault: VaultContext,
  request: QuarantineListRequest,
): Promise<Page<QuarantineItem> | undefined> {
  const name = `quarantine ${request.state ?? 'open'} ${request.room ?? ''} ${request.code ?? ''} ${request.source ?? ''}`
  const before = startOf(vault, name, { ...request, start: 2n ** 62n })
  if (before === undefined) return undefined
  const parameters = createParameters(vault.organisationId, before, request.count + 1)
  const condition = `AND q.number < $2 ${filters(request, parameters)} ORDER BY q.number DESC LIMIT $3`
  const rows = await quarantineRows(vault.driver, condition, parameters)
  const shown = rows.slice(0, request.count)
  const items: QuarantineItem[] = []
  // One at a time: only the head of each is kept, and they may be large.
  for (const row of shown) items.push(await itemOf(vault, row))
  const last = shown.at(-1)
  return rows.length > request.count && last !== undefined
    ? { items, next: encodeCursor(vault, name, last.number) }
    : { items }
}

function filters(request: QuarantineListRequest, parameters: Parameters): string {
  return [
    STATES[request.state ?? 'open'],
    request.room === undefined ? '' : ` AND q.room = ${parameters.add(request.room)}`,
    request.code === undefined ? '' : ` AND q.code = ${parameters.add(request.code)}`,
    request.source === undefined ? '' : ` AND q.source = ${parameters.add(request.source)}`,
  ].join('')
}

const STATES = {
  open: `AND q.state = 'open'`,
  dismissed: `AND q.state = 'dismissed'`,
  retrying: `AND q.state = 'retrying' AND w.delivery_id IS NOT NULL`,
  resolved: `AND q.state = 'retrying' AND w.delivery_id IS NULL`,
} as const

async function itemOf(vault: VaultContext, row: QuarantineRow): Promise<QuarantineItem> {
  const { sealed } = await withBlob(vault, { sealed: row.original, blob: row.blob })
  return quarantineItemOf(vault, row, headOf(vault, { ...row, original: sealed }))
}

/** Control id and position are sealed with the bytes; empty once erased or when the bytes were altered. */
function headOf(
  vault: VaultContext,
  row: QuarantineRow,
): { readonly controlId: string; readonly position: unknown } {
  const nothing = { controlId: '', position: null }
  if (row.wrapped === null || row.original === null) return nothing
  const key = deliveryKey(vault, row.delivery_id, row.wrapped)
  const place = { deliveryId: row.delivery_id, part: 'original' } as const
  const plain = key === undefined ? undefined : openPart(vault, place, key, row.original)
  return plain === undefined ? nothing : readDeliveryPieces(plain).head
}
