/** HL7 v2 files: single, batched, damaged. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Arrival } from '../arrival.ts'
import { readHl7File } from './hl7-files.ts'

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../fixtures/hl7v2/${name}`, import.meta.url))

const tools = { fingerprint: (kind: string, text: string) => `${kind}-${text.length}` }

/** Reads a file handed over in pieces of `size` bytes. */
async function read(source: Uint8Array | string, size = 7, more = {}): Promise<Arrival[]> {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const items: Arrival[] = []
  for await (const item of readHl7File(pieces(), 'x.hl7', { ...tools, ...more })) items.push(item)
  return items
}

const codes = (items: readonly Arrival[]) =>
  items.map((item) => ('refusal' in item ? item.refusal.code : item.controlId))
const message = (id: string, end = '\r') =>
  [`MSH|^~\\&|A|B|C|D|20260101||ADT^A01|${id}|P|2.5`, 'PID|1||7'].join(end)

test('a batch is its messages, each with the line it begins at and its bytes as they stood', async () => {
  const items = await read(fixture('batch.hl7'))
  assert.deepEqual(codes(items), ['HIS0101', 'HIS0102'])
  assert.deepEqual(
    items.map((item) => item.position),
    [
      { file: 'x.hl7', index: 1, line: 3 },
      { file: 'x.hl7', index: 2, line: 11 },
    ],
  )
  const whole = Buffer.from(fixture('batch.hl7')).toString('latin1')
  for (const item of items) assert.ok(whole.includes(Buffer.from(item.bytes).toString('latin1')))
})

test('the pieces a file comes in make no difference', async () => {
  const whole = await read(fixture('batch.hl7'), 1_000_000)
  for (const size of [1, 2, 3, 64]) assert.deepEqual(await read(fixture('batch.hl7'), size), whole)
})

test('several messages need no envelope, whatever their line ends', async () => {
  for (const end of ['\r', '\n', '\r\n']) {
    const items = await read(['1', '2', '3'].map((id) => message(id, end)).join(end))
    assert.deepEqual(codes(items), ['1', '2', '3'])
  }
  assert.deepEqual(codes(await read(`\x0b${message('1')}\r\x1c\r\x0b${message('2')}\r\x1c\r`)), ['1', '2'])
})

test('a trailer that counts otherwise is an item of its own, refused with both numbers', async () => {
  const items = await read(`BHS|^~\\&|A\r${message('1')}\rBTS|2\r`)
  const [, trailer] = items
  assert.deepEqual(codes(items), ['1', 'hl7v2.batch-count'])
  assert.ok(trailer && 'refusal' in trailer)
  assert.deepEqual(trailer.refusal.detail, { counted: 1, line: 4 })
  assert.equal(Buffer.from(trailer.bytes).toString(), 'BTS|2')
})

test('FTS counts batches, or messages when there are none', async () => {
  assert.deepEqual(
    codes(await read(`FHS|^~\\&|A\rBHS|^~\\&|A\r${message('1')}\r${message('2')}\rBTS|2\rFTS|1\r`)),
    ['1', '2'],
  )
  assert.deepEqual(codes(await read(`FHS|^~\\&|A\r${message('1')}\r${message('2')}\rFTS|2\r`)), ['1', '2'])
  assert.deepEqual(codes(await read(`FHS|^~\\&|A\r${message('1')}\rFTS|\r`)), ['1'])
})

test('every header and trailer is optional', async () => {
  assert.deepEqual(codes(await read(`${message('1')}\rBTS|1\r`)), ['1'])
  assert.deepEqual(codes(await read(`BHS|^~\\&|A\r${message('1')}\rBHS|^~\\&|A\r${message('2')}\rFTS|2\r`)), [
    '1',
    '2',
  ])
  assert.deepEqual(codes(await read(`FHS|^~\\&|A\r${message('1')}\r${message('2')}\rFTS|1\r`)), ['1', '2'])
})

test('a message cut by a header is refused where it breaks, and so is a file inside a file', async () => {
  const cut = `BHS|^~\\&|A\r${message('1')}\rBHS|^~\\&|A\rPID|1||8\rBTS|1\r`
  assert.deepEqual(codes(await read(cut)), ['1', 'hl7v2.not-hl7', 'hl7v2.batch-count'])
  const nested = `FHS|^~\\&|A\r${message('1')}\rFHS|^~\\&|A\r${message('2')}\rFTS|1\r`
  assert.deepEqual(codes(await read(nested)), ['1', 'hl7v2.batch-structure', '2'])
})

test('what stands outside any message is an item, so that nothing is lost', async () => {
  const items = await read(
    `/* comment */\n// more\n${message('1', '\n')}\n\n// and this\n${message('2', '\n')}\n`,
  )
  assert.deepEqual(codes(items), ['hl7v2.not-hl7', '1', 'hl7v2.not-hl7', '2'])
  assert.deepEqual(
    items.map((item) => item.position.line),
    [1, 3, 6, 7],
  )
})

test('an empty file has no items, and XML is told from other text', async () => {
  assert.deepEqual(await read(' \r\n\r\n'), [])
  assert.deepEqual(codes(await read('<ADT_A01>\n</ADT_A01>')), ['hl7v2.xml-encoding'])
})

test('a message without a control id is known by its place', async () => {
  const [item] = await read('MSH|^~\\&|A|B|C|D|20260101||ADT^A01||P|2.5\rPID|1')
  assert.equal(item?.controlId, 'place:file-5:1')
})

test('a message beyond the limit is counted and let go, and the next one is read', async () => {
  const limits = { maxMessageBytes: 200, maxSegments: 10, maxFields: 10 }
  const long = `${message('1')}\rNTE|1||${'x'.repeat(500)}`
  const items = await read(`${long}\r${message('2')}\r`, 50, { limits })
  assert.deepEqual(codes(items), ['hl7v2.too-large', '2'])
  assert.equal(items[0]?.bytes.length, 0)
})
