/** Proven double signing: power gone at once, a record for ever, the rest by vote. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Consortium, createConsortium, keyBody, validatorOf } from '../../fixtures/consortium.ts'
import { brokenInvariants } from '../../ledger.ts'
import type { Misbehaviour } from '../../misbehaviour.ts'
import { doubleSignings, keyOf, organisationOf } from './queries.ts'

const proof = (organisation: string, height = 3n): Misbehaviour => ({
  kind: 'duplicate-vote',
  validatorAddress: validatorOf(organisation).keyId.subarray(0, 20),
  height,
  timeSeconds: 1_772_323_203n,
})

const validators = (chain: Consortium) =>
  chain.ledger.validators(chain.view).map(({ organisation }) => organisation)

test('the validator loses its power in the block of the evidence, also below minValidators', () => {
  const chain = createConsortium()
  chain.blockWith([proof('c2')])
  assert.deepEqual(validators(chain), ['c1', 'c3', 'c4'])
  assert.equal(keyOf(chain.view, validatorOf('c2').keyId)?.reason, 'double-signing')
  assert.deepEqual(doubleSignings(chain.view), [
    {
      kind: 'duplicate-vote',
      organisation: 'c2',
      keyId: validatorOf('c2').keyId,
      height: 3n,
      timeSeconds: 1_772_323_203n,
      carriedHeight: 1n,
      barred: true,
    },
  ])
  assert.equal(organisationOf(chain.view, 'c2')?.status, 'active')
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('a barred member gets no validator key before the others restore it by vote', () => {
  const chain = createConsortium({ core: 5 })
  chain.blockWith([proof('c2')])
  const key = keyBody(chain.genesisHash, 'c2', 'validator', 50)
  assert.equal(chain.tells('c2', 'register-key', key), 'membership.barred')
  assert.throws(
    () => chain.proposes('membership.restore-validator', { organisation: 'c3' }),
    /membership\.not-barred/,
  )
  chain.decide('membership.restore-validator', { organisation: 'c2' })
  assert.equal(chain.tells('c2', 'register-key', key), 'accepted')
  assert.deepEqual(validators(chain), ['c1', 'c2', 'c3', 'c4', 'c5'])
})

test('a key that was rotated since does not save its holder', () => {
  const chain = createConsortium({ core: 5 })
  const { publicKey, proof: agreed } = keyBody(chain.genesisHash, 'c2', 'validator', 50)
  const rotate = {
    oldKeyId: validatorOf('c2').keyId,
    purpose: 'validator' as const,
    publicKey,
    proof: agreed,
  }
  assert.equal(chain.tells('c2', 'rotate-key', rotate), 'accepted')
  chain.blockWith([proof('c2')])
  assert.deepEqual(validators(chain), ['c1', 'c3', 'c4', 'c5'])
  assert.equal(keyOf(chain.view, validatorOf('c2').keyId)?.reason, 'rotated')
})

test('the same evidence counts once, that of another height again, and that of no key of ours never', () => {
  const chain = createConsortium({ core: 5 })
  chain.blockWith([proof('c2'), proof('c2')])
  chain.blockWith([proof('c2'), proof('c2', 4n), proof('n2')])
  const records = doubleSignings(chain.view).map(
    ({ height, carriedHeight }) => `${height} in ${carriedHeight}`,
  )
  assert.deepEqual(records, ['3 in 1', '4 in 2'])
})

test('the last validator is recorded and spared: nobody would order the blocks any more', () => {
  const chain = createConsortium({ core: 2 })
  chain.blockWith([proof('c1'), proof('c2')])
  assert.deepEqual(validators(chain), ['c2'])
  assert.deepEqual(
    doubleSignings(chain.view)
      .map(({ organisation, barred }) => `${organisation} ${barred}`)
      .sort(),
    ['c1 true', 'c2 false'],
  )
})
