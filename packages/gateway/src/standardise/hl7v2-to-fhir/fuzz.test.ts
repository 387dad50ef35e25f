/** Any bytes at the readers of HL7 v2: only coded refusals and canonical records, in bounded time and memory, and never a throw. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCanonicalText } from '@meridian/protocol'
import fc from 'fast-check'
import { explainHl7 } from '../../catalogue-hl7v2.ts'
import type { Arrival } from '../../connect/arrival.ts'
import { readHl7File } from '../../connect/hl7v2/hl7-files.ts'
import { createFrameReader } from '../../connect/hl7v2/mllp-frames.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import { convert, fixture, message } from './test-conversion.ts'

const samples = [
  'adt-a01.hl7',
  'adt-a01-gb18030.hl7',
  'adt-a40.hl7',
  'oru-r01.hl7',
  'vxu-v04.hl7',
  'batch.hl7',
].map(fixture)

/** A sample with pieces cut out, doubled, exchanged or replaced by signs that mean something. */
const mutated = fc
  .record({
    sample: fc.constantFrom(...samples),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(40),
        put: fc.oneof(
          fc.constantFrom(
            '|',
            '^',
            '~',
            '\\',
            '&',
            '\r',
            '\n',
            '""',
            '\\X',
            '\\.br\\',
            'MSH|',
            'PID|',
            '\u0000',
            '\u001c',
            '-1',
            '1e999',
            '𠮷',
          ),
          fc.string({ maxLength: 12, unit: 'binary' }),
        ),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ sample, edits }) => {
    let bytes = Buffer.from(sample)
    for (const { at, cut, put } of edits) {
      const place = Math.floor(at * bytes.length)
      bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(put), bytes.subarray(place + cut)])
    }
    return bytes
  })

function holds(bytes: Uint8Array, onBadValue: 'refuse' | 'absent'): void {
  const result = convert(bytes, { source: { onBadValue } })
  if (isRoomRefusal(result)) {
    assert.ok(explainHl7(result.code), `${result.code} has no text`)
    return
  }
  for (const { text, provenance } of result.records) {
    assert.equal(readCanonicalText(text), text)
    assert.equal(readCanonicalText(provenance), provenance)
  }
}

test('a mutated message is refused with a code or becomes canonical records', () => {
  fc.assert(fc.property(mutated, fc.constantFrom('refuse' as const, 'absent' as const), holds), {
    numRuns: 1500,
  })
})

test('any bytes after MSH are refused with a code or become canonical records', () => {
  const tail = fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => Buffer.concat([Buffer.from('MSH|^~\\&|'), bytes]))
  fc.assert(
    fc.property(fc.oneof(tail, fc.uint8Array({ maxLength: 300 })), (bytes) => holds(bytes, 'absent')),
    { numRuns: 1000 },
  )
})

test('a mutated file loses nothing: every byte that is not blank or envelope is in an item', async () => {
  await fc.assert(
    fc.asyncProperty(mutated, fc.integer({ min: 1, max: 500 }), async (bytes, size) => {
      async function* pieces() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
      }
      const items: Arrival[] = []
      for await (const item of readHl7File(pieces(), 'f', { fingerprint: () => 'f' })) items.push(item)
      const kept = items.reduce((sum, item) => sum + letters(item.bytes), 0)
      const envelopes = bytes
        .toString('latin1')
        .split(/[\r\n]/)
        .filter((line) => /^[\0-\x20]*(FHS|BHS|BTS|FTS)\W/.test(line))
      const outside = envelopes.reduce((sum, line) => sum + letters(Buffer.from(line, 'latin1')), 0)
      assert.ok(kept + outside >= letters(bytes), `${kept} + ${outside} of ${letters(bytes)}`)
    }),
    { numRuns: 300 },
  )
})

const letters = (bytes: Uint8Array) => bytes.filter((byte) => byte > 0x20).length

test('any bytes at the frame reader give frames no longer than allowed', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 20 }), (chunks) => {
      const reader = createFrameReader(100)
      for (const chunk of chunks) {
        const { frames, overflow } = reader.add(chunk)
        assert.ok(frames.every((frame) => frame.length <= 100))
        if (overflow !== undefined) return
      }
    }),
  )
})

/** Messages made to cost much; each must be answered, and quickly. */
const heavy: readonly [string, () => Uint8Array][] = [
  ['a field of nothing but repetition signs', () => message('ADT^A31', `PID|1||${'~'.repeat(8_000_000)}`)],
  ['a field of nothing but component signs', () => message('ADT^A31', `PID|1||${'^'.repeat(8_000_000)}`)],
  [
    'a field of nothing but escape signs',
    () => message('ADT^A31', `PID|1||7^^^A^MR||${'\\'.repeat(8_000_000)}`),
  ],
  [
    'a segment of nothing but field signs',
    () => message('ADT^A31', `PID|1||7^^^A^MR${'|'.repeat(8_000_000)}`),
  ],
  ['nothing but segment ends', () => message('ADT^A31', '\r'.repeat(8_000_000))],
  ['a header without end', () => Buffer.from(`MSH|^~\\&|${'A'.repeat(8_000_000)}`)],
  [
    'more results than a message may have',
    () =>
      message('ORU^R01', 'PID|1||7^^^A^MR', 'OBR|1|||A^B', ...Array(30_000).fill('OBX|1|NM|A^B||1||||||F')),
  ],
  [
    'ten thousand results that are all wrong',
    () =>
      message('ORU^R01', 'PID|1||7^^^A^MR', 'OBR|1||F1|A^B', ...Array(10_000).fill('OBX|1|NM|A^B||x||||||F')),
  ],
  [
    'a text of eight million letters',
    () =>
      message(
        'ORU^R01',
        'PID|1||7^^^A^MR',
        'OBR|1||F1|A^B',
        `OBX|1|TX|A^B||${'字'.repeat(2_600_000)}||||||F`,
      ),
  ],
  [
    'a number of a million digits',
    () =>
      message(
        'ORU^R01',
        'PID|1||7^^^A^MR',
        'OBR|1||F1|A^B',
        `OBX|1|NM|A^B||${'9'.repeat(1_000_000)}|g|||||F`,
      ),
  ],
]

for (const [what, make] of heavy) {
  test(`${what} is answered in bounded time`, () => {
    const bytes = make()
    for (const onBadValue of ['refuse', 'absent'] as const) {
      const before = process.cpuUsage()
      holds(bytes, onBadValue)
      const { user } = process.cpuUsage(before)
      assert.ok(user < 10_000_000, `${user} µs`)
    }
  })
}

test('a line of 100 MB in a file is let go without being gathered', async () => {
  const chunk = Buffer.alloc(1_000_000, 0x41)
  async function* endless() {
    yield Buffer.from('MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rNTE|1||')
    for (let count = 0; count < 100; count++) yield chunk
    yield Buffer.from('\rMSH|^~\\&|A|B|C|D|20260101||ADT^A01|2|P|2.5\rPID|1\r')
  }
  const before = process.memoryUsage().arrayBuffers
  const items: Arrival[] = []
  for await (const item of readHl7File(endless(), 'f', { fingerprint: () => 'f' })) items.push(item)
  assert.deepEqual(
    items.map((item) => ('refusal' in item ? item.refusal.code : item.controlId)),
    ['hl7v2.too-large', '2'],
  )
  assert.ok(process.memoryUsage().arrayBuffers - before < 64_000_000)
})
