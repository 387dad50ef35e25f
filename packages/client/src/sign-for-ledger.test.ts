/** A statement made by the client is one that the ledger reads. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeStatement, isRefusal } from '@meridian/protocol'
import { createSigner, nodeSuite, randomBytes } from '@meridian/protocol/node'
import { type SigningIdentity, signForLedger } from './sign-for-ledger.ts'

const identity: SigningIdentity = {
  suite: nodeSuite,
  signer: createSigner(new Uint8Array(32).fill(1)),
  organisation: 'hospital',
  genesisHash: new Uint8Array(32).fill(2),
  newUniqueId: () => randomBytes(16),
}

const body = { subjectRef: new Uint8Array(32), claim: 'seen', valueHash: new Uint8Array(32) }

test('a signed statement says what was meant, by whom, until when', () => {
  const signed = signForLedger(identity, { kind: 'attest', body, blockTimeSeconds: 1_000n })
  const statement = decodeStatement(nodeSuite, signed.bytes)
  assert.ok(!isRefusal(statement))
  assert.equal(statement.issuer, 'hospital')
  assert.equal(statement.expirySeconds, 4_600n)
  assert.equal(signed.expirySeconds, 4_600n)
  assert.deepEqual(statement.id, signed.statementId)
  assert.deepEqual(statement.body, body)
})

test('two statements of the same content are two statements', () => {
  const [a, b] = [0, 1].map(() => signForLedger(identity, { kind: 'attest', body, blockTimeSeconds: 0n }))
  assert.notDeepEqual(a?.statementId, b?.statementId)
})

test('a body that its kind does not allow is a bug of the caller', () => {
  const wrong = { ...body, subjectRef: new Uint8Array(3) }
  assert.throws(
    () => signForLedger(identity, { kind: 'attest', body: wrong, blockTimeSeconds: 0n }),
    RangeError,
  )
})
