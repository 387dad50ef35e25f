/** From application to exit: each step, who may take it, and what it changes for whoever takes part. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batchBody, createTestChain, signerOf } from '../../fixtures/chain.ts'
import {
  applicationBody,
  type Consortium,
  consortiumGenesis,
  createConsortium,
  keyBody,
  nodeIdOf,
  seedOf,
  validatorOf,
} from '../../fixtures/consortium.ts'
import { brokenInvariants } from '../../ledger.ts'
import { proposalOf } from '../governance/queries.ts'
import { keyOf, organisationOf } from './queries.ts'

const CREDENTIALS = new Uint8Array(32).fill(0xcc)

const review = (chain: Consortium, reviewer: string, result: 'qualified' | 'disqualified' = 'qualified') =>
  chain.tells(reviewer, 'review-qualification', { organisation: 'n1', result, credentialsHash: CREDENTIALS })

const anchor = (chain: Consortium, issuer: string) => chain.tells(issuer, 'anchor-batch', batchBody())

const standing = (chain: Consortium, id: string) => {
  const member = organisationOf(chain.view, id)
  return `${member?.status} ${member?.memberClass}`
}

test('applied, reviewed by a health authority, voted: then the organisation acts, and not before', () => {
  const chain = createConsortium()
  const keys = [
    ['statement', seedOf('n1')],
    ['validator', 41],
  ] as const
  const application = applicationBody(chain.genesisHash, 'n1', { memberClass: 'core', keys })
  assert.equal(chain.tells('ordinary', 'apply-membership', application), 'accepted')
  assert.equal(standing(chain, 'n1'), 'applied core')
  assert.equal(organisationOf(chain.view, 'n1')?.sponsor, 'ordinary')
  assert.equal(anchor(chain, 'n1'), 'statement.issuer-not-admitted')
  assert.throws(() => chain.proposes('membership.admit', { organisation: 'n1' }), /membership\.wrong-status/)
  assert.equal(review(chain, 'c2'), 'membership.not-health-authority')
  assert.equal(review(chain, 'c1'), 'accepted')
  assert.deepEqual(organisationOf(chain.view, 'n1')?.credentialsHash, CREDENTIALS)
  assert.equal(anchor(chain, 'n1'), 'statement.issuer-not-admitted')
  assert.equal(chain.ledger.validators(chain.view).length, 4)
  chain.decide('membership.admit', { organisation: 'n1' })
  assert.equal(standing(chain, 'n1'), 'active core')
  assert.equal(anchor(chain, 'n1'), 'accepted')
  const [newest] = chain.ledger.validators(chain.view).filter(({ organisation }) => organisation === 'n1')
  assert.deepEqual(newest, { organisation: 'n1', publicKey: signerOf(41).publicKey, power: 10n })
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('an application with a key that did not agree to it, or of another, is refused', () => {
  const chain = createConsortium()
  const body = applicationBody(chain.genesisHash, 'n1')
  const tell = (more: object) => chain.tells('c1', 'apply-membership', { ...body, ...more })
  assert.equal(tell({ place: '330108' }), 'membership.bad-proof')
  assert.equal(tell({ names: { zh: '冒名', en: 'Other' } }), 'membership.bad-proof')
  const [key] = body.keys
  const stolen = { purpose: 'statement', publicKey: signerOf(99).publicKey, proof: key?.proof }
  assert.equal(tell({ keys: [stolen] }), 'membership.bad-proof')
  const taken = applicationBody(chain.genesisHash, 'n1', { keys: [['statement', seedOf('c2')]] })
  assert.equal(chain.tells('c1', 'apply-membership', taken), 'membership.key-exists')
  const validating = applicationBody(chain.genesisHash, 'n1', {
    keys: [
      ['statement', seedOf('n1')],
      ['validator', 41],
    ],
  })
  assert.equal(chain.tells('c1', 'apply-membership', validating), 'membership.not-core')
})

test('an id is given once: members, applicants and the departed keep theirs', () => {
  const chain = createConsortium()
  const apply = (organisation: string, seed: number) => {
    const body = applicationBody(chain.genesisHash, organisation, { keys: [['statement', seed]] })
    return chain.tells('c1', 'apply-membership', body)
  }
  assert.equal(apply('c2', 50), 'membership.organisation-exists')
  assert.equal(apply('n1', 50), 'accepted')
  assert.equal(apply('n1', 51), 'membership.organisation-exists')
  assert.equal(chain.tells('ordinary', 'leave', { organisation: 'ordinary' }), 'accepted')
  assert.equal(apply('ordinary', 52), 'membership.organisation-exists')
})

test('who was disqualified lost its keys and may apply again with new ones', () => {
  const chain = createConsortium()
  chain.tells('c2', 'apply-membership', applicationBody(chain.genesisHash, 'n1'))
  assert.equal(review(chain, 'c1', 'disqualified'), 'accepted')
  assert.equal(keyOf(chain.view, signerOf(seedOf('n1')).keyId)?.reason, 'disqualified')
  assert.equal(review(chain, 'c1'), 'membership.wrong-status')
  const same = applicationBody(chain.genesisHash, 'n1')
  assert.equal(chain.tells('c2', 'apply-membership', same), 'membership.key-exists')
  const again = applicationBody(chain.genesisHash, 'n1', { keys: [['statement', 50]] })
  assert.equal(chain.tells('c2', 'apply-membership', again), 'accepted')
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('a reviewer judges applicants of its own jurisdiction only', () => {
  for (const [place, answer] of [
    ['33', 'accepted'],
    ['3301', 'accepted'],
    ['110101', 'membership.outside-jurisdiction'],
    ['CN', 'membership.outside-jurisdiction'],
  ] as const) {
    const chain = createConsortium()
    chain.tells('c2', 'apply-membership', applicationBody(chain.genesisHash, 'n1', { place }))
    assert.equal(review(chain, 'c1'), answer, place)
  }
})

test('an observer reads only: whatever it submits is refused and leaves no trace', () => {
  const chain = createConsortium()
  chain.tell(chain.say('c1', 'anchor-batch', batchBody()))
  const before = chain.view.dump()
  assert.equal(anchor(chain, 'observer'), 'statement.observer-reads-only')
  assert.equal(
    chain.tells('observer', 'leave', { organisation: 'observer' }),
    'statement.observer-reads-only',
  )
  assert.deepEqual(chain.view.dump(), before)
})

test('a suspended member still revokes, rotates, erases, corrects, reports and leaves, and nothing else', () => {
  const chain = createConsortium({ core: 5 })
  chain.block(chain.say('c5', 'register-key', keyBody(chain.genesisHash, 'c5', 'statement', 50)))
  chain.decide('membership.suspend', { organisation: 'c5' })
  assert.equal(standing(chain, 'c5'), 'suspended core')
  const suspended = 'statement.issuer-suspended'
  assert.equal(anchor(chain, 'c5'), suspended)
  const proposalId = chain.proposes('membership.reinstate', { organisation: 'c5' })
  assert.deepEqual(chain.vote(proposalId, 'yes', 'c5'), [suspended])
  const attest = (claim: string) => {
    const hash = new Uint8Array(32)
    return chain.tells('c5', 'attest', { subjectRef: hash, claim, valueHash: hash })
  }
  assert.equal(attest('record.seen'), suspended)
  for (const claim of ['record.erased', 'record.corrected', 'report.statutory']) {
    assert.notEqual(attest(claim), suspended, claim)
  }
  const revoke = { keyId: signerOf(50).keyId, reason: 'compromised' as const }
  assert.equal(chain.tells('c5', 'revoke-key', revoke), 'accepted')
  const { publicKey, proof } = keyBody(chain.genesisHash, 'c5', 'statement', 51)
  const rotate = { oldKeyId: signerOf(seedOf('c5')).keyId, purpose: 'statement' as const, publicKey, proof }
  assert.equal(chain.tells('c5', 'rotate-key', rotate), 'accepted')
  assert.equal(chain.tells('c5', 'leave', { organisation: 'c5' }, { signer: signerOf(51) }), 'accepted')
  assert.equal(
    chain.tells('c5', 'anchor-batch', batchBody(), { signer: signerOf(51) }),
    'statement.issuer-exited',
  )
})

test('suspended and reinstated, promoted and demoted: the validators follow', () => {
  const chain = createConsortium({ core: 5 })
  const validators = () =>
    chain.ledger
      .validators(chain.view)
      .map(({ organisation }) => organisation)
      .join()
  chain.decide('membership.suspend', { organisation: 'c3' })
  assert.equal(validators(), 'c1,c2,c4,c5')
  chain.decide('membership.reinstate', { organisation: 'c3' })
  assert.equal(validators(), 'c1,c2,c3,c4,c5')
  chain.decide('membership.change-class', { organisation: 'c2', memberClass: 'ordinary' })
  assert.equal(validators(), 'c1,c3,c4,c5')
  assert.equal(anchor(chain, 'c2'), 'accepted')
  chain.decide('membership.change-class', { organisation: 'ordinary', memberClass: 'core' })
  assert.equal(validators(), 'c1,c3,c4,c5')
  const key = keyBody(chain.genesisHash, 'ordinary', 'validator', 50)
  assert.equal(chain.tells('ordinary', 'register-key', key), 'accepted')
  assert.equal(validators(), 'c1,c3,c4,c5,ordinary')
})

test('expelled and departed members lost every key, and what they anchored stays', () => {
  const chain = createConsortium({ core: 5 })
  assert.equal(anchor(chain, 'c5'), 'accepted')
  const anchored = Object.keys(chain.view.dump('evidence'))
  chain.decide('membership.expel', { organisation: 'c5' })
  assert.equal(standing(chain, 'c5'), 'exited core')
  for (const signer of [signerOf(seedOf('c5')), validatorOf('c5')]) {
    assert.equal(keyOf(chain.view, signer.keyId)?.reason, 'exited')
  }
  assert.equal(anchor(chain, 'c5'), 'statement.issuer-exited')
  assert.deepEqual(Object.keys(chain.view.dump('evidence')), anchored)
  assert.equal(chain.tells('ordinary', 'leave', { organisation: 'ordinary' }), 'accepted')
  assert.equal(chain.tells('c2', 'leave', { organisation: 'c1' }), 'membership.not-own-organisation')
})

test('never below minValidators: leaving, revoking, suspending, demoting and expelling are refused', () => {
  const chain = createConsortium({ core: 4 })
  const few = 'membership.too-few-validators'
  assert.equal(chain.tells('c2', 'leave', { organisation: 'c2' }), few)
  const revoke = { keyId: validatorOf('c2').keyId, reason: 'lost' as const }
  assert.equal(chain.tells('c2', 'revoke-key', revoke), few)
  const organisation = 'c2'
  assert.throws(() => chain.proposes('membership.suspend', { organisation }), new RegExp(few))
  assert.throws(() => chain.proposes('membership.expel', { organisation }), new RegExp(few))
  const demotion = { organisation, memberClass: 'observer' as const }
  assert.throws(() => chain.proposes('membership.change-class', demotion), new RegExp(few))
  assert.equal(chain.ledger.validators(chain.view).length, 4)
})

test('two departures that were possible when they were proposed: the second one fails and says why', () => {
  const chain = createConsortium({ core: 5 })
  const first = chain.proposes('membership.suspend', { organisation: 'c4' })
  const second = chain.proposes('membership.suspend', { organisation: 'c5' })
  chain.vote(first, 'yes', 'c1', 'c2', 'c3', 'c4')
  assert.equal(proposalOf(chain.view, first)?.outcome, 'activated')
  chain.vote(second, 'yes', 'c1', 'c2', 'c3')
  const { outcome, failure } = proposalOf(chain.view, second) ?? {}
  assert.deepEqual([outcome, failure], ['failed', 'membership.too-few-validators'])
  assert.equal(chain.ledger.validators(chain.view).length, 4)
})

test('a lost machine: the validator key is rotated, and there is never a second one', () => {
  const chain = createConsortium()
  const { publicKey, proof } = keyBody(chain.genesisHash, 'c2', 'validator', 50)
  const register = keyBody(chain.genesisHash, 'c2', 'validator', 51)
  assert.equal(chain.tells('c2', 'register-key', register), 'membership.validator-key-exists')
  const rotate = { oldKeyId: validatorOf('c2').keyId, purpose: 'validator' as const, publicKey, proof }
  assert.equal(chain.tells('c2', 'rotate-key', rotate), 'accepted')
  const [, second] = chain.ledger.validators(chain.view)
  assert.deepEqual(second?.publicKey, signerOf(50).publicKey)
  const ordinary = keyBody(chain.genesisHash, 'ordinary', 'validator', 52)
  assert.equal(chain.tells('ordinary', 'register-key', ordinary), 'membership.not-core')
  const signed = chain.tells('c2', 'anchor-batch', batchBody(), { signer: signerOf(50) })
  assert.equal(signed, 'statement.wrong-purpose')
})

test('peers are admitted by membership: founders, then members as they announce and come and go', () => {
  const chain = createConsortium({ nodes: true })
  const admits = (id: string) => chain.ledger.admitsPeer(chain.view, nodeIdOf(id))
  assert.deepEqual(['c1', 'ordinary', 'observer', 'n1'].map(admits), [true, true, true, false])
  const endpoints = { door: '', nodes: [{ nodeId: nodeIdOf('n1'), address: 'n1.example:26656' }] }
  chain.tells('c1', 'apply-membership', applicationBody(chain.genesisHash, 'n1', { endpoints }))
  assert.equal(admits('n1'), false)
  review(chain, 'c1')
  chain.decide('membership.admit', { organisation: 'n1' })
  assert.equal(admits('n1'), true)
  assert.equal(
    chain.tells('ordinary', 'announce-endpoints', { organisation: 'ordinary', endpoints }),
    'membership.node-taken',
  )
  assert.equal(
    chain.tells('ordinary', 'announce-endpoints', { organisation: 'n1', endpoints }),
    'membership.not-own-organisation',
  )
  const moved = { door: '', nodes: [{ nodeId: nodeIdOf('n2'), address: '[::1]:26656' }] }
  assert.equal(chain.tells('n1', 'announce-endpoints', { organisation: 'n1', endpoints: moved }), 'accepted')
  assert.deepEqual(['n1', 'n2'].map(admits), [false, true])
  chain.tells('n1', 'leave', { organisation: 'n1' })
  assert.equal(admits('n2'), false)
})

test('a chain whose founders name no node admits every peer', () => {
  const chain = createConsortium()
  assert.ok(chain.ledger.admitsPeer(chain.view, nodeIdOf('n2')))
})

test('an organisation has at most 32 keys that count', () => {
  const chain = createConsortium()
  for (let i = 0; i < 30; i++) {
    const key = keyBody(chain.genesisHash, 'c2', 'receipt', 100 + i)
    assert.equal(chain.tells('c2', 'register-key', key), 'accepted')
  }
  const oneMore = keyBody(chain.genesisHash, 'c2', 'receipt', 200)
  assert.equal(chain.tells('c2', 'register-key', oneMore), 'membership.too-many-keys')
})

test('a genesis document that would not hold is refused', () => {
  const genesis = consortiumGenesis({ core: 2, nodes: true })
  const [c1, c2, ...others] = genesis.organisations
  const [first, second] = genesis.validators
  assert.ok(c1 && c2 && first && second)
  const { endpoints: _, ...nameless } = c2
  const wrong = [
    { organisations: [c1, nameless, ...others] },
    { organisations: [c1, { ...c2, endpoints: c1.endpoints }, ...others] },
    { organisations: [c1, { ...c2, memberClass: 'ordinary' as const }, ...others] },
    { validators: [first, { ...second, power: 11n }] },
    { validators: [first, { ...second, publicKey: c1.keys[0]?.publicKey ?? first.publicKey }] },
    { parameters: { maxExpirySeconds: 90_000 } },
    { parameters: { maxBlockBytes: 1 } },
  ]
  for (const part of wrong) {
    assert.throws(() => createTestChain({ ...genesis, ...part } as typeof genesis), RangeError)
  }
  assert.ok(createTestChain(genesis))
})
