/** Whose key is whose: register, rotate, revoke. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  batchBody,
  createTestChain,
  registerBody,
  rotateBody,
  say,
  signerOf,
  type TestChain,
} from '../../fixtures/chain.ts'
import { brokenInvariants } from '../../ledger.ts'
import { keyOf, organisationOf } from './queries.ts'

const anchorWith = (chain: TestChain, seed: number): string =>
  chain.tell(say('hospital', 'anchor-batch', batchBody(), { signer: signerOf(seed) }))

test('the genesis document makes the first members and keys', () => {
  const { view } = createTestChain()
  assert.equal(organisationOf(view, 'hospital')?.nameZh, '示例医院')
  assert.equal(organisationOf(view, 'hospital')?.activeSigningKeys, 1)
  assert.equal(keyOf(view, signerOf(3).keyId)?.purpose, 'receipt')
  assert.deepEqual(brokenInvariants(view), [])
})

test('a registered key signs from its place in the block on', () => {
  const chain = createTestChain()
  const results = chain.block(
    say('hospital', 'anchor-batch', batchBody(), { signer: signerOf(20) }),
    say('hospital', 'register-key', registerBody('hospital', signerOf(20))),
    say('hospital', 'anchor-batch', batchBody(), { signer: signerOf(20) }),
  )
  assert.deepEqual(
    results.map((result) => result?.code),
    ['statement.unknown-key', undefined, undefined],
  )
  assert.equal(organisationOf(chain.view, 'hospital')?.activeSigningKeys, 2)
})

test('nobody registers a key for another organisation', () => {
  const chain = createTestChain()
  const statement = say('hospital', 'register-key', registerBody('clinic', signerOf(20)))
  assert.equal(chain.tell(statement), 'membership.not-own-organisation')
})

test('a key is registered once for the whole chain, and never again after it ended', () => {
  const chain = createTestChain()
  const register = (organisation: string) =>
    chain.tell(say(organisation, 'register-key', registerBody(organisation, signerOf(20))))
  assert.equal(register('hospital'), 'accepted')
  assert.equal(register('clinic'), 'membership.key-exists')
  assert.equal(
    chain.tell(say('hospital', 'revoke-key', { keyId: signerOf(20).keyId, reason: 'lost' })),
    'accepted',
  )
  assert.equal(register('hospital'), 'membership.key-exists')
})

test('a key whose holder did not agree, or agreed to something else, is refused', () => {
  const chain = createTestChain()
  const body = registerBody('hospital', signerOf(20))
  const stolen = { ...body, publicKey: signerOf(21).publicKey }
  assert.equal(chain.tell(say('hospital', 'register-key', stolen)), 'membership.bad-proof')
  const otherPurpose = { ...body, purpose: 'receipt' as const }
  assert.equal(chain.tell(say('hospital', 'register-key', otherPurpose)), 'membership.bad-proof')
})

test('a point of small order is no key', () => {
  const chain = createTestChain()
  const body = { ...registerBody('hospital', signerOf(20)), publicKey: new Uint8Array(32) }
  body.publicKey[0] = 1
  assert.equal(chain.tell(say('hospital', 'register-key', body)), 'membership.key-unacceptable')
})

test('rotation ends the old key and begins the new one in one step', () => {
  const chain = createTestChain()
  const body = rotateBody('hospital', signerOf(1).keyId, signerOf(20))
  assert.equal(chain.tell(say('hospital', 'rotate-key', body)), 'accepted')
  assert.equal(anchorWith(chain, 1), 'statement.revoked-key')
  assert.equal(anchorWith(chain, 20), 'accepted')
  assert.deepEqual(keyOf(chain.view, signerOf(1).keyId)?.reason, 'rotated')
  assert.equal(keyOf(chain.view, signerOf(1).keyId)?.revokedHeight, 1n)
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('a key is replaced only by one of its own purpose and only by its own organisation', () => {
  const chain = createTestChain()
  const rotate = (keyId: Uint8Array, purpose: 'statement' | 'receipt') =>
    chain.tell(say('hospital', 'rotate-key', rotateBody('hospital', keyId, signerOf(20), purpose)))
  assert.equal(rotate(signerOf(3).keyId, 'statement'), 'membership.wrong-purpose')
  assert.equal(rotate(signerOf(2).keyId, 'statement'), 'membership.unknown-key')
  assert.equal(rotate(signerOf(99).keyId, 'statement'), 'membership.unknown-key')
  assert.equal(rotate(signerOf(3).keyId, 'receipt'), 'accepted')
})

test('a revoked key signs no more, and cannot be revoked or rotated again', () => {
  const chain = createTestChain()
  chain.block(say('hospital', 'register-key', registerBody('hospital', signerOf(20))))
  const revoke = { keyId: signerOf(20).keyId, reason: 'compromised' as const }
  assert.equal(chain.tell(say('hospital', 'revoke-key', revoke)), 'accepted')
  assert.equal(anchorWith(chain, 20), 'statement.revoked-key')
  assert.equal(chain.tell(say('hospital', 'revoke-key', revoke)), 'membership.key-revoked')
  const rotate = rotateBody('hospital', signerOf(20).keyId, signerOf(21))
  assert.equal(chain.tell(say('hospital', 'rotate-key', rotate)), 'membership.key-revoked')
})

test('nobody locks themselves out: the last signing key is rotated, not revoked', () => {
  const chain = createTestChain()
  const revoke = (seed: number) =>
    chain.tell(say('hospital', 'revoke-key', { keyId: signerOf(seed).keyId, reason: 'retired' }))
  assert.equal(revoke(1), 'membership.last-key')
  assert.equal(revoke(3), 'accepted')
  chain.block(say('hospital', 'register-key', registerBody('hospital', signerOf(20))))
  assert.equal(revoke(20), 'accepted')
  assert.equal(revoke(2), 'membership.unknown-key')
})
