/** Takes deliveries into the inbox: sealed, told apart from what came before, durable before anyone hears of it. */
import { type KeptBox, namingBoxes, removeBlobs } from '../blobs/blob-rows.ts'
import { orderedId } from '../random-id.ts'
import { bytesArray, textArray } from '../sql/array-literal.ts'
import { bytesColumn, cutBytes } from '../sql/bytes-column.ts'
import type { SqlSession } from '../sql/driver.ts'
import { addTallies, dayOf } from '../tallies.ts'
import type { VaultContext } from '../vault-context.ts'
import { answered, type DeliveryRow, rowsByControl } from './delivery-rows.ts'
import type { NewDelivery, Reception } from './inbox.ts'
import { deliveryPieces, newDeliveryKey, sealPart } from './sealed-delivery.ts'

/** A delivery ready to be inserted. `controlKey` names source and control id, `bytesKey` the bytes. */
interface Candidate {
  readonly deliveryId: string
  readonly delivery: NewDelivery
  readonly controlDigest: Uint8Array
  readonly bytesDigest: Uint8Array
  readonly controlKey: string
  readonly bytesKey: string
}

/** See {@link Inbox.receive}. */
export async function receive(
  vault: VaultContext,
  deliveries: readonly NewDelivery[],
): Promise<readonly Reception[]> {
  if (deliveries.length === 0) return []
  const candidates = deliveries.map((delivery) => candidateOf(vault, delivery))
  return vault.driver.transaction(async (session) => {
    const receptions = await takeFirsts(vault, session, candidates)
    const later = candidates.filter((candidate) => !receptions.has(candidate))
    if (later.length > 0) await takeLater(vault, session, { later, receptions })
    await countReceptions(vault, session, receptions)
    return candidates.map((candidate) => receptions.get(candidate) as Reception)
  })
}

/** Keyed digest by which two deliveries of one source and control id are known as one. */
export function controlDigestOf(vault: VaultContext, source: string, controlId: string): Uint8Array {
  return vault.keyring
    .keyedDigest('inbox control id', vault.organisationId, source, controlId)
    .subarray(0, 16)
}

/** Keyed digest of the bytes as they came. */
export function bytesDigestOf(vault: VaultContext, bytes: Uint8Array): Uint8Array {
  return vault.keyring.keyedDigest('inbox bytes', vault.organisationId, bytes)
}

function candidateOf(vault: VaultContext, delivery: NewDelivery): Candidate {
  const controlDigest = controlDigestOf(vault, delivery.source, delivery.controlId)
  const bytesDigest = bytesDigestOf(vault, delivery.bytes)
  return {
    deliveryId: orderedId(vault.clock.now()),
    delivery,
    controlDigest,
    bytesDigest,
    controlKey: controlKeyOf(delivery.source, controlDigest),
    bytesKey: hexOf(bytesDigest),
  }
}

