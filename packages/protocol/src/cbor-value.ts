/** The CBOR data model that Meridian uses: the part of RFC 8949 with one obvious encoding for each value (spec 1 §2). */

/**
 * Integers are `number` while safe and `bigint` beyond; byte strings `Uint8Array`; maps `Map`. No floating point, no
 * undefined, no simple values but the three here.
 */
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | CborMap
  | CborTagged

/** Keys are integers or texts, so that a key can be looked up. */
export type CborKey = number | bigint | string

/** A map; the encoder puts it in the order of RFC 8949 §4.2.1 and the decoder demands that order. */
export type CborMap = ReadonlyMap<CborKey, CborValue>

/** A tagged item (major type 6). */
export interface CborTagged {
  readonly tag: number
  readonly value: CborValue
}

/** A value is a map. */
export function isCborMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map
}

/** A value is tagged. */
export function isCborTagged(value: CborValue | undefined): value is CborTagged {
  return typeof value === 'object' && value !== null && 'tag' in value
}
