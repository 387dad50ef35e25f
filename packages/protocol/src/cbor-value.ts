/** The CBOR data model that Meridian uses: the part of RFC 8949 with one obvious encoding for each value (spec 1 §2). */
import { equalBytes } from './bytes.ts'

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

/**
 * Whether two values have the same encoding. An integer may be a `number` on one side and a `bigint` on the other; maps may be in any
 * order.
 */
export function equalValues(a: CborValue, b: CborValue): boolean {
  if (a === b) return true
  if (typeof a === 'bigint' || typeof b === 'bigint') return isSameInteger(a, b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return a instanceof Uint8Array && b instanceof Uint8Array && equalBytes(a, b)
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => equalValues(x, b[i]))
    )
  if (isCborMap(a) || isCborMap(b)) return isCborMap(a) && isCborMap(b) && equalMaps(a, b)
  return isCborTagged(a) && isCborTagged(b) && a.tag === b.tag && equalValues(a.value, b.value)
}

function isSameInteger(a: CborValue, b: CborValue): boolean {
  if (typeof a !== 'bigint' && typeof a !== 'number') return false
  if (typeof b !== 'bigint' && typeof b !== 'number') return false
  return BigInt(a) === BigInt(b)
}

function equalMaps(a: CborMap, b: CborMap): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    const other = b.get(key)
    if (other === undefined || !equalValues(value, other)) return false
  }
  return true
}
