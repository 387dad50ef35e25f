/** Byte-level rules for Ed25519 keys and signatures, the same before every verifier (spec 1 §5). CONSENSUS. */

/** L, the order of the base point: 2^252 + 27742317777372353535851937790883648493, little-endian. */
const ORDER = littleEndian('1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed')

/** p = 2^255 − 19, little-endian. */
const PRIME = littleEndian('7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed')

/** The y coordinates (big-endian hex) of the eight points whose order divides 8; the sign bit is ignored. */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000001',
  '7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec',
  '05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826',
  '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7',
].map(littleEndian)

function littleEndian(bigEndianHex: string): Uint8Array {
  const pairs = bigEndianHex.match(/../g) ?? []
  return Uint8Array.from(pairs.reverse().map((pair) => Number.parseInt(pair, 16)))
}

/**
 * A 32-byte point encoding with y < p that is not of small order. With x = 0 only small-order points exist, so this
 * leaves exactly one encoding of each point.
 */
export function isCanonicalPoint(encoding: Uint8Array): boolean {
  return encoding.length === 32 && pointAt(encoding, 0)
}

/** A 64-byte signature whose S is below L and whose R passes {@link isCanonicalPoint}. */
export function isCanonicalSignature(signature: Uint8Array): boolean {
  return signature.length === 64 && isBelow(signature, 32, ORDER, 0xff) && pointAt(signature, 0)
}

function pointAt(bytes: Uint8Array, at: number): boolean {
  return isBelow(bytes, at, PRIME, 0x7f) && !SMALL_ORDER_Y.some((y) => equalsAt(bytes, at, y))
}

/** Compares 32 little-endian bytes with a bound, the top byte masked. */
function isBelow(bytes: Uint8Array, at: number, bound: Uint8Array, topMask: number): boolean {
  for (let i = 31; i >= 0; i--) {
    const byte = (bytes[at + i] as number) & (i === 31 ? topMask : 0xff)
    const limit = bound[i] as number
    if (byte !== limit) return byte < limit
  }
  return false
}

function equalsAt(bytes: Uint8Array, at: number, y: Uint8Array): boolean {
  for (let i = 0; i < 31; i++) if (bytes[at + i] !== y[i]) return false
  return ((bytes[at + 31] as number) & 0x7f) === y[31]
}
