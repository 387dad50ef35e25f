/** A gateway that anchors two different version 2 of one record, on a real ledger: `meridian verify --against` shows it once both are opened. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { recordReceipt, signForLedger } from '@meridian/client'
import type { Engine } from '@meridian/engine'
import {
  buildBatchTree,
  buildCommitment,
  type CommitmentHeader,
  canonicalTextOf,
  type ExportedRecord,
  encodeExportFile,
  encodeReceipt,
  encodeTrust,
  isRefusal,
} from '@meridian/protocol'
import { randomBytes, nodeSuite as suite } from '@meridian/protocol/node'
import { batchBody, createTestLedger, genesis, hospital } from '../src/ledger-door/fixtures/test-ledger.ts'
import { receiptEvidence } from '../src/ledger-door/receipt-evidence.ts'
import { trustOf } from '../src/wiring/trust-of.ts'
import { folderFor, meridian } from './meridian-process.ts'

const header: CommitmentHeader = {
  suite: 'ed25519-sha256',
  genesisHash: hospital.genesisHash,
  organisation: hospital.organisation,
  handle: randomBytes(16),
  version: 2,
  previous: randomBytes(32),
  kind: 'Observation',
  standardsSetHash: new Uint8Array(32),
}

/** Version 2 of the record, with this value in it. */
function versionTwo(value: number): ExportedRecord {
  const content = canonicalTextOf({ provenance: {}, resource: { resourceType: 'Observation', value } })
  const secret = randomBytes(32)
  return { header, content, secret, commitment: buildCommitment(suite, header, content, secret).root }
}

/** Anchors it as a gateway does; answers the text of its receipt. */
async function anchor(engine: Engine, { commitment }: ExportedRecord): Promise<string> {
  const batch = buildBatchTree(suite, [commitment], randomBytes)
  const body = batchBody(batch.root)
  const blockTimeSeconds = engine.status().time / 1_000_000_000n
  const answer = await engine.submit(
    signForLedger(hospital, { kind: 'anchor-batch', body, blockTimeSeconds }).bytes,
  )
  assert.ok(!isRefusal(answer))
  const receipt = receiptEvidence({ engine, suite }, { statementId: answer.statementId })
  assert.ok(!isRefusal(receipt))
  return encodeReceipt(recordReceipt(receipt, { commitment, index: 0, path: batch.pathOf(0) }))
}

async function filesIn(t: TestContext): Promise<string> {
  const ledger = createTestLedger()
  const folder = folderFor(t)
  t.after(() => ledger.remove())
  const engine = await ledger.open()
  for (const [name, value] of [
    ['one', 36.5],
    ['two', 39.5],
  ] as const) {
    const record = versionTwo(value)
    writeFileSync(join(folder, `${name}.json`), await anchor(engine, record))
    writeFileSync(join(folder, `${name}.record.json`), encodeExportFile(record))
  }
  writeFileSync(join(folder, 'trust.json'), encodeTrust(suite, trustOf(suite, [genesis])))
  await engine.close()
  return folder
}

test('the ledger takes both, and whoever has both records shows the contradiction', async (t) => {
  const folder = await filesIn(t)
  const at = (name: string) => join(folder, name)
  const one = [at('one.json'), '--trust', at('trust.json'), '--record', at('one.record.json')]
  assert.equal((await meridian(['verify', ...one])).code, 0)
  const against = ['--against', at('two.json'), '--against-record', at('two.record.json')]
  const { code, out } = await meridian(['verify', ...one, ...against])
  assert.equal(code, 1)
  assert.match(out, /hospital anchored two different version 2 of one record[\s\S]*矛盾/)
  const plain = await meridian(['verify', ...one, ...against, '--json'])
  assert.equal(JSON.parse(plain.out).kind, 'same-version')
  const itself = ['--against', at('one.json'), '--against-record', at('one.record.json')]
  assert.equal((await meridian(['verify', ...one, ...itself])).code, 0)
  const unopened = await meridian(['verify', ...one, '--against', at('two.json')])
  assert.equal(unopened.code, 1)
  assert.match(unopened.out, /--against-record/)
})
