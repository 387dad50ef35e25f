/**
 * Receipts of every released format must verify for ever: each folder of `vectors/receipts` is checked, and the newest is
 * made again byte for byte (UPDATE_VECTORS=1 writes it when a new format is added).
 */
import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkBatchPlace, decodeBatchPath, encodeBatchPath } from './batch-path-file.ts'
import { browserSuite } from './browser-suite.ts'
import { equalBytes, fromHex, fromUtf8, toHex, utf8 } from './bytes.ts'
import { timeSeconds } from './comet/time.ts'
import { signCoseReceipt, verifyCoseReceipt } from './cose-receipt.ts'
import { encodeElementFile, showElements } from './element-file.ts'
import { type ExampleEvidence, exampleEvidence } from './example-evidence.ts'
import { encodeExportFile } from './export-file.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { pemToPublicKey, publicKeyToPem } from './public-key-pem.ts'
import { encodeReceipt } from './receipt.ts'
import { isRefusal } from './refusal.ts'
import { decodeStatement } from './statement.ts'
import { encodeTrust, fingerprintWords, trustFingerprint } from './trust.ts'
import { verifyReceipt } from './verify-receipt.ts'

const corpus = new URL('../vectors/receipts/', import.meta.url).pathname
const host = { suite, createSigner }

/** The newest folders and what they are made of. */
const NEWEST: Readonly<Record<string, ExampleEvidence>> = {
  'v1-one-organisation': exampleEvidence(host, { organisations: ['first-hospital'] }),
  'v1-four-organisations': exampleEvidence(host, {
    organisations: ['first-hospital', 'second-hospital', 'third-clinic', 'health-authority'],
    powers: [5n, 1n, 3n, 4n],
    silent: [2],
  }),
}

function filesOf(example: ExampleEvidence): Readonly<Record<string, Uint8Array>> {
  const { receipt, record, trust, receiptSigner, logRoot } = example
  const shown = showElements(suite, record, ['/resource/status', '/resource/valueQuantity/value'])
  assert.ok(!isRefusal(shown) && receipt.record !== null)
  const { header } = receipt.block
  const claims = {
    issuer: record.header.organisation,
    chainId: header.chainId,
    timeSeconds: Number(timeSeconds(header.time)),
  }
  return {
    'receipt.json': utf8(encodeReceipt(receipt)),
    'record.json': utf8(encodeExportFile(record)),
    'trust.json': utf8(encodeTrust(suite, trust)),
    'elements.json': utf8(encodeElementFile(shown)),
    'receipt.cose': signCoseReceipt(claims, receipt.log, logRoot, receiptSigner),
    'receipt.leaf': utf8(toHex(receipt.statement.bytes)),
    'receipt.key.pem': utf8(publicKeyToPem(receiptSigner.publicKey)),
    'receipt.batch.json': utf8(encodeBatchPath(receipt.record)),
    'fingerprint.txt': utf8(`${fingerprintWords(trustFingerprint(suite, trust)).join(' ')}\n`),
  }
}

if (process.env.UPDATE_VECTORS === '1') {
  for (const [name, example] of Object.entries(NEWEST)) {
    mkdirSync(join(corpus, name), { recursive: true })
    for (const [file, bytes] of Object.entries(filesOf(example)))
      writeFileSync(join(corpus, name, file), bytes)
  }
}

for (const name of readdirSync(corpus)) {
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(join(corpus, name, file)))
  const text = (file: string): string => fromUtf8(read(file)) as string

  test(`the receipt of ${name} verifies, natively and as in a browser`, () => {
    const [receipt, trust] = [read('receipt.json'), read('trust.json')]
    for (const each of [suite, browserSuite]) {
      assert.equal(verifyReceipt(each, { receipt, trust, record: read('record.json') }).verified, true)
      const shown = verifyReceipt(each, { receipt, trust, elements: read('elements.json') })
      assert.equal(shown.verified, true)
      assert.equal(shown.evidence?.shown.length, 2)
    }
  })

  test(`the COSE receipt of ${name} verifies and leads from the record to its statement`, () => {
    const key = pemToPublicKey(text('receipt.key.pem'))
    const entry = fromHex(text('receipt.leaf'))
    assert.ok(key !== undefined && entry !== undefined)
    assert.ok(!isRefusal(verifyCoseReceipt(suite, read('receipt.cose'), entry, key)))
    const statement = decodeStatement(suite, entry)
    const place = decodeBatchPath(read('receipt.batch.json'))
    assert.ok(!isRefusal(statement) && !isRefusal(place))
    assert.equal(checkBatchPlace(suite, place, statement), undefined)
  })
}

for (const [name, example] of Object.entries(NEWEST)) {
  test(`${name} is made again byte for byte`, () => {
    for (const [file, bytes] of Object.entries(filesOf(example)))
      assert.ok(equalBytes(bytes, new Uint8Array(readFileSync(join(corpus, name, file)))), file)
  })
}
