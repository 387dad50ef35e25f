/** Tests of strict UTF-8 (RFC 3629), by hand and by the host. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeByHand, encodeByHand, fromUtf8, invalidUtf8Offset, utf8 } from './utf8.ts'

const text = () => fc.string({ unit: 'binary', maxLength: 120 })

test('RFC 3629: our coders agree with the host on every text', () => {
  fc.assert(
    fc.property(text(), (t) => {
      const expected = new Uint8Array(Buffer.from(t, 'utf8'))
      assert.deepEqual(utf8(t), expected)
      assert.deepEqual(encodeByHand(t), expected)
      assert.equal(fromUtf8(expected), t)
      assert.equal(decodeByHand(expected), t)
    }),
  )
})

test('RFC 3629: the decoder by hand refuses exactly what the host refuses', () => {
  const nearMisses = fc.tuple(text(), fc.nat(), fc.nat(255)).map(([t, at, byte]) => {
    const bytes = utf8(`${t}中`)
    bytes[at % bytes.length] = byte
    return bytes
  })
  fc.assert(
    fc.property(fc.oneof(nearMisses, fc.uint8Array({ maxLength: 90 })), (bytes) => {
      const byHand = decodeByHand(bytes)
      assert.equal(byHand, fromUtf8(bytes))
      assert.equal(invalidUtf8Offset(bytes) === -1, byHand !== undefined)
    }),
    { numRuns: 2000 },
  )
})

test('overlong forms, surrogates and values above U+10FFFF are refused', () => {
  for (const hex of [
    'c080',
    'e08080',
    'f0808080',
    'eda080',
    'edbfbf',
    'f4908080',
    'f888808080',
    'c3',
    '80',
    'ff',
  ]) {
    assert.equal(fromUtf8(Buffer.from(hex, 'hex')), undefined, hex)
    assert.equal(decodeByHand(Buffer.from(hex, 'hex')), undefined, hex)
  }
})

test('a byte order mark is kept', () => {
  assert.equal(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41)), '\uFEFFA')
})

test('a lone surrogate has no bytes', () => {
  assert.throws(() => utf8('\ud800'), RangeError)
  assert.throws(() => utf8(`${'x'.repeat(100)}\udc00`), RangeError)
})
