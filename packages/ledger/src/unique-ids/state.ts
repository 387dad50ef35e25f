/** The memory of unique ids in state, and the hand of the sweep: its own module, so that its sub-root says alone what a refused statement changed. */
import { concatBytes, decodeCbor, encodeCbor, isRefusal, utf8 } from '@meridian/protocol'
import type { StateView, WritableView } from '../state-view.ts'

/** The name of the sub-root. */
export const UNIQUE_IDS = 'unique-ids'

const HAND = new Uint8Array([0x00])
const PREFIX = 0x01

/** Where a unique id of an issuer stands: 0x01 ‖ id (16 bytes) ‖ issuer in UTF-8. */
export function uniqueIdKey(issuer: string, uniqueId: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array([PREFIX]), uniqueId, utf8(issuer))
}

/** Seconds since 1970 until which the id is remembered, or undefined when it is not. */
export function readExpiry(view: StateView, key: Uint8Array): bigint | undefined {
  const bytes = view.get(UNIQUE_IDS, key)
  return bytes === undefined ? undefined : expiryOf(bytes)
}

/** Remembers an id until `expirySeconds`. */
export function writeExpiry(view: WritableView, key: Uint8Array, expirySeconds: bigint): void {
  view.put(UNIQUE_IDS, key, encodeCbor(expirySeconds))
}

/** Up to `limit` remembered ids from `from` on, in key order. */
export function scanExpiries(
  view: StateView,
  from: Uint8Array,
  limit: number,
): readonly { readonly key: Uint8Array; readonly expirySeconds: bigint }[] {
  return view
    .scan(UNIQUE_IDS, from, limit)
    .map((entry) => ({ key: entry.key, expirySeconds: expiryOf(entry.value) }))
}

/** The key at which the next sweep goes on; the first possible one when no sweep has been. */
export function readHand(view: StateView): Uint8Array {
  return view.get(UNIQUE_IDS, HAND) ?? FIRST_KEY
}

/** Moves the hand of the sweep. */
export function writeHand(view: WritableView, key: Uint8Array): void {
  view.put(UNIQUE_IDS, HAND, key)
}

/** The smallest key a unique id can have. */
export const FIRST_KEY: Uint8Array = new Uint8Array([PREFIX])

function expiryOf(bytes: Uint8Array): bigint {
  const value = decodeCbor(bytes)
  if (isRefusal(value)) throw new Error('the memory of unique ids holds bytes that this ledger did not write')
  return BigInt(value as number | bigint)
}
