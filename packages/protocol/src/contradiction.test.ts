/** Spec 5 §7.5: a gateway that anchored two different versions of one number is shown to have done so, by whoever has both. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserSuite } from './browser-suite.ts'
import { toHex, utf8 } from './bytes.ts'
import { type Comparison, compareReceipts } from './contradiction.ts'
import { encodeElementFile, showElements } from './element-file.ts'
import { type ExampleEvidence, type ExampleOptions, exampleEvidence } from './example-evidence.ts'
import { encodeExportFile } from './export-file.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { encodeReceipt } from './receipt.ts'
import { isRefusal } from './refusal.ts'
import { encodeTrust } from './trust.ts'
import type { ReceiptFiles } from './verify-files.ts'

const organisations = ['first-hospital', 'second-hospital', 'third-clinic', 'health-authority']

function anchored(options: Partial<ExampleOptions> = {}): ExampleEvidence {
  return exampleEvidence({ suite, createSigner }, { organisations, ...options })
}

/** The temperature, changed after the fact. */
const OTHER =
  '{"provenance":{},"resource":{"id":"temperature-1","resourceType":"Observation","status":"final"}}'

const honest = anchored()
const other = anchored({ content: OTHER })

function filesOf({ receipt, record, trust }: ExampleEvidence): ReceiptFiles {
  return { ...closed({ receipt, trust }), record: utf8(encodeExportFile(record)) }
}

function closed({ receipt, trust }: Pick<ExampleEvidence, 'receipt' | 'trust'>): ReceiptFiles {
  return { receipt: utf8(encodeReceipt(receipt)), trust: utf8(encodeTrust(suite, trust)) }
}

function compare(first: ExampleEvidence, second: ExampleEvidence): Comparison {
  return compareReceipts(suite, [filesOf(first), filesOf(second)])
}

test('two different version 2 of one record, both anchored, are a contradiction once both are opened', () => {
  const found = compare(honest, other)
  assert.ok(found.kind === 'same-version')
  assert.equal(found.organisation, 'first-hospital')
  assert.deepEqual(found.versions, [2, 2])
  assert.deepEqual(found.handle, honest.record.header.handle)
  assert.deepEqual(
    found.commitments.map(toHex),
    [honest, other].map(({ record }) => toHex(record.commitment)),
  )
})

test('either order and either suite come to the same verdict', () => {
  assert.equal(compare(other, honest).kind, 'same-version')
  assert.deepEqual(compareReceipts(browserSuite, [filesOf(honest), filesOf(other)]), compare(honest, other))
})

test('the header alone, without an element of the content, is enough', () => {
  const shown = showElements(suite, other.record, [])
  assert.ok(!isRefusal(shown))
  const elements = utf8(encodeElementFile(shown))
  const found = compareReceipts(suite, [filesOf(honest), { ...closed(other), elements }])
  assert.equal(found.kind, 'same-version')
})

test('a version 3 that names another version 2 than the anchored one is a contradiction, and one that names it is none', () => {
  const after = (previous: Uint8Array) => anchored({ content: OTHER, history: { version: 3, previous } })
  assert.equal(compare(honest, after(honest.record.commitment)).kind, 'agree')
  assert.equal(compare(after(other.record.commitment), honest).kind, 'other-previous')
})

test('one version twice agrees with itself; another organisation’s record is another record', () => {
  assert.equal(compare(honest, honest).kind, 'agree')
  const elsewhere = anchored({ organisations: ['other-clinic', 'second-hospital'], content: OTHER })
  assert.equal(compare(honest, elsewhere).kind, 'other-record')
})

test('nothing is said of a receipt that does not verify, or that nothing is opened beside', () => {
  const forged = { ...filesOf(honest), receipt: filesOf(other).receipt }
  const fallen = compareReceipts(suite, [filesOf(honest), forged])
  assert.ok(fallen.kind === 'not-verified')
  assert.equal(fallen.index, 1)
  assert.equal(fallen.verification.rungs.at(-1)?.refusal?.code, 'receipt.record-differs')
  const unopened = compareReceipts(suite, [closed(other), filesOf(honest)])
  assert.ok(unopened.kind === 'not-opened')
  assert.equal(unopened.index, 0)
})
