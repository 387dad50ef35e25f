/** Tests of hex, base64url and byte order, against the host. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareBytes, concatBytes, equalBytes, fromBase64url, fromHex, toBase64url, toHex } from './bytes.ts'

const bytes = () => fc.uint8Array({ maxLength: 80 })

test('hex and base64url agree with the host and come back', () => {
  fc.assert(
    fc.property(bytes(), (b) => {
      assert.equal(toHex(b), Buffer.from(b).toString('hex'))
      assert.equal(toBase64url(b), Buffer.from(b).toString('base64url'))
      assert.deepEqual(fromHex(toHex(b)), b)
      assert.deepEqual(fromBase64url(toBase64url(b)), b)
    }),
  )
})

test('a text that the printers would not print is not read', () => {
  for (const text of ['0', 'AB', '0g', ' 00', '0x00']) assert.equal(fromHex(text), undefined, text)
  for (const text of ['A', 'AB', 'AA==', 'A+AA', 'A/AA', 'AAB', 'AAA\n'])
    assert.equal(fromBase64url(text), undefined, text)
})

test('any text is read only when it is the printed form', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const hex = fromHex(text)
      assert.ok(hex === undefined || toHex(hex) === text)
      const base64 = fromBase64url(text)
      assert.ok(base64 === undefined || toBase64url(base64) === text)
    }),
  )
})

test('order is bytewise with a shorter prefix first', () => {
  fc.assert(
    fc.property(bytes(), bytes(), (a, b) => {
      assert.equal(Math.sign(compareBytes(a, b)), Buffer.compare(a, b))
      assert.equal(equalBytes(a, b), Buffer.compare(a, b) === 0)
      assert.deepEqual(concatBytes(a, b), new Uint8Array(Buffer.concat([a, b])))
    }),
  )
})
