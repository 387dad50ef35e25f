/** Every delivery: its bytes, key, digests, what became of it, and its place in the quarantine. */
import { readErasedNames } from '../erase/erase-request.ts'
import { outcomeSeal } from '../inbox/answers.ts'
import { bytesDigestOf, controlDigestOf } from '../inbox/receive.ts'
import { type DeliveryPart, deliveryKey, openPart, readDeliveryPieces } from '../inbox/sealed-delivery.ts'
import { type QuarantineColumns, quarantineSeal } from '../quarantine/quarantine-row.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { FaultKind } from './fault.ts'
import { BLOB_STORE, type FaultList, inSnapshot, sameBytes } from './fault-list.ts'
import { wholeRow } from './whole-row.ts'

const PAGE = 200

/** Walks all deliveries in order of arrival. Gives their number. Effects: none. */
export async function checkDeliveries(vault: VaultContext, faults: FaultList): Promise<number> {
  let looked = 0
  for (let after: bigint | undefined = -1n; after !== undefined; ) {
    const { page, erased } = await inSnapshot(vault, (session) => readPage(vault, session, after ?? -1n))
    for (const row of page) {
      const whole = await wholeRow(vault, row)
      for (const fault of whole === undefined ? [] : checkDelivery(vault, whole, erased)) {
        faults.add({ ...fault, where: { deliveryId: row.delivery_id } })
      }
    }
    looked += page.length
    after = page.length < PAGE ? undefined : page.at(-1)?.arrival
  }
  return looked
}

interface DeliveryToCheck {
  readonly delivery_id: string
  readonly arrival: bigint
  readonly source: string
  readonly control_digest: Uint8Array
  readonly bytes_digest: Uint8Array | null
  readonly conflict_with: string | null
  readonly form: string
  readonly received_time: string
  readonly sealed: Uint8Array | null
  readonly blob: Uint8Array | null
  readonly erased_time: string | null
  readonly wrapped: Uint8Array | null
  readonly waiting_arrival: bigint | null
  readonly answered: boolean
  readonly answer: Uint8Array | null
  readonly records: string | null
  readonly outcome_seal: Uint8Array | null
  readonly mended: Uint8Array | null
  readonly state: QuarantineColumns['state'] | null
  readonly room: string
  readonly code: string
  readonly refused_source: string
  readonly attempts: number
  readonly refused_time: string
  readonly changed_by: string | null
  readonly refusal: Uint8Array | null
  readonly refusal_seal: Uint8Array
}

async function readPage(vault: VaultContext, session: SqlSession, after: bigint) {
  const page = await session.query<DeliveryToCheck>(
    `SELECT d.*, k.wrapped, w.arrival AS waiting_arrival, a.delivery_id IS NOT NULL AS answered, a.answer,
       a.records, a.row_seal AS outcome_seal, m.sealed AS mended, q.state, q.room, q.code,
       q.source AS refused_source, q.attempts, q.refused_time, q.changed_by, q.sealed AS refusal,
       q.row_seal AS refusal_seal
     FROM deliveries d
     LEFT JOIN delivery_keys k USING (organisation_id, delivery_id)
     LEFT JOIN waiting_deliveries w USING (organisation_id, delivery_id)
     LEFT JOIN delivery_answers a USING (organisation_id, delivery_id)
     LEFT JOIN mended_deliveries m USING (organisation_id, delivery_id)
     LEFT JOIN quarantine_items q USING (organisation_id, delivery_id)
     WHERE d.organisation_id = $1 AND d.arrival > $2 ORDER BY d.arrival LIMIT $3`,
    [vault.organisationId, after, PAGE],
  )
  const anyErased = page.some((row) => row.erased_time !== null)
  const erased = anyErased ? (await readErasedNames(vault, session)).deliveries : new Set<string>()
  return { page, erased }
}

interface DeliveryFault {
  readonly kind: FaultKind
  readonly table: string
  readonly what: string
}

function checkDelivery(
  vault: VaultContext,
  row: DeliveryToCheck,
  erased: ReadonlySet<string>,
): DeliveryFault[] {
  if (row.erased_time !== null) return checkErased(row, erased)
  return [...checkSealed(vault, row), ...checkStanding(row), ...checkRowSeals(vault, row)]
}

