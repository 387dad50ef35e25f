/** Values in state are deterministic CBOR arrays; these read them back. What does not read was not written by us: a bug, so it throws. */
import { type CborValue, decodeCbor, encodeCbor, isRefusal } from '@meridian/protocol'

/** The bytes of a state value. CONSENSUS: they are under the sub-root. */
export function encodeStored(fields: readonly CborValue[]): Uint8Array {
  return encodeCbor(fields)
}

/** The fields of a state value. */
export function decodeStored(bytes: Uint8Array): readonly CborValue[] {
  const value = decodeCbor(bytes)
  if (isRefusal(value) || !Array.isArray(value))
    throw new Error('a state value is not what this ledger writes')
  return value as readonly CborValue[]
}

/** A height or another integer that may pass 2^53. */
export function storedInteger(value: CborValue | undefined): bigint {
  return BigInt(value as number | bigint)
}
