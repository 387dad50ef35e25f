/** How a delivery is sealed: one data key each, under which its bytes, its answer and its refusal are sealed apart. */
import { randomBytes } from 'node:crypto'
import { framed } from '../keys/framed.ts'
import { open, seal } from '../keys/sealed-box.ts'
import type { VaultContext } from '../vault-context.ts'
import type { NewDelivery } from './inbox.ts'

/** The parts of a delivery that are sealed under its key; none opens in the place of another. */
export type DeliveryPart = 'original' | 'mended' | 'answer' | 'refusal'

/** What is sealed beside the bytes, since it may name a person; the rest is there to tell an altered row. */
export interface DeliveryHead {
  readonly controlId: string
  readonly context: Readonly<Record<string, string>>
  readonly position: unknown
  readonly source: string
  readonly form: string
  readonly receivedTime: string
  readonly conflictWith: string | null
}

/** Draws a data key for a delivery; `wrapped` is what is stored. */
export function newDeliveryKey(
  vault: VaultContext,
  deliveryId: string,
): { key: Uint8Array; wrapped: Uint8Array } {
  const key = randomBytes(32)
  return { key, wrapped: vault.keyring.wrap(key, keyContext(vault, deliveryId)) }
}

/** The data key of a delivery; undefined when the wrapped key was altered. */
export function deliveryKey(
  vault: VaultContext,
  deliveryId: string,
  wrapped: Uint8Array,
): Uint8Array | undefined {
  return vault.keyring.unwrap(wrapped, keyContext(vault, deliveryId))
}

/** What {@link Keyring.rewrap} says of the wrapped key of a delivery. */
export function rewrapDeliveryKey(
  vault: Pick<VaultContext, 'keyring' | 'organisationId'>,
  deliveryId: string,
  wrapped: Uint8Array,
): Uint8Array | 'current' | 'unknown' {
  return vault.keyring.rewrap(wrapped, keyContext(vault, deliveryId))
}

/** Seals one part of a delivery. */
export function sealPart(
  vault: VaultContext,
  place: { readonly deliveryId: string; readonly part: DeliveryPart },
  key: Uint8Array,
  ...bytes: readonly Uint8Array[]
): Uint8Array {
  return seal(key, partContext(vault, place.deliveryId, place.part), ...bytes)
}

/** Opens one part; undefined when it was altered. */
export function openPart(
  vault: VaultContext,
  place: { readonly deliveryId: string; readonly part: DeliveryPart },
  key: Uint8Array,
  box: Uint8Array,
): Buffer | undefined {
  return open(key, partContext(vault, place.deliveryId, place.part), box)
}

/** The two pieces sealed as `original`: head with its length before it, then the bytes as they came. */
export function deliveryPieces(
  delivery: NewDelivery,
  conflictWith: string | null,
): readonly [Uint8Array, Uint8Array] {
  const { controlId, context, position, source, form } = delivery
  const receivedTime = new Date(delivery.receivedTime).toISOString()
  const head: DeliveryHead = {
    controlId,
    context,
    position: position ?? null,
    source,
    form,
    receivedTime,
    conflictWith,
  }
  return [framed(JSON.stringify(head)), delivery.bytes]
}

/** Takes the pieces apart again. */
export function readDeliveryPieces(plain: Buffer): {
  readonly head: DeliveryHead
  readonly bytes: Uint8Array
} {
  const end = 4 + plain.readUInt32BE(0)
  return {
    head: JSON.parse(plain.toString('utf8', 4, end)),
    bytes: new Uint8Array(plain.subarray(end)),
  }
}

function keyContext(vault: Pick<VaultContext, 'organisationId'>, deliveryId: string): Uint8Array {
  return framed('delivery key', vault.organisationId, deliveryId)
}

function partContext(vault: VaultContext, deliveryId: string, part: DeliveryPart): Uint8Array {
  return framed('delivery', vault.organisationId, deliveryId, part)
}
