/** Ed25519 verdicts in pure JavaScript: cofactorless for statements, ZIP-215 for commits (spec 1 §5). */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, equalBytes } from './bytes.ts'
import { isCanonicalPoint, isCanonicalSignature } from './ed25519-encoding.ts'

const { Point } = ed25519

/**
 * Cofactorless: encode(S·B − k·A) equals R byte for byte. noble's own `verify` multiplies by the cofactor in both its
 * modes, so the equation is computed here.
 */
export function verifyCofactorless(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!isCanonicalPoint(publicKey) || !isCanonicalSignature(signature)) return false
  const key = decodePoint(publicKey)
  if (key === undefined) return false
  const r = signature.subarray(0, 32)
  const s = littleEndianInteger(signature.subarray(32))
  const k = Point.Fn.create(littleEndianInteger(sha512(concatBytes(r, publicKey, message))))
  const expected = Point.BASE.multiplyUnsafe(s).add(key.negate().multiplyUnsafe(k))
  return equalBytes(expected.toBytes(), r)
}

/** ZIP-215: any encoding of a point, S below L, the equation times the cofactor. */
export function verifyZip215(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  return ed25519.verify(signature, message, publicKey, { zip215: true })
}

/** Canonical, not of small order, and of prime order: [L]A is the identity. */
export function isPrimeOrderKey(publicKey: Uint8Array): boolean {
  if (!isCanonicalPoint(publicKey)) return false
  return decodePoint(publicKey)?.isTorsionFree() ?? false
}

function decodePoint(encoding: Uint8Array): InstanceType<typeof Point> | undefined {
  try {
    return Point.fromBytes(encoding)
  } catch {
    return undefined
  }
}

function littleEndianInteger(bytes: Uint8Array): bigint {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number)
  return value
}
