/** Names of bytes: as many as there are bytes, whatever array holds them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byteName, endName } from './byte-name.ts'

test('two arrays have the same name exactly when their bytes are the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.uint8Array({ maxLength: 80 }), (a, b) => {
      assert.equal(byteName(a) === byteName(b), Buffer.compare(a, b) === 0)
      assert.equal(byteName(a), byteName(Uint8Array.from(a)))
      assert.equal(byteName(a), Array.from(a, (byte) => String.fromCharCode(byte)).join(''))
    }),
  )
})

test('a view into a larger buffer is named by its own bytes alone', () => {
  const whole = Uint8Array.from([1, 2, 3, 255, 0])
  assert.equal(byteName(whole.subarray(1, 4)), '\u0002\u0003\u00ff')
  assert.equal(endName(whole, 2), '\u00ff\u0000')
  assert.equal(endName(whole, 9), byteName(whole))
})
