/** The encodings of state never drift: a fixed chain gives the state in `vectors/state.json`, byte for byte. CONSENSUS. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type {
  ProposalActions,
  ProposalKind,
  StatementBodies,
  StatementKind,
  VoteChoice,
} from '@meridian/protocol'
import {
  batchBody,
  createTestChain,
  GENESIS_SECONDS,
  idOf,
  registerBody,
  rotateBody,
  type SayOptions,
  say,
  signerOf,
} from './fixtures/chain.ts'
import {
  applicationBody,
  createConsortium,
  nodeIdOf,
  proposeBody,
  validatorOf,
} from './fixtures/consortium.ts'

const VECTOR = join(import.meta.dirname, '..', 'vectors', 'state.json')
const STANDARDS = join(import.meta.dirname, '..', 'vectors', 'standards-state.json')
const CONSORTIUM = join(import.meta.dirname, '..', 'vectors', 'consortium-state.json')

/** One statement of every kind, a refused one, and one whose unique id has been swept. */
function fixedChain(): Record<string, string> {
  const chain = createTestChain()
  let n = 100
  const fixed = (more: SayOptions = {}): SayOptions => ({ uniqueId: idOf(n++), ...more })
  const short = { expirySeconds: GENESIS_SECONDS + 2n }
  chain.block(
    say('hospital', 'anchor-batch', batchBody(idOf(1)), fixed()),
    say('hospital', 'anchor-batch', batchBody(idOf(1)), fixed(short)),
    say('clinic', 'anchor-batch', batchBody(idOf(1)), fixed()),
  )
  const totals = { day: '2026-03-01', totals: [{ dimension: 'all', code: 'records', count: null }] } as const
  const claim = {
    subjectRef: new Uint8Array(32).fill(4),
    claim: 'seen',
    valueHash: new Uint8Array(32).fill(5),
  }
  const artefact = { id: 'maps/sex', version: '1.0.0', contentHash: new Uint8Array(32).fill(6), kind: 'map' }
  chain.block(
    say('hospital', 'record-daily-totals', totals, fixed()),
    say('clinic', 'attest', claim, fixed()),
    say('clinic', 'publish-artefact', artefact, fixed()),
  )
  chain.block(say('hospital', 'register-key', registerBody('hospital', signerOf(40)), fixed()))
  chain.block(say('hospital', 'rotate-key', rotateBody('hospital', signerOf(1).keyId, signerOf(41)), fixed()))
  const signer = signerOf(40)
  chain.block(say('hospital', 'revoke-key', { keyId: signerOf(41).keyId, reason: 'lost' }, fixed({ signer })))
  return chain.view.dump()
}

/** A member's whole life, a double signing and proposals of every outcome that is stored. */
function fixedConsortium(): Record<string, string> {
  const chain = createConsortium({ core: 5, nodes: true })
  let n = 500
  const tell = <K extends StatementKind>(issuer: string, kind: K, body: StatementBodies[K]): void => {
    const expirySeconds = GENESIS_SECONDS + 3_600n
    assert.equal(chain.tells(issuer, kind, body, { uniqueId: idOf(n++), expirySeconds }), 'accepted')
  }
  const ask = <K extends ProposalKind>(
    kind: K,
    action: ProposalActions[K],
    more: Partial<StatementBodies['propose']> = {},
  ): Uint8Array => {
    const proposalId = idOf(n++)
    const deadlineSeconds = GENESIS_SECONDS + 7_200n
    tell('c1', 'propose', proposeBody(kind, action, { proposalId, deadlineSeconds, ...more }))
    return proposalId
  }
  const vote = (proposalId: Uint8Array, choice: VoteChoice, ...voters: string[]): void => {
    for (const voter of voters) tell(voter, 'vote', { proposalId, choice })
  }
  const endpoints = {
    door: 'https://n1.example',
    nodes: [{ nodeId: nodeIdOf('n1'), address: 'n1.example:26656' }],
  }
  tell('c2', 'apply-membership', applicationBody(chain.genesisHash, 'n1'))
  tell('c2', 'apply-membership', applicationBody(chain.genesisHash, 'n2'))
  const credentialsHash = new Uint8Array(32).fill(0xcc)
  tell('c1', 'review-qualification', { organisation: 'n1', result: 'qualified', credentialsHash })
  vote(ask('membership.admit', { organisation: 'n1' }), 'yes', 'c1', 'c2', 'c3', 'c4')
  tell('n1', 'announce-endpoints', { organisation: 'n1', endpoints })
  vote(ask('membership.suspend', { organisation: 'n1' }), 'no', 'c2', 'c3')
  vote(
    ask('upgrade', { version: 2, retireHeight: 900n }, { activationHeight: 800n }),
    'yes',
    'c1',
    'c2',
    'c3',
    'c4',
  )
  tell('c1', 'withdraw-proposal', {
    proposalId: ask('parameters.change', { name: 'maxBlockBytes', value: 1_048_576 }),
  })
  vote(ask('membership.expel', { organisation: 'c5' }), 'abstain', 'c5')
  tell('ordinary', 'leave', { organisation: 'ordinary' })
  const validatorAddress = validatorOf('c5').keyId.subarray(0, 20)
  chain.blockWith([
    { kind: 'duplicate-vote', validatorAddress, height: 7n, timeSeconds: GENESIS_SECONDS + 7n },
  ])
  return chain.view.dump()
}

