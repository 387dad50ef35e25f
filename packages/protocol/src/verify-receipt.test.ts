/** Spec 5 §7: what a receipt proves, on which rung each forgery falls, and that no changed byte is ever accepted. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { browserSuite } from './browser-suite.ts'
import { fromUtf8, toBase64url, toHex, utf8 } from './bytes.ts'
import type { CanonicalText } from './canonical-text.ts'
import { encodeElementFile, showElements } from './element-file.ts'
import { decideBlock, exampleBytes, exampleEvidence } from './example-evidence.ts'
import { type ExportedRecord, encodeExportFile } from './export-file.ts'
import { chainIdOf } from './genesis.ts'
import { filled } from './golden/example-statements.ts'
import { createSigner, nodeSuite as suite } from './node-suite.ts'
import { encodeReceipt, type Receipt } from './receipt.ts'
import { isRefusal } from './refusal.ts'
import { signStatement } from './statement.ts'
import { encodeTrust, type Trust } from './trust.ts'
import type { Verification } from './verification.ts'
import type { ReceiptFiles } from './verify-files.ts'
import { verifyReceipt } from './verify-receipt.ts'

const host = { suite, createSigner }
const single = exampleEvidence(host, { organisations: ['first-hospital'] })
const four = exampleEvidence(host, {
  organisations: ['first-hospital', 'second-hospital', 'third-clinic', 'health-authority'],
  silent: [2],
})

interface Parts {
  readonly receipt: Receipt
  readonly record?: ExportedRecord | undefined
  readonly trust: Trust
}

function filesOf({ receipt, record, trust }: Parts): ReceiptFiles {
  return {
    receipt: utf8(encodeReceipt(receipt)),
    trust: utf8(encodeTrust(suite, trust)),
    ...(record === undefined ? {} : { record: utf8(encodeExportFile(record)) }),
  }
}

const verify = (parts: Parts): Verification => verifyReceipt(suite, filesOf(parts))

/** Where it fell and why: `rung code`. */
function fallOf(verification: Verification): string {
  const last = verification.rungs.at(-1)
  return verification.verified ? 'verified' : `${last?.name} ${last?.refusal?.code}`
}

function changed(change: Partial<Receipt>, from: Parts = single): Parts {
  return { ...from, receipt: { ...from.receipt, ...change } }
}

test('a receipt of one organisation verifies on every rung and is the operator’s own word', () => {
  const result = verify(single)
  assert.equal(fallOf(result), 'verified')
  assert.deepEqual(
    result.rungs.map(({ name }) => name),
    ['files', 'statement', 'record', 'batch', 'log', 'state', 'header', 'validators', 'commit', 'trust'],
  )
  assert.equal(result.witnesses, 1)
  assert.match(result.summary.en, /the operator's own word/)
  assert.match(result.summary.zh, /运营方自己的说法/)
  assert.equal(result.evidence?.issuer, 'first-hospital')
  assert.equal(result.evidence?.statementKind, 'anchor-batch')
  for (const { proved } of result.rungs) assert.ok(proved.zh !== '' && proved.en !== '')
})

test('a receipt of four organisations is witnessed by those that signed', () => {
  const result = verify(four)
  assert.equal(fallOf(result), 'verified')
  assert.deepEqual(result.organisations, ['first-hospital', 'health-authority', 'second-hospital'])
  assert.match(result.summary.en, /Witnessed by 3 organisations/)
})

test('the browser suite comes to the same verdict', () => {
  for (const parts of [single, four, changed({ log: { ...single.receipt.log, index: 12 } })]) {
    const files = filesOf(parts)
    assert.deepEqual(verifyReceipt(browserSuite, files), verifyReceipt(suite, files))
  }
})

test('without the record the commitment is checked and nothing is said of the content', () => {
  const result = verify({ receipt: single.receipt, trust: single.trust })
  assert.equal(result.verified, true)
  assert.ok(result.rungs.every(({ name }) => name !== 'record'))
})

test('a receipt for a statement itself has no batch, and proves no record', () => {
  const receipt = { ...single.receipt, record: null }
  const result = verify({ receipt, trust: single.trust })
  assert.equal(result.verified, true)
  assert.ok(result.rungs.every(({ name }) => name !== 'record' && name !== 'batch'))
  assert.equal(fallOf(verify({ ...single, receipt })), 'record receipt.not-for-record')
})

test('a receipt holds neither the secret nor anything of the content', () => {
  const text = encodeReceipt(single.receipt)
  for (const mark of [
    '李医生',
    '36.50',
    'Observation',
    toHex(single.record.secret),
    toBase64url(single.record.secret),
  ])
    assert.ok(!text.includes(mark), mark)
})

test('one element is proved without the others and without the secret', () => {
  const path = '/resource/valueQuantity/value'
  const files = filesOf({ receipt: single.receipt, trust: single.trust })
  const shown = showElements(suite, single.record, [path])
  assert.ok(!isRefusal(shown))
  const elements = encodeElementFile(shown)
  for (const mark of ['李医生', toHex(single.record.secret)]) assert.ok(!elements.includes(mark))
  const result = verifyReceipt(suite, { ...files, elements: utf8(elements) })
  assert.equal(fallOf(result), 'verified')
  assert.deepEqual(result.evidence?.shown, [{ path, value: '36.50' }])
  const fromRecord = verifyReceipt(suite, { ...filesOf(single), show: [path] })
  assert.deepEqual(fromRecord.evidence?.shown, [{ path, value: '36.50' }])
  const other = verifyReceipt(suite, { ...filesOf(single), show: ['/resource/nothing'] })
  assert.equal(fallOf(other), 'files commitment.unknown-path')
})

test('whatever bytes are given, verification answers with a code and never throws', () => {
  const files = filesOf(single)
  const names = fc.constantFrom('receipt', 'record', 'trust', 'elements' as const)
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json({ maxDepth: 5 }).map(utf8),
    fc.constantFrom('null', '[]', '{}', '"', '{"format":"meridian-receipt/2"}').map(utf8),
  )
  fc.assert(
    fc.property(names, anything, (name, bytes) => {
      const result = verifyReceipt(suite, { ...files, [name]: bytes })
      assert.equal(result.verified, false)
      assert.ok(result.rungs.at(-1)?.refusal?.code)
    }),
  )
})

