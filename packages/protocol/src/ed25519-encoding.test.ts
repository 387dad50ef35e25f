/** Tests of the byte rules for Ed25519 encodings, apart from any verifier that would catch the same (spec 1 §5). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCanonicalPoint, isCanonicalSignature } from './ed25519-encoding.ts'

const PRIME = 2n ** 255n - 19n
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const SIGN = 2n ** 255n

const encoded = (value: bigint) =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn))

test('y from p to 2^255 − 1 is another spelling of a point, with and without a sign', () => {
  for (let y = PRIME; y < 2n ** 255n; y++) {
    assert.ok(!isCanonicalPoint(encoded(y)), `${y}`)
    assert.ok(!isCanonicalPoint(encoded(y + SIGN)), `${y}`)
  }
})

test('y below p is canonical unless the point is of small order', () => {
  for (const y of [2n, 3n, 4n, PRIME - 2n, PRIME - 3n, 2n ** 254n]) {
    assert.ok(isCanonicalPoint(encoded(y)), `${y}`)
    assert.ok(isCanonicalPoint(encoded(y + SIGN)), `${y}`)
  }
  for (const y of [0n, 1n, PRIME - 1n]) {
    assert.ok(!isCanonicalPoint(encoded(y)), `${y}`)
    assert.ok(!isCanonicalPoint(encoded(y + SIGN)), `${y}`)
  }
})

test('S is below L, R is a canonical point', () => {
  const signature = (r: bigint, s: bigint) => Uint8Array.of(...encoded(r), ...encoded(s))
  assert.ok(isCanonicalSignature(signature(3n, 0n)))
  assert.ok(isCanonicalSignature(signature(3n, ORDER - 1n)))
  for (const s of [ORDER, ORDER + 1n, 2n ** 253n, 2n ** 256n - 1n])
    assert.ok(!isCanonicalSignature(signature(3n, s)), `${s}`)
  assert.ok(!isCanonicalSignature(signature(PRIME + 3n, 0n)))
  assert.ok(!isCanonicalSignature(signature(1n, 0n)))
})