/** A standard that came into force by votes with equal evidence, runs somewhere, is to change, and disagrees with another. */
function fixedStandards(): Record<string, string> {
  const chain = createConsortium()
  let n = 900
  const tell = <K extends StatementKind>(issuer: string, kind: K, body: StatementBodies[K]): void => {
    const expirySeconds = GENESIS_SECONDS + 3_600n
    assert.equal(chain.tells(issuer, kind, body, { uniqueId: idOf(n++), expirySeconds }), 'accepted')
  }
  const hash = (value: number): Uint8Array => new Uint8Array(32).fill(value)
  const first = { id: 'maps/sex', version: '1.0.0' }
  const second = { id: 'maps/sex', version: '1.1.0' }
  for (const name of [first, second]) {
    tell('c2', 'register-artefact', {
      ...name,
      kind: 'concept-map',
      layer: 'technical',
      steward: 'c2',
      jurisdiction: ['33'],
      effective: { from: '2026-01-01', to: '2030-12-31' },
      dependencies: [],
      implements: 'GB/T 2261.1-2003',
      licence: { name: 'CC-BY-4.0', shared: true },
      contentHash: hash(1),
      vectorsHash: hash(2),
    })
  }
  for (const [kind, retireHeight] of [
    ['artefact.trial', 0n],
    ['artefact.activate', 0n],
    ['artefact.retire', 900n],
  ] as const) {
    const proposalId = idOf(n++)
    const action = kind === 'artefact.trial' ? first : { ...first, retireHeight }
    const deadlineSeconds = GENESIS_SECONDS + 7_200n
    tell('c1', 'propose', proposeBody(kind, action as never, { proposalId, deadlineSeconds }))
    const evidence = (value: number) => (kind === 'artefact.retire' ? {} : { evidence: hash(value) })
    if (kind === 'artefact.trial') tell('c4', 'vote', { proposalId, choice: 'yes', ...evidence(8) })
    for (const voter of ['c1', 'c2', 'c3']) tell(voter, 'vote', { proposalId, choice: 'yes', ...evidence(7) })
  }
  tell('ordinary', 'adopt-artefact', { ...first, use: 'adopt', day: '2026-04-01' })
  tell('ordinary', 'adopt-artefact', { ...first, use: 'stop', day: '2026-05-01' })
  const [requestId, conflictId] = [idOf(1), idOf(2)]
  const request = { requestId, artefactId: first.id, baseVersion: '1.0.0', textHash: hash(3) }
  tell('ordinary', 'request-change', { ...request, role: 'clinical' })
  tell('c3', 'comment-change', { requestId, commentHash: hash(4), stance: 'oppose', role: 'it' })
  tell('c2', 'answer-change', { requestId, answer: 'accepted', version: '1.1.0', reason: null })
  const answers = { firstAnswerHash: hash(5), secondAnswerHash: hash(6), evidenceHash: hash(7) }
  tell('c4', 'report-conflict', { conflictId, first, second, inputHash: hash(8), ...answers })
  tell('c1', 'assign-conflict', { conflictId, organisation: 'c2' })
  tell('c2', 'resolve-conflict', { conflictId, resolution: 'corrected', result: second })
  return chain.view.dump()
}

// `UPDATE_VECTORS=1` writes the file instead; a change in it is a line under State-breaking in the changelog.
if (process.env.UPDATE_VECTORS === '1') {
  writeFileSync(VECTOR, `${JSON.stringify(fixedChain(), null, 1)}\n`)
  writeFileSync(STANDARDS, `${JSON.stringify(fixedStandards(), null, 1)}\n`)
  writeFileSync(CONSORTIUM, `${JSON.stringify(fixedConsortium(), null, 1)}\n`)
}

test('a fixed chain gives the state that it always gave', () => {
  assert.deepEqual(fixedChain(), JSON.parse(readFileSync(VECTOR, 'utf8')))
})

test('a fixed consortium gives the state that it always gave', () => {
  assert.deepEqual(fixedConsortium(), JSON.parse(readFileSync(CONSORTIUM, 'utf8')))
})

test('standards through their states give the state that they always gave', () => {
  assert.deepEqual(fixedStandards(), JSON.parse(readFileSync(STANDARDS, 'utf8')))
})
