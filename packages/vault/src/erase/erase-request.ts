/** Requests for erasure as rows, and the list of erasures that were confirmed. */
import { rowSeal } from '../row-seal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { EraseRequest, ErasureEntry } from './erase.ts'
import { targetText } from './forbidden.ts'

const COLUMNS = `request_id AS "requestId", target, reason, requested_by AS "requestedBy",
  requested_time AS "requestedTime", state, confirmed_by AS "confirmedBy", confirmed_time AS "confirmedTime"`

/** All requests, newest first. */
export function readRequests(vault: VaultContext, session: SqlSession): Promise<EraseRequest[]> {
  return session.query<EraseRequest>(
    `SELECT ${COLUMNS} FROM erase_requests WHERE organisation_id = $1 ORDER BY number DESC`,
    [vault.organisationId],
  )
}

/** One request, held until the transaction ends. */
export async function lockRequest(
  vault: VaultContext,
  session: SqlSession,
  requestId: string,
): Promise<EraseRequest | undefined> {
  const rows = await session.query<EraseRequest>(
    `SELECT ${COLUMNS} FROM erase_requests WHERE organisation_id = $1 AND request_id = $2 FOR UPDATE`,
    [vault.organisationId, requestId],
  )
  return rows[0]
}

/** Writes a request, new or moved on. */
export async function writeRequest(
  vault: VaultContext,
  session: SqlSession,
  request: EraseRequest,
): Promise<void> {
  await session.query(
    `INSERT INTO erase_requests (organisation_id, request_id, target, reason, requested_by, requested_time, state,
                                 confirmed_by, confirmed_time, row_seal)
     VALUES ($1, $2, $3::text::jsonb, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (organisation_id, request_id) DO UPDATE SET state = excluded.state,
       confirmed_by = excluded.confirmed_by, confirmed_time = excluded.confirmed_time, row_seal = excluded.row_seal`,
    [
      vault.organisationId,
      request.requestId,
      JSON.stringify(request.target),
      request.reason,
      request.requestedBy,
      request.requestedTime,
      request.state,
      request.confirmedBy,
      request.confirmedTime,
      requestSeal(vault, request),
    ],
  )
}

/** Keyed digest over a request's row. */
export function requestSeal(vault: VaultContext, request: EraseRequest): Uint8Array {
  const { requestId, reason, requestedBy, requestedTime, state, confirmedBy, confirmedTime } = request
  return rowSeal(
    vault,
    'erase_requests',
    requestId,
    targetText(request.target),
    reason,
    requestedBy,
    requestedTime,
    state,
    confirmedBy,
    confirmedTime,
  )
}

/** Adds to the erasure list; an entry that is there already stays. */
export async function addErasure(
  vault: VaultContext,
  session: SqlSession,
  entry: ErasureEntry,
): Promise<void> {
  await session.query(
    `INSERT INTO erasures (organisation_id, request_id, confirmed_time, entry, row_seal)
     VALUES ($1, $2, $3, $4::text::jsonb, $5) ON CONFLICT DO NOTHING`,
    [
      vault.organisationId,
      entry.requestId,
      entry.confirmedTime,
      JSON.stringify(entry),
      erasureSeal(vault, entry),
    ],
  )
}

/** The erasure list, oldest first. */
export async function readErasures(vault: VaultContext, session: SqlSession): Promise<ErasureEntry[]> {
  const rows = await session.query<{ entry: ErasureEntry }>(
    'SELECT entry FROM erasures WHERE organisation_id = $1 ORDER BY number',
    [vault.organisationId],
  )
  return rows.map((row) => row.entry)
}

/** What the erasure list names: by handle (hex) the last version erased, and the deliveries. */
export interface ErasedNames {
  readonly upTo: ReadonlyMap<string, number>
  readonly deliveries: ReadonlySet<string>
}

/** The erasure list as sets. */
export async function readErasedNames(vault: VaultContext, session: SqlSession): Promise<ErasedNames> {
  const upTo = new Map<string, number>()
  const deliveries = new Set<string>()
  for (const entry of await readErasures(vault, session)) {
    for (const { handle, upToVersion } of entry.records) {
      upTo.set(handle, Math.max(upTo.get(handle) ?? 0, upToVersion))
    }
    for (const deliveryId of entry.deliveries) deliveries.add(deliveryId)
  }
  return { upTo, deliveries }
}

/** Keyed digest over an entry. */
export function erasureSeal(vault: VaultContext, entry: ErasureEntry): Uint8Array {
  const records = entry.records.map(({ handle, upToVersion }) => `${handle} ${upToVersion}`).join()
  return rowSeal(vault, 'erasures', entry.requestId, entry.confirmedTime, records, entry.deliveries.join())
}
