/** Every reader of a file or statement that a stranger hands us: mutated, huge and deep bytes give a coded refusal, soon and in little memory. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decodeBatchPath } from './batch-path-file.ts'
import { utf8 } from './bytes.ts'
import { signCoseReceipt, verifyCoseReceipt } from './cose-receipt.ts'
import { exampleEvidence } from './example-evidence.ts'
import { decodeExportFile } from './export-file.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { decodeReceipt, encodeReceipt } from './receipt.ts'
import { isRefusal } from './refusal.ts'
import { decodeStatement } from './statement.ts'
import { decodeTrust, encodeTrust } from './trust.ts'

const { receipt, receiptSigner, logRoot, trust } = exampleEvidence(
  { suite, createSigner },
  { organisations: ['first-hospital'] },
)
const { bytes: statement } = receipt.statement
const claims = { issuer: 'first-hospital', chainId: receipt.block.header.chainId, timeSeconds: 1_780_000_480 }

/** Each reader with bytes that it takes, to be damaged. */
const readers: Readonly<Record<string, readonly [read: (bytes: Uint8Array) => unknown, sample: Uint8Array]>> =
  {
    receipt: [decodeReceipt, utf8(encodeReceipt(receipt))],
    trust: [(bytes) => decodeTrust(suite, bytes), utf8(encodeTrust(suite, trust))],
    record: [decodeExportFile, utf8('{"format":"meridian-record/1"}')],
    'batch path': [decodeBatchPath, utf8('{"format":"meridian-batch-path/1"}')],
    statement: [(bytes) => decodeStatement(suite, bytes), statement],
    'COSE receipt': [
      (bytes) => verifyCoseReceipt(suite, bytes, statement, receiptSigner.publicKey),
      signCoseReceipt(claims, receipt.log, logRoot, receiptSigner),
    ],
  }

const huge: Readonly<Record<string, () => Uint8Array>> = {
  '100 MB of one letter': () => new Uint8Array(100_000_000).fill(0x78),
  'a text of 100 MB': () => new Uint8Array(100_000_002).fill(0x22, 0, 1).fill(0x61, 1),
  '10,000-deep JSON': () => utf8(`{"format":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
  'a million members': () => utf8(`{${Array.from({ length: 1_000_000 }, (_, n) => `"m${n}":0`).join()}}`),
  '10,000-deep CBOR': () => new Uint8Array(10_001).fill(0x81),
  'CBOR that promises four thousand million items': () => Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff),
  'CBOR that promises a text of 2^63 bytes': () => Uint8Array.of(0x7b, 0x7f, ...Array(7).fill(0xff)),
}

/** Some bytes set, cut out, repeated or put in. */
function damaged(sample: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    at: fc.nat(sample.length),
    cut: fc.nat(8),
    put: fc.uint8Array({ maxLength: 8 }),
  })
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce(
        (bytes, { at, cut, put }) =>
          Uint8Array.from([...bytes.subarray(0, at), ...put, ...bytes.subarray(at + cut)]),
        sample,
      ),
    )
}

for (const [name, [read, sample]] of Object.entries(readers)) {
  describe(`the reader of a ${name}`, () => {
    test('never throws on damaged bytes', () => {
      const { length } = sample
      fc.assert(
        fc.property(damaged(sample), (bytes) => {
          const found = read(bytes)
          if (isRefusal(found)) assert.ok(found.code)
        }),
        { numRuns: length > 2000 ? 150 : 400 },
      )
    })
    for (const [what, make] of Object.entries(huge)) {
      test(`refuses ${what} by code, soon and in little memory`, () => {
        const bytes = make()
        const cpu = process.cpuUsage()
        const memory = process.memoryUsage()
        const found = read(bytes)
        const after = process.memoryUsage()
        assert.ok(isRefusal(found), 'refused')
        assert.ok(process.cpuUsage(cpu).user < 10_000_000, `${process.cpuUsage(cpu).user} µs`)
        const grown = after.heapUsed + after.arrayBuffers - memory.heapUsed - memory.arrayBuffers
        assert.ok(grown < 350_000_000, `${grown} bytes`)
      })
    }
  })
}
