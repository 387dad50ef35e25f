/**
 * Wraps every data key anew, after a new wrapping key is in force. It goes through the tables by their keys, a page in a
 * transaction, and may be stopped and started at any moment: what is wrapped by the new key is left alone.
 */
import { rewrapDeliveryKey } from '../inbox/sealed-delivery.ts'
import { rewrapVersionKey } from '../records/sealed-version.ts'
import { bytesArray, numberArray, textArray } from '../sql/array-literal.ts'
import type { VaultContext } from '../vault-context.ts'

/** How many data keys there are, how many were wrapped anew, and how many no key of the keyring opens (altered rows). */
export interface RewrapReport {
  readonly keys: number
  readonly rewrapped: number
  readonly unknown: number
}

const pageSize = 2000

/** One page: what was found, and where the next begins; no `next` after the last. */
interface Page<Place> extends RewrapReport {
  readonly next?: Place
}

/** Both tables, once through. `onProgress` hears of every page. Effects: `record_keys`, `delivery_keys`. */
export async function rewrapDataKeys(
  vault: VaultContext,
  onProgress: (done: number) => void,
): Promise<RewrapReport> {
  let sum: RewrapReport = { keys: 0, rewrapped: 0, unknown: 0 }
  const add = (page: RewrapReport) => {
    const keys = sum.keys + page.keys
    sum = { keys, rewrapped: sum.rewrapped + page.rewrapped, unknown: sum.unknown + page.unknown }
    onProgress(sum.keys)
  }
  await throughPages({ record: 0n, version: 0 }, (after) => versionPage(vault, after), add)
  await throughPages('00000000-0000-0000-0000-000000000000', (after) => deliveryPage(vault, after), add)
  return sum
}

async function throughPages<Place>(
  first: Place,
  page: (after: Place) => Promise<Page<Place>>,
  add: (page: RewrapReport) => void,
): Promise<void> {
  for (let after: Place | undefined = first; after !== undefined; ) {
    const done: Page<Place> = await page(after)
    add(done)
    after = done.next
  }
}

interface VersionPlaceRow {
  readonly record: bigint
  readonly version: number
  readonly handle: Uint8Array
  readonly wrapped: Uint8Array
}

function versionPage(
  vault: VaultContext,
  after: { readonly record: bigint; readonly version: number },
): Promise<Page<{ readonly record: bigint; readonly version: number }>> {
  return vault.driver.transaction(async (session) => {
    // Locked, so that an erasure waits and no key that it removed comes back.
    const rows = await session.query<VersionPlaceRow>(
      `SELECT k.record, k.version, r.handle, k.wrapped FROM record_keys k
       JOIN records r USING (organisation_id, record)
       WHERE k.organisation_id = $1 AND (k.record, k.version) > ($2::bigint, $3::int)
       ORDER BY k.record, k.version LIMIT ${pageSize} FOR UPDATE OF k`,
      [vault.organisationId, after.record, after.version],
    )
    const { changed, unknown } = changedOf(rows, (row) => rewrapVersionKey(vault, row, row.wrapped))
    await session.query(
      `UPDATE record_keys k SET wrapped = given.wrapped
       FROM unnest($2::bigint[], $3::int[], $4::bytea[]) AS given (record, version, wrapped)
       WHERE k.organisation_id = $1 AND k.record = given.record AND k.version = given.version`,
      [
        vault.organisationId,
        numberArray(changed.map(({ row }) => row.record)),
        numberArray(changed.map(({ row }) => row.version)),
        bytesArray(changed.map(({ wrapped }) => wrapped)),
      ],
    )
    return pageOf(rows, { rewrapped: changed.length, unknown })
  })
}

interface DeliveryPlaceRow {
  readonly delivery_id: string
  readonly wrapped: Uint8Array
}

function deliveryPage(vault: VaultContext, after: string): Promise<Page<string>> {
  return vault.driver.transaction(async (session) => {
    const rows = await session.query<DeliveryPlaceRow>(
      `SELECT delivery_id, wrapped FROM delivery_keys WHERE organisation_id = $1 AND delivery_id > $2::uuid
       ORDER BY delivery_id LIMIT ${pageSize} FOR UPDATE`,
      [vault.organisationId, after],
    )
    const { changed, unknown } = changedOf(rows, (row) =>
      rewrapDeliveryKey(vault, row.delivery_id, row.wrapped),
    )
    await session.query(
      `UPDATE delivery_keys k SET wrapped = given.wrapped
       FROM unnest($2::uuid[], $3::bytea[]) AS given (delivery_id, wrapped)
       WHERE k.organisation_id = $1 AND k.delivery_id = given.delivery_id`,
      [
        vault.organisationId,
        textArray(changed.map(({ row }) => row.delivery_id)),
        bytesArray(changed.map(({ wrapped }) => wrapped)),
      ],
    )
    const { next, ...page } = pageOf(rows, { rewrapped: changed.length, unknown })
    return next === undefined ? page : { ...page, next: next.delivery_id }
  })
}

interface Changed<Row> {
  readonly row: Row
  readonly wrapped: Uint8Array
}

function changedOf<Row>(
  rows: readonly Row[],
  rewrap: (row: Row) => Uint8Array | 'current' | 'unknown',
): { readonly changed: readonly Changed<Row>[]; readonly unknown: number } {
  const verdicts = rows.map((row) => ({ row, wrapped: rewrap(row) }))
  const changed = verdicts.filter((verdict): verdict is Changed<Row> => typeof verdict.wrapped !== 'string')
  return { changed, unknown: verdicts.filter(({ wrapped }) => wrapped === 'unknown').length }
}

function pageOf<Row>(rows: readonly Row[], counts: Omit<RewrapReport, 'keys'>): Page<Row> {
  const last = rows.length === pageSize ? rows.at(-1) : undefined
  return { keys: rows.length, ...counts, ...(last === undefined ? {} : { next: last }) }
}
