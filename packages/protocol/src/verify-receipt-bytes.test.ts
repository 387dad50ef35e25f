/** Not one byte of a receipt, a record, a trust file or shown elements can be changed, taken away or put in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromUtf8, toHex, utf8 } from './bytes.ts'
import { encodeElementFile, showElements } from './element-file.ts'
import { type ExampleEvidence, exampleEvidence } from './example-evidence.ts'
import { encodeExportFile } from './export-file.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { encodeReceipt } from './receipt.ts'
import { isRefusal } from './refusal.ts'
import { encodeTrust } from './trust.ts'
import { verifyReceipt } from './verify-receipt.ts'

const host = { suite, createSigner }
const single = exampleEvidence(host, { organisations: ['first-hospital'] })
const four = exampleEvidence(host, {
  organisations: ['first-hospital', 'second-hospital', 'third-clinic', 'fourth'],
})

function filesOf({ receipt, record, trust }: ExampleEvidence) {
  return {
    receipt: utf8(encodeReceipt(receipt)),
    record: utf8(encodeExportFile(record)),
    trust: utf8(encodeTrust(suite, trust)),
  }
}

test('no byte of a file of shown elements can be changed', () => {
  const shown = showElements(suite, single.record, ['/resource/id', '/resource/note', '/provenance/recorded'])
  assert.ok(!isRefusal(shown))
  const bytes = utf8(encodeElementFile(shown))
  const { receipt, trust } = filesOf(single)
  const files = { receipt, trust }
  assert.equal(verifyReceipt(suite, { ...files, elements: bytes }).verified, true)
  for (const change of changesOf(bytes))
    assert.equal(verifyReceipt(suite, { ...files, elements: change }).verified, false)
})

/** Each byte changed in turn: its lowest bit, its case bit, and to something quite different. */
function* changesOf(bytes: Uint8Array, ways = 3): Generator<Uint8Array> {
  for (const at of bytes.keys()) {
    for (const mask of [0x01, 0x20, 0x80 | (at & 0x7f)].slice(0, ways)) {
      const change = bytes.slice()
      change[at] = (change[at] as number) ^ mask
      yield change
    }
  }
}

for (const [name, parts, ways] of [
  ['one organisation', single, 3],
  ['four organisations', four, 1],
] as const) {
  test(`no single byte of receipt, record or trust file can be changed (${name})`, () => {
    const files = filesOf(parts)
    for (const file of ['receipt', 'record', 'trust'] as const) {
      for (const change of changesOf(files[file] as Uint8Array, ways)) {
        const result = verifyReceipt(suite, { ...files, [file]: change })
        assert.equal(result.verified, false, fromUtf8(change) ?? toHex(change))
        assert.ok(result.rungs.at(-1)?.refusal?.code)
      }
    }
  })
}

test('a byte taken away, put in or put at the end is refused', () => {
  const files = filesOf(single)
  for (const file of ['receipt', 'record', 'trust'] as const) {
    const bytes = files[file] as Uint8Array
    for (let at = 0; at <= bytes.length; at += 7) {
      const shorter = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + 1)])
      const longer = Uint8Array.from([...bytes.subarray(0, at), 0x20, ...bytes.subarray(at)])
      for (const change of at === bytes.length ? [longer] : [shorter, longer])
        assert.equal(verifyReceipt(suite, { ...files, [file]: change }).verified, false)
    }
    assert.equal(verifyReceipt(suite, { ...files, [file]: new Uint8Array(0) }).verified, false)
  }
})