function checkErased(row: DeliveryToCheck, erased: ReadonlySet<string>): DeliveryFault[] {
  const left =
    row.sealed !== null || row.blob !== null || row.wrapped !== null || row.answered || row.state !== null
  return [
    ...(erased.has(row.delivery_id)
      ? []
      : [fault('missing', 'deliveries', 'marked erased, but not on the erasure list')]),
    ...(left ? [fault('altered', 'deliveries', 'erased, but a part of it is there')] : []),
  ]
}

function checkSealed(vault: VaultContext, row: DeliveryToCheck): DeliveryFault[] {
  if (row.wrapped === null) return [fault('missing', 'delivery_keys', 'its key is gone')]
  const key = deliveryKey(vault, row.delivery_id, row.wrapped)
  if (key === undefined) return [fault('altered', 'delivery_keys', 'its key does not open')]
  const opens = (part: DeliveryPart, box: Uint8Array) =>
    openPart(vault, { deliveryId: row.delivery_id, part }, key, box)
  const others = (
    [
      ['mended', row.mended, 'mended_deliveries'],
      ['answer', row.answer, 'delivery_answers'],
      ['refusal', row.refusal, 'quarantine_items'],
    ] as const
  ).flatMap(([part, box, table]) =>
    box === null || opens(part, box) !== undefined
      ? []
      : [fault('altered', table, `its ${part} does not open`)],
  )
  const table = row.blob === null ? 'deliveries' : BLOB_STORE
  if (row.sealed === null) return [...others, fault('missing', table, 'its bytes are gone')]
  const plain = opens('original', row.sealed)
  if (plain === undefined) return [...others, fault('altered', table, 'its bytes do not open')]
  return isAsReceived(vault, row, plain)
    ? others
    : [...others, fault('altered', 'deliveries', 'a column beside its bytes was changed')]
}

function isAsReceived(vault: VaultContext, row: DeliveryToCheck, plain: Buffer): boolean {
  const { head, bytes } = readDeliveryPieces(plain)
  return (
    head.source === row.source &&
    head.form === row.form &&
    head.receivedTime === row.received_time &&
    head.conflictWith === row.conflict_with &&
    row.bytes_digest !== null &&
    sameBytes(row.control_digest, controlDigestOf(vault, head.source, head.controlId)) &&
    sameBytes(row.bytes_digest, bytesDigestOf(vault, bytes))
  )
}

/** A delivery waits, or is refused, or is done: one of them and no two. */
function checkStanding(row: DeliveryToCheck): DeliveryFault[] {
  const waits = row.waiting_arrival !== null
  const refused = row.state === 'open' || row.state === 'dismissed'
  const done = row.records !== null
  if (waits && row.waiting_arrival !== row.arrival) {
    return [fault('altered', 'waiting_deliveries', 'it waits at another place than it arrived')]
  }
  if (waits && refused) return [fault('altered', 'waiting_deliveries', 'it waits although it was refused')]
  if (waits && done) return [fault('altered', 'waiting_deliveries', 'it waits although it is done')]
  if (waits || refused || done) return []
  const tables = 'waiting_deliveries, delivery_answers, quarantine_items'
  return [fault('missing', tables, 'it neither waits, nor was refused, nor is done')]
}

function checkRowSeals(vault: VaultContext, row: DeliveryToCheck): DeliveryFault[] {
  const faults: DeliveryFault[] = []
  const { outcome_seal: outcome, records, delivery_id, state } = row
  if (outcome !== null && !sameBytes(outcome, outcomeSeal(vault, delivery_id, records))) {
    faults.push(fault('altered', 'delivery_answers', 'what became of it was changed'))
  }
  if (state !== null) {
    const columns = { ...row, state, source: row.refused_source }
    if (!sameBytes(row.refusal_seal, quarantineSeal(vault, columns))) {
      faults.push(fault('altered', 'quarantine_items', 'a column of its refusal was changed'))
    }
    if (row.refusal === null) faults.push(fault('missing', 'quarantine_items', 'its findings are gone'))
  }
  return faults
}

function fault(kind: FaultKind, table: string, what: string): DeliveryFault {
  return { kind, table, what }
}