test('any part of a receipt exchanged for other JSON is refused', () => {
  const files = filesOf(four)
  const text = encodeReceipt(four.receipt)
  const document = JSON.parse(text)
  const places: (readonly string[])[] = []
  const walk = (value: unknown, path: readonly string[]): void => {
    places.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, below] of Object.entries(value)) walk(below, [...path, key])
  }
  walk(document, [])
  const replacement = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, 1, 2, -1, 1.5, '', '0', '1', [], {}, 'first-hospital'),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(...places).map((path) => path.reduce((at, key) => at[key], document)),
  )
  fc.assert(
    fc.property(fc.constantFrom(...places), replacement, (path, value) => {
      const copy = { root: structuredClone(document) }
      const parents = ['root', ...path]
      const key = parents.pop() as string
      // biome-ignore lint/suspicious/noExplicitAny: walks untyped JSON
      const parent = parents.reduce((at: any, name) => at[name], copy)
      parent[key] = structuredClone(value)
      const bytes = utf8(sortedJson(copy.root))
      if (fromUtf8(bytes) === text) return
      assert.equal(verifyReceipt(suite, { ...files, receipt: bytes }).verified, false)
    }),
    { numRuns: 2000 },
  )
})

/** Members sorted, so that only the meaning is in question. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, below) =>
    typeof below === 'object' && below !== null && !Array.isArray(below)
      ? Object.fromEntries(Object.entries(below).sort(([a], [b]) => (a < b ? -1 : 1)))
      : below,
  )
}

test('each forgery falls on its own rung', () => {
  const { receipt, record, trust } = single
  const { block, log, statement } = receipt
  const place = receipt.record
  assert.ok(place !== null)
  const other = exampleBytes(suite, 'other')
  const otherSigner = createSigner(other)
  const falls: [string, Parts][] = [
    [
      'record record.altered',
      { ...single, record: { ...record, content: record.content.replace('36.50', '36.5') as CanonicalText } },
    ],
    ['record record.altered', { ...single, record: { ...record, secret: other } }],
    ['record record.altered', { ...single, record: { ...record, header: { ...record.header, version: 3 } } }],
    [
      'record record.other-organisation',
      { ...single, record: { ...record, header: { ...record.header, organisation: 'second-hospital' } } },
    ],
    [
      'record receipt.wrong-chain',
      { ...single, record: { ...record, header: { ...record.header, genesisHash: other } } },
    ],
    ['record receipt.record-differs', { ...single, record: { ...record, commitment: other } }],
    [
      'batch receipt.not-in-batch',
      { ...changed({ record: { ...place, commitment: other } }), record: undefined },
    ],
    ['batch receipt.not-in-batch', changed({ record: { ...place, index: 6 } })],
    ['batch receipt.not-in-batch', changed({ record: { ...place, path: place.path.slice(1) } })],
    [
      'statement receipt.bad-statement',
      changed({ statement: { ...statement, publicKey: otherSigner.publicKey } }),
    ],
    ['statement statement.wrong-tag', changed({ statement: { ...statement, bytes: Uint8Array.of(0) } })],
    ['log receipt.not-in-log', changed({ log: { ...log, path: log.path.slice(1) } })],
    ['log receipt.not-in-log', changed({ log: { ...log, index: 21 } })],
    ['state receipt.wrong-app-hash', changed({ log: { ...log, index: 12 } })],
    // The path alone fits a log of another size too: the app hash binds the size.
    ['state receipt.wrong-app-hash', changed({ log: { ...log, size: 22 } })],
    ['state receipt.wrong-app-hash', changed({ subRoots: [...receipt.subRoots].reverse() })],
    ['state receipt.wrong-app-hash', changed({ subRoots: receipt.subRoots.slice(1) })],
    [
      'header receipt.wrong-header',
      changed({ block: { ...block, header: { ...block.header, time: block.header.time + 1n } } }),
    ],
    [
      'validators receipt.wrong-validators',
      changed({ block: { ...block, validators: [{ publicKey: otherSigner.publicKey, power: 1n }] } }),
    ],
    [
      'validators receipt.wrong-validators',
      changed({ block: { ...block, validators: [...block.validators, ...block.validators] } }),
    ],
    ['commit receipt.bad-signature', changed({ block: { ...block, commit: { ...block.commit, round: 1 } } })],
    [
      'commit receipt.wrong-validators',
      changed({ block: { ...block, commit: { ...block.commit, signatures: [null, null] } } }),
    ],
    [
      'commit receipt.too-little-power',
      changed({ block: { ...block, commit: { ...block.commit, signatures: [null] } } }),
    ],
    [
      'trust receipt.wrong-chain',
      {
        ...single,
        trust: {
          anchors: trust.anchors.map((a) => ({ ...a, chainId: a.chainId.replace('example', 'another') })),
        },
      },
    ],
  ]
  for (const [fall, parts] of falls) assert.equal(fallOf(verify(parts)), fall)
})

test('a statement signed by another key than the one it names is refused', () => {
  const { statement, receipt } = { statement: single.receipt.statement, receipt: single.receipt }
  const bytes = statement.bytes.slice()
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
  assert.equal(
    fallOf(verify({ ...single, receipt: { ...receipt, statement: { ...statement, bytes } } })),
    'statement statement.bad-signature',
  )
})

test('a commitment copied into another organisation’s batch does not become theirs', () => {
  const thief = exampleEvidence(host, { organisations: ['second-hospital'] })
  const copied = { ...thief, record: single.record }
  assert.equal(fallOf(verify(copied)), 'record record.other-organisation')
})

test('what was sealed before a handover and anchored after it verifies; sealed for any other chain it does not', () => {
  const old = exampleBytes(suite, 'genesis of the chain before')
  const late = exampleEvidence(host, { organisations: ['first-hospital'], sealedFor: old })
  const [now] = late.trust.anchors
  assert.ok(now !== undefined)
  // Another chain may have an organisation of the same name: it is the genesis that tells them apart.
  const chain = (genesisHash: Uint8Array) => ({
    ...now,
    chainId: chainIdOf('example', genesisHash),
    genesisHash,
  })
  const [before, older, stranger] = [chain(old), chain(filled(1)), chain(filled(2))]
  const told = (anchors: Trust['anchors']) => fallOf(verify({ ...late, trust: { anchors } }))
  assert.equal(told([now, before]), 'verified')
  assert.equal(told([now, older, before]), 'verified')
  assert.equal(told([now]), 'record receipt.wrong-chain')
  assert.equal(told([now, stranger]), 'record receipt.wrong-chain')
  assert.equal(
    told([before, now]),
    'record receipt.wrong-chain',
    'a chain does not anchor for the one after it',
  )
})

test('elements of what was sealed before a handover are proved as the record is', () => {
  const old = exampleBytes(suite, 'genesis of the chain before')
  const late = exampleEvidence(host, { organisations: ['first-hospital'], sealedFor: old })
  const [now] = late.trust.anchors
  const shown = showElements(suite, late.record, ['/resource/status'])
  assert.ok(now !== undefined && !isRefusal(shown))
  const elements = utf8(encodeElementFile(shown))
  const told = (trust: Trust) =>
    fallOf(verifyReceipt(suite, { ...filesOf({ receipt: late.receipt, trust }), elements }))
  const before = { ...now, chainId: chainIdOf('example', old), genesisHash: old }
  assert.equal(told({ anchors: [now, before] }), 'verified')
  assert.equal(told({ anchors: [now] }), 'record receipt.wrong-chain')
})

test('a statement of another kind anchors no record', () => {
  const { record, trust, statementSigner, receipt } = single
  const bytes = signStatement(
    suite,
    {
      issuer: 'first-hospital',
      subject: `key:${toHex(statementSigner.keyId)}`,
      genesisHash: record.header.genesisHash,
      expirySeconds: 1_780_086_400n,
      uniqueId: new Uint8Array(16),
      kind: 'revoke-key',
      body: { keyId: statementSigner.keyId, reason: 'lost' },
    },
    statementSigner,
  )
  const parts = { receipt: { ...receipt, statement: { ...receipt.statement, bytes } }, trust }
  assert.equal(fallOf(verify(parts)), 'batch receipt.not-for-record')
})

test('a nil vote is checked and counts nothing', () => {
  const { receipt, trust, validatorSigners } = four
  const { block } = receipt
  const order = block.validators.map(({ publicKey }) =>
    validatorSigners.find((signer) => toHex(signer.publicKey) === toHex(publicKey)),
  )
  const whole = decideBlock(suite, block.header, block.validators, order)
  assert.equal(fallOf(verify({ receipt: { ...receipt, block: whole }, trust })), 'verified')
  const signatures = whole.commit.signatures.map((entry, i) =>
    i === 0 && entry !== null ? { ...entry, vote: 'nil' as const } : entry,
  )
  const nil = { ...whole, commit: { ...whole.commit, signatures } }
  assert.equal(fallOf(verify({ receipt: { ...receipt, block: nil }, trust })), 'commit receipt.bad-signature')
})
