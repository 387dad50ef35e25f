/** Spec 5 §2: documents are read exactly as they are written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from './bytes.ts'
import {
  base64urlForm,
  countForm,
  decodeDocument,
  encodeDocument,
  formatForm,
  hexForm,
  isMisfit,
  listForm,
  nullableForm,
  objectForm,
  wholeForm,
} from './document-form.ts'
import { documentKindOf } from './document-kind.ts'
import { exampleEvidence } from './example-evidence.ts'
import { encodeExportFile } from './export-file.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { encodeReceipt } from './receipt.ts'
import { isRefusal } from './refusal.ts'
import { proveStateKey } from './state-proof.ts'
import { stateProofForm } from './state-proof-form.ts'
import { encodeTrust } from './trust.ts'

interface Sample {
  readonly bytes: Uint8Array
  readonly short: Uint8Array
  readonly height: bigint
  readonly counts: readonly number[]
  readonly inner: { readonly maybe: Uint8Array | null }
}

const form = formatForm<Sample>('sample/1', {
  bytes: base64urlForm,
  short: hexForm(4),
  height: wholeForm,
  counts: listForm(countForm, { max: 3 }),
  inner: objectForm({ maybe: nullableForm(hexForm()) }),
})
const codes = { malformed: 'receipt.malformed', notCanonical: 'receipt.not-canonical' } as const
const read = (text: string) => decodeDocument(utf8(text), form, codes)

const PLAIN = { noNullPrototype: true }
const samples: fc.Arbitrary<Sample> = fc.record(
  {
    bytes: fc.uint8Array({ maxLength: 9 }),
    short: fc.uint8Array({ minLength: 4, maxLength: 4 }),
    height: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
    counts: fc.array(fc.nat(), { maxLength: 3 }),
    inner: fc.record({ maybe: fc.option(fc.uint8Array({ maxLength: 3 })) }, PLAIN),
  },
  PLAIN,
)

test('what was written is read, and only in the one form in which it was written', () => {
  fc.assert(
    fc.property(samples, (sample) => {
      const text = encodeDocument(form, sample)
      assert.deepEqual(read(text), sample)
      for (const other of [`${text}\n`, ` ${text}`, text.replace('{', '{ '), text.replace(':', ': ')])
        assert.equal((read(other) as { code?: string }).code, 'receipt.not-canonical')
    }),
  )
})

test('a count in another notation of the same number is not the canonical form', () => {
  const text = encodeDocument(form, {
    bytes: new Uint8Array(1),
    short: new Uint8Array(4),
    height: 7n,
    counts: [20],
    inner: { maybe: null },
  })
  for (const other of ['20.0', '2e1', '20e0']) {
    const result = read(text.replace('20', other))
    assert.equal((result as { code?: string }).code, 'receipt.not-canonical', other)
  }
})

test('a member that is missing, unknown, out of bounds or in another notation is named by its place', () => {
  const good = {
    format: 'sample/1',
    bytes: 'AA',
    short: '00000000',
    height: '7',
    counts: [1],
    inner: { maybe: null },
  }
  const placeOf = (change: object): unknown => {
    const result = read(JSON.stringify(Object.fromEntries(Object.entries({ ...good, ...change }).sort())))
    return isRefusal(result) ? result.detail.place : 'read'
  }
  assert.equal(placeOf({}), 'read')
  assert.equal(placeOf({ extra: 1 }), '/')
  assert.equal(placeOf({ format: 'sample/2' }), '/format')
  assert.equal(placeOf({ bytes: undefined, extra: 1 }), '/bytes')
  assert.equal(placeOf({ bytes: 'A' }), '/bytes')
  assert.equal(placeOf({ bytes: 'AB' }), '/bytes')
  assert.equal(placeOf({ short: '0000000' }), '/short')
  assert.equal(placeOf({ short: 'ABCDEF00' }), '/short')
  for (const height of ['07', '-1', '', '1e3', '9223372036854775808', 7])
    assert.equal(placeOf({ height }), '/height')
  for (const counts of [[0.5], [-1], ['1'], [2 ** 53]]) assert.equal(placeOf({ counts }), '/counts/0')
  assert.equal(placeOf({ counts: [1, 2, 3, 4] }), '/counts')
  assert.equal(placeOf({ inner: { maybe: 1 } }), '/inner/maybe')
  assert.equal(placeOf({ inner: [] }), '/inner')
})

test('files handed in any order are told apart', () => {
  const { receipt, record, trust } = exampleEvidence({ suite, createSigner }, { organisations: ['a'] })
  assert.equal(documentKindOf(utf8(encodeReceipt(receipt))), 'receipt')
  assert.equal(documentKindOf(utf8(encodeExportFile(record))), 'record')
  assert.equal(documentKindOf(utf8(encodeTrust(suite, trust))), 'trust')
  for (const other of ['{}', '[]', 'null', '{"format":1}', '{"format":"toString/1"}', 'text', ''])
    assert.equal(documentKindOf(utf8(other)), undefined)
})

test('a state proof travels as JSON', () => {
  for (const value of [undefined, utf8('value')]) {
    const proof = proveStateKey(suite, { read: () => undefined }, utf8('key'), value)
    const back = stateProofForm.decode(JSON.parse(JSON.stringify(stateProofForm.encode(proof))), '')
    assert.ok(!isMisfit(back))
    assert.deepEqual(back, proof)
  }
})
