/** Tests of deterministic CBOR against RFC 8949 and an independent library. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as cborg from 'cborg'
import fc from 'fast-check'
import { fromHex, toHex } from './bytes.ts'
import { type CborValue, decodeCbor, encodeCbor } from './cbor.ts'
import { isRefusal } from './refusal.ts'

const bytesOf = (hex: string) => fromHex(hex) as Uint8Array

/** RFC 8949 appendix A, the rows inside our data model. */
const APPENDIX_A: readonly [string, CborValue][] = [
  ['00', 0],
  ['01', 1],
  ['0a', 10],
  ['17', 23],
  ['1818', 24],
  ['1819', 25],
  ['1864', 100],
  ['1903e8', 1000],
  ['1a000f4240', 1000000],
  ['1b000000e8d4a51000', 1000000000000],
  ['1bffffffffffffffff', 18446744073709551615n],
  ['3bffffffffffffffff', -18446744073709551616n],
  ['20', -1],
  ['29', -10],
  ['3863', -100],
  ['3903e7', -1000],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['40', new Uint8Array(0)],
  ['4401020304', Uint8Array.of(1, 2, 3, 4)],
  ['60', ''],
  ['6161', 'a'],
  ['6449455446', 'IETF'],
  ['62225c', '"\\'],
  ['62c3bc', 'ü'],
  ['63e6b0b4', '水'],
  ['64f0908591', '𐅑'],
  ['80', []],
  ['83010203', [1, 2, 3]],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  ['98190102030405060708090a0b0c0d0e0f101112131415161718181819', Array.from({ length: 25 }, (_, i) => i + 1)],
  ['a0', new Map()],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  [
    'a26161016162820203',
    new Map<string, CborValue>([
      ['a', 1],
      ['b', [2, 3]],
    ]),
  ],
  ['826161a161626163', ['a', new Map([['b', 'c']])]],
  ['c11a514b67b0', { tag: 1, value: 1363896240 }],
  ['d74401020304', { tag: 23, value: Uint8Array.of(1, 2, 3, 4) }],
]

test('RFC 8949 appendix A: every value of the model has the published encoding and comes back', () => {
  for (const [hex, value] of APPENDIX_A) {
    assert.equal(toHex(encodeCbor(value)), hex)
    assert.deepEqual(decodeCbor(bytesOf(hex)), value)
  }
})

const REFUSED: readonly [string, string, string][] = [
  ['', 'cbor.truncated', 'nothing'],
  ['18', 'cbor.truncated', 'a head without its argument'],
  ['1b00000001000000', 'cbor.truncated', 'a long head cut off'],
  ['4401', 'cbor.truncated', 'a byte string cut off'],
  ['6261', 'cbor.truncated', 'a text cut off'],
  ['8201', 'cbor.truncated', 'an array cut off'],
  ['a101', 'cbor.truncated', 'a map cut off'],
  ['c1', 'cbor.truncated', 'a tag without an item'],
  ['9bffffffffffffffff00', 'cbor.truncated', 'an array that claims 2^64 items'],
  ['5bffffffffffffffff00', 'cbor.truncated', 'a byte string that claims 2^64 bytes'],
  ['0000', 'cbor.trailing-bytes', 'two items'],
  ['1817', 'cbor.not-deterministic', 'a head longer than needed'],
  ['1900ff', 'cbor.not-deterministic', 'a head longer than needed'],
  ['1a0000ffff', 'cbor.not-deterministic', 'a head longer than needed'],
  ['1b00000000ffffffff', 'cbor.not-deterministic', 'a head longer than needed'],
  ['5800', 'cbor.not-deterministic', 'a length longer than needed'],
  ['a202000100', 'cbor.not-deterministic', 'keys out of order'],
  ['a201000100', 'cbor.not-deterministic', 'the same key twice'],
  ['a26161002000', 'cbor.not-deterministic', 'a text key before a negative one'],
  ['5f4101ff', 'cbor.not-deterministic', 'an indefinite byte string'],
  ['9f01ff', 'cbor.not-deterministic', 'an indefinite array'],
  ['bf0102ff', 'cbor.not-deterministic', 'an indefinite map'],
  ['ff', 'cbor.not-deterministic', 'a break alone'],
  ['1c', 'cbor.not-deterministic', 'a reserved length'],
  ['f7', 'cbor.unsupported', 'undefined'],
  ['f93c00', 'cbor.unsupported', 'a half float'],
  ['fb3ff0000000000000', 'cbor.unsupported', 'a double'],
  ['f8ff', 'cbor.unsupported', 'a simple value'],
  ['a14000', 'cbor.unsupported', 'a byte string as a key'],
  ['62c328', 'cbor.invalid-text', 'text that is not UTF-8'],
]

test('RFC 8949 §4.2: all but the one encoding is refused, each with its code', () => {
  for (const [hex, code, what] of REFUSED) {
    const answer = decodeCbor(bytesOf(hex))
    assert.equal(isRefusal(answer) && answer.code, code, `${what}: ${hex}`)
  }
})

test('nesting and size are bounded', () => {
  const deep = new Uint8Array(100_000).fill(0x81)
  const tooDeep = decodeCbor(deep)
  assert.equal(isRefusal(tooDeep) && tooDeep.code, 'cbor.too-deep')
  const tooLarge = decodeCbor(new Uint8Array(11), { maxBytes: 10 })
  assert.equal(isRefusal(tooLarge) && tooLarge.code, 'cbor.too-large')
})

const key = () => fc.oneof(fc.integer({ min: -70000, max: 70000 }), fc.string({ maxLength: 8 }))
const { tree } = fc.letrec<{ tree: CborValue }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.maxSafeInteger(),
    fc
      .bigInt({ min: -(1n << 64n), max: (1n << 64n) - 1n })
      .map((n) =>
        n >= BigInt(Number.MIN_SAFE_INTEGER) && n <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(n) : n,
      ),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('tree'), { maxLength: 30 }),
    fc.array(fc.tuple(key(), tie('tree')), { maxLength: 6 }).map((entries) => new Map(entries)),
  ),
}))

test('an independent encoder (cborg) gives the same bytes, and the decoder the same value', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const bytes = encodeCbor(value)
      // RFC 8949 §4.2.1 sorts keys by their bytes; cborg's own order is the older one by length.
      assert.equal(toHex(bytes), toHex(cborg.encode(value, cborg.rfc8949EncodeOptions)))
      const decoded = decodeCbor(bytes)
      assert.deepEqual(sorted(decoded as CborValue), sorted(value))
    }),
    { numRuns: 500 },
  )
})

/** Maps compare by content here, whatever the order of insertion. */
function sorted(value: CborValue): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!(value instanceof Map)) return value
  return [...value]
    .map(([k, v]): [string, unknown] => [`${typeof k}:${k}`, sorted(v as CborValue)])
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

test('any bytes give a value that encodes to them again, or a coded refusal', () => {
  const mutated = fc.tuple(tree, fc.nat(), fc.nat(255)).map(([value, at, byte]) => {
    const bytes = encodeCbor(value)
    bytes[at % bytes.length] = byte
    return bytes
  })
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const value = decodeCbor(bytes)
      if (isRefusal(value)) assert.match(value.code, /^cbor\./)
      else assert.equal(toHex(encodeCbor(value)), toHex(bytes))
    }),
    { numRuns: 3000 },
  )
})

test('a value outside the model is a bug and throws', () => {
  for (const value of [1.5, Number.NaN, 2 ** 60, 1n << 64n, '\ud800', undefined, {}, () => 0])
    assert.throws(() => encodeCbor(value as CborValue))
})