function controlKeyOf(source: string, controlDigest: Uint8Array): string {
  return `${hexOf(controlDigest)} ${source}`
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

type Receptions = Map<Candidate, Reception>

/** Inserts the first of every control id; those the table knows already are left for {@link takeLater}. */
async function takeFirsts(
  vault: VaultContext,
  session: SqlSession,
  all: readonly Candidate[],
): Promise<Receptions> {
  const firsts = new Map<string, Candidate>()
  for (const candidate of all) {
    if (!firsts.has(candidate.controlKey)) firsts.set(candidate.controlKey, candidate)
  }
  const candidates = [...firsts.values()]
  const inserted = await insert(vault, session, candidates, () => null)
  const receptions: Receptions = new Map()
  for (const candidate of candidates) {
    if (inserted.has(candidate.deliveryId))
      receptions.set(candidate, receptionOf('new', candidate.deliveryId))
  }
  return receptions
}

function receptionOf(outcome: 'new', deliveryId: string): Reception {
  return { outcome, deliveryId, state: 'received' }
}

/** Same control id as an earlier one: the same bytes are a duplicate, others a conflict, which is kept too. */
async function takeLater(
  vault: VaultContext,
  session: SqlSession,
  { later, receptions }: { readonly later: readonly Candidate[]; readonly receptions: Receptions },
): Promise<void> {
  const known = await knownRows(vault, session, later)
  const conflicting: Candidate[] = []
  const firstOfBytes = new Map<string, Candidate>()
  const repeats: [Candidate, Candidate][] = []
  for (const candidate of later) {
    const earlier =
      known.byBytes.get(`${candidate.controlKey} ${candidate.bytesKey}`) ??
      known.erased.get(candidate.controlKey)
    const place = `${candidate.controlKey} ${candidate.bytesKey}`
    const twin = firstOfBytes.get(place)
    if (earlier !== undefined) receptions.set(candidate, duplicateOf(vault, earlier))
    else if (twin !== undefined) repeats.push([candidate, twin])
    else {
      firstOfBytes.set(place, candidate)
      conflicting.push(candidate)
    }
  }
  const firstOf = (candidate: Candidate) => known.firsts.get(candidate.controlKey)?.delivery_id ?? null
  await insert(vault, session, conflicting, firstOf)
  for (const candidate of conflicting) receptions.set(candidate, conflictOf(candidate, firstOf(candidate)))
  for (const [candidate, twin] of repeats) {
    receptions.set(candidate, { outcome: 'duplicate', deliveryId: twin.deliveryId, state: 'received' })
  }
}

function duplicateOf(vault: VaultContext, row: DeliveryRow): Reception {
  return { outcome: 'duplicate', deliveryId: row.delivery_id, state: row.state, ...answered(vault, row) }
}

function conflictOf(candidate: Candidate, conflictWith: string | null): Reception {
  return {
    outcome: 'conflict',
    deliveryId: candidate.deliveryId,
    state: 'received',
    ...(conflictWith === null ? {} : { conflictWith }),
  }
}

/** `erased` are first deliveries whose digest is gone: whatever comes under their control id is taken for the same. */
async function knownRows(vault: VaultContext, session: SqlSession, asked: readonly Candidate[]) {
  const rows = await rowsByControl(session, vault.organisationId, {
    sources: textArray(asked.map((candidate) => candidate.delivery.source)),
    controlDigests: bytesArray(asked.map((candidate) => candidate.controlDigest)),
  })
  const firsts = new Map<string, DeliveryRow>()
  const byBytes = new Map<string, DeliveryRow>()
  const erased = new Map<string, DeliveryRow>()
  for (const row of rows) {
    const key = controlKeyOf(row.source, row.control_digest)
    if (row.conflict_with === null) firsts.set(key, row)
    if (row.bytes_digest === null) erased.set(key, row)
    else byBytes.set(`${key} ${hexOf(row.bytes_digest)}`, row)
  }
  return { firsts, byBytes, erased }
}

/** Delivery, wrapped key and waiting row in one statement; gives the ids that were new. */
async function insert(
  vault: VaultContext,
  session: SqlSession,
  candidates: readonly Candidate[],
  conflictWith: (candidate: Candidate) => string | null,
): Promise<Set<string>> {
  if (candidates.length === 0) return new Set()
  const sealed = candidates.map((candidate) => sealCandidate(vault, candidate, conflictWith(candidate)))
  return namingBoxes(
    vault,
    sealed.map((one) => one.box),
    async (boxes) => {
      const taken = await insertSealed(vault, session, { candidates, conflictWith, sealed, boxes })
      // A repeat of something large was sealed for nothing.
      const repeated = boxes.filter((_, place) => !taken.has(candidates[place]?.deliveryId ?? ''))
      await removeBlobs(
        vault,
        repeated.map((one) => one.blob),
      )
      return taken
    },
  )
}

interface SealedCandidates {
  readonly candidates: readonly Candidate[]
  readonly conflictWith: (candidate: Candidate) => string | null
  readonly sealed: readonly { readonly wrapped: Uint8Array }[]
  readonly boxes: readonly KeptBox[]
}

async function insertSealed(
  vault: VaultContext,
  session: SqlSession,
  { candidates, conflictWith, sealed, boxes }: SealedCandidates,
): Promise<Set<string>> {
  const rows = await session.query<{ delivery_id: string }>(INSERT, [
    vault.organisationId,
    textArray(candidates.map((candidate) => candidate.deliveryId)),
    textArray(candidates.map((candidate) => candidate.delivery.source)),
    bytesArray(candidates.map((candidate) => candidate.controlDigest)),
    bytesArray(candidates.map((candidate) => candidate.bytesDigest)),
    textArray(candidates.map(conflictWith)),
    textArray(candidates.map((candidate) => candidate.delivery.form)),
    textArray(candidates.map((candidate) => new Date(candidate.delivery.receivedTime).toISOString())),
    ...bytesColumn(boxes.map((one) => one.box)),
    ...bytesColumn(sealed.map((one) => one.wrapped)),
    bytesArray(boxes.map((one) => one.blob)),
  ])
  return new Set(rows.map((row) => row.delivery_id))
}

function sealCandidate(
  vault: VaultContext,
  { deliveryId, delivery }: Candidate,
  conflictWith: string | null,
) {
  const { key, wrapped } = newDeliveryKey(vault, deliveryId)
  const box = sealPart(
    vault,
    { deliveryId, part: 'original' },
    key,
    ...deliveryPieces(delivery, conflictWith),
  )
  return { wrapped, box }
}

const INSERT = `
  WITH arriving AS (
    SELECT delivery_id, source, control_digest, bytes_digest, conflict_with, form, received_time, place, blob,
      CASE WHEN blob IS NULL THEN ${cutBytes(9, 'sealed_at', 'sealed_length')} END AS sealed,
      ${cutBytes(12, 'wrapped_at', 'wrapped_length')} AS wrapped
    FROM unnest($2::text::uuid[], $3::text::text[], $4::text::bytea[], $5::text::bytea[], $6::text::uuid[],
                $7::text::text[], $8::text::timestamptz[], $10::text::int[], $11::text::int[], $13::text::int[],
                $14::text::int[], $15::text::bytea[])
      WITH ORDINALITY AS given (delivery_id, source, control_digest, bytes_digest, conflict_with, form,
                                received_time, sealed_at, sealed_length, wrapped_at, wrapped_length, blob, place)
  ), taken AS (
    INSERT INTO deliveries (organisation_id, delivery_id, source, control_digest, bytes_digest, conflict_with,
                            form, received_time, sealed, blob)
    SELECT $1, delivery_id, source, control_digest, bytes_digest, conflict_with, form, received_time, sealed,
      blob
    FROM arriving ORDER BY place
    ON CONFLICT DO NOTHING
    RETURNING delivery_id, arrival
  ), keys AS (
    INSERT INTO delivery_keys (organisation_id, delivery_id, wrapped)
    SELECT $1, delivery_id, wrapped FROM arriving JOIN taken USING (delivery_id)
  ), waiting AS (
    INSERT INTO waiting_deliveries (organisation_id, arrival, delivery_id)
    SELECT $1, arrival, delivery_id FROM taken
  )
  SELECT delivery_id FROM taken`

function countReceptions(vault: VaultContext, session: SqlSession, receptions: Receptions): Promise<void> {
  const day = dayOf(vault.clock.now().toISOString())
  const tallies = [...receptions.values()].map(({ outcome }) => ({
    day,
    dimension: 'delivery',
    code: outcome,
    amount: 1,
  }))
  return addTallies(session, vault.organisationId, tallies)
}
