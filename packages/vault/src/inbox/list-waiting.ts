/** What was received and is no record yet: the first state of the ladder, listed without opening anything. */
import type { AccessRule } from '../access-rule.ts'
import { startOf } from '../cursor.ts'
import { pageOf } from '../records/page-of.ts'
import type { Page } from '../records/records.ts'
import { textArray } from '../sql/array-literal.ts'
import { createParameters, type Parameters } from '../sql/parameters.ts'
import type { VaultContext } from '../vault-context.ts'
import type { WaitingDelivery, WaitingRequest } from './inbox.ts'

interface WaitingRow {
  readonly arrival: bigint
  readonly delivery_id: string
  readonly source: string
  readonly form: string
  readonly received_time: string
}

/** See {@link Inbox.waiting}. */
export async function listWaiting(
  vault: VaultContext,
  request: WaitingRequest,
  access: AccessRule,
): Promise<Page<WaitingDelivery> | undefined> {
  const list = `waiting ${request.source ?? ''}`
  const before = startOf(vault, list, { ...request, start: 2n ** 62n })
  if (before === undefined) return undefined
  const parameters = createParameters(vault.organisationId, before, request.count + 1)
  const rows = await vault.driver.query<WaitingRow>(
    `SELECT w.arrival, d.delivery_id, d.source, d.form, d.received_time
     FROM waiting_deliveries w JOIN deliveries d USING (organisation_id, delivery_id)
     WHERE w.organisation_id = $1 AND w.arrival < $2${conditions(request, access, parameters)}
     ORDER BY w.arrival DESC LIMIT $3`,
    parameters.values,
  )
  const page = pageOf(vault, rows, { list, count: request.count, placeOf: (row) => row.arrival })
  return { ...page, items: page.items.map(shown) }
}

function conditions({ source }: WaitingRequest, access: AccessRule, parameters: Parameters): string {
  // Whose it is and of which type is known once it was standardised: a rule that asks for either admits none.
  const isOpen = access.types === 'all' && access.patients === 'all'
  return [
    isOpen ? '' : ' AND false',
    access.sources === 'all'
      ? ''
      : ` AND d.source = ANY(${parameters.add(textArray(access.sources))}::text::text[])`,
    source === undefined ? '' : ` AND d.source = ${parameters.add(source)}`,
  ].join('')
}

function shown(row: WaitingRow): WaitingDelivery {
  return {
    deliveryId: row.delivery_id,
    source: row.source,
    form: row.form,
    receivedTime: row.received_time,
  }
}
