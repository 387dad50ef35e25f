/** A batch whose statement was signed by a key that has ended since, with the real outbox. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decodeStatement, equalBytes, isRefusal, refuse, type Signer } from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'
import { openTestDoor, type TestDoor } from '../../fixtures/fhir-door.ts'
import type { AnchorLedger } from './anchor-ledger.ts'
import { settleBatch } from './settle-batch.ts'
import { type Signing, signFor } from './sign-statement.ts'

const [old, next] = [createSigner(randomBytes(32)), createSigner(randomBytes(32))]

const signingWith = (signer: Signer): Signing => ({
  suite: nodeSuite,
  signer,
  organisationId: 'hospital-a',
  genesisHash: new Uint8Array(32),
  newUniqueId: () => randomBytes(16),
})

/** A ledger on which only the `active` key counts. */
function ledgerOf(active: Signer) {
  const accepted: Uint8Array[] = []
  const ledger: AnchorLedger = {
    async submit(bytes) {
      const statement = decodeStatement(nodeSuite, bytes)
      assert.ok(!isRefusal(statement))
      if (!equalBytes(statement.keyId, active.keyId)) return refuse('membership', 'statement.revoked-key')
      accepted.push(statement.id)
      return undefined
    },
    async locate(id) {
      const height = accepted.findIndex((one) => equalBytes(one, id))
      return height < 0 ? undefined : { height: BigInt(height + 1), blockTimeSeconds: 100n }
    },
    blockTimeSeconds: async () => 100n,
  }
  return { ledger, accepted }
}

let door: TestDoor
before(async () => {
  door = await openTestDoor()
})
after(() => door.close())

async function batchSignedByOld(id: string) {
  assert.equal((await door.send('PUT', `/Patient/${id}`, { resourceType: 'Patient', id })).status, 201)
  const { outbox } = door.vault
  const batch = await outbox.openBatch(100)
  assert.ok(batch)
  const { batchId, day, standardsSetHash, root, size } = batch
  const body = { batchId, day, standardsSetHash, root, size }
  await outbox.saveStatement(batchId, signFor(signingWith(old), 'anchor-batch', body, 50n))
  const again = await outbox.batch(batchId)
  assert.ok(again)
  return again
}

test('a statement of a key that has ended is replaced at once by one of the key that counts, and anchored once', async () => {
  const batch = await batchSignedByOld('p1')
  const { ledger, accepted } = ledgerOf(next)
  const parts = { outbox: door.vault.outbox, ledger, signing: signingWith(next) }
  const settled = await settleBatch(batch, { ...parts, signal: AbortSignal.timeout(60_000) })
  assert.equal(settled.kind, 'final')
  assert.equal(accepted.length, 1)
  assert.equal((await door.vault.outbox.unfinished()).length, 0)
})

test('when the key in use has ended itself the refusal is told, not tried for ever', async () => {
  const batch = await batchSignedByOld('p2')
  const { ledger } = ledgerOf(next)
  const parts = { outbox: door.vault.outbox, ledger, signing: signingWith(old) }
  const settled = await settleBatch(batch, { ...parts, signal: AbortSignal.timeout(60_000) })
  assert.ok(settled.kind === 'refused')
  assert.equal(settled.refusal.code, 'statement.revoked-key')
})
