// A mended text goes back into bytes of the kind it came in: charset, line ends, byte order mark.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { readDeliveryText, writeDeliveryText } from './delivery-text.ts'

const roundTrip = (bytes: Uint8Array, known?: string) => {
  const { text, form } = readDeliveryText(bytes, known)
  return writeDeliveryText(text, form)
}

test('an HL7 v2 message keeps its carriage returns and its GB 18030', () => {
  const bytes = new Uint8Array(iconv.encode('MSH|^~\\&|甲\rPID|1||张伟\r', 'gb18030'))
  const { text, form } = readDeliveryText(bytes)
  assert.deepEqual(form, { charset: 'gb18030', lineEnd: '\r', bom: false })
  assert.ok(text.includes('\nPID|1||张伟'))
  assert.deepEqual(roundTrip(bytes), bytes)
})

test('a byte order mark and CRLF come back', () => {
  const bytes = new TextEncoder().encode('\ufeff日期,体温\r\n2026-03-02,36.5\r\n')
  assert.deepEqual(roundTrip(bytes), bytes)
})

test('the encoding that the file was read in wins over a guess', () => {
  const bytes = new Uint8Array([0xc4, 0xa3])
  assert.equal(readDeliveryText(bytes).form.charset, 'utf-8')
  assert.equal(readDeliveryText(bytes, 'gb18030').form.charset, 'gb18030')
})

test('bytes that are no text are shown one character a byte', () => {
  const { text, form } = readDeliveryText(new Uint8Array([0xff, 0xff, 0x41]))
  assert.equal(form.charset, 'latin1')
  assert.equal(text.length, 3)
})

test('a character that the charset lacks is refused, not replaced', () => {
  assert.equal(writeDeliveryText('张', { charset: 'latin1', lineEnd: '\n', bom: false }), undefined)
})

test('any text that a browser gives back unchanged gives the very bytes', () => {
  const lineEnd = fc.constantFrom('\r', '\n', '\r\n')
  const lines = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(lines, lineEnd, (parts, end) => {
      const clean = parts.map((part) => part.replace(/[\r\n\ufeff]/g, ''))
      const bytes = new TextEncoder().encode(clean.join(end))
      assert.deepEqual(roundTrip(bytes), bytes)
    }),
  )
})
