/** Arrays cut from a larger one are as good as arrays of their own. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { prefixed } from './prefixed.ts'
import { smallBytes } from './small-bytes.ts'

test('no array sees what is written into another, and each begins with zeros', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 40 }), (lengths) => {
      const arrays = lengths.map((length, i) => {
        const bytes = smallBytes(length)
        assert.equal(bytes.length, length)
        assert.ok(bytes.every((byte) => byte === 0))
        return bytes.fill(i + 1)
      })
      for (const [i, bytes] of arrays.entries()) assert.ok(bytes.every((byte) => byte === i + 1))
    }),
  )
})

test('a prefix stands before the bytes, also before more of them than the room holds', () => {
  for (const length of [0, 1, 4_095, 4_096, 70_000]) {
    const input = prefixed(2, new Uint8Array(length).fill(9))
    assert.deepEqual(
      [input.length, input[0], input.subarray(1).every((byte) => byte === 9)],
      [length + 1, 2, true],
    )
  }
})
