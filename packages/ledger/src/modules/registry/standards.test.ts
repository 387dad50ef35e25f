/** Standards through their states, who runs them, what is asked of them, and where they disagree. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProposalActions, RegisterArtefact } from '@meridian/protocol'
import { freshId } from '../../fixtures/chain.ts'
import { type Consortium, createConsortium } from '../../fixtures/consortium.ts'
import { brokenInvariants } from '../../ledger.ts'
import { pendingQuestions, proposalOf } from '../governance/queries.ts'
import {
  adoptions,
  changeRequests,
  commentsTo,
  conflicts,
  inForce,
  registeredVersions,
  shownState,
  shownStatus,
} from './queries.ts'

const ID = 'meridian.data-set.chemotherapy'
const hash = (value: number): Uint8Array => new Uint8Array(32).fill(value)

function registered(version: string, more: Partial<RegisterArtefact> = {}): RegisterArtefact {
  return {
    id: ID,
    version,
    kind: 'data-set',
    layer: 'application',
    steward: 'c2',
    jurisdiction: [],
    effective: { from: '2026-01-01', to: null },
    dependencies: [],
    implements: null,
    licence: { name: 'CC-BY-4.0', shared: true },
    contentHash: hash(1),
    vectorsHash: hash(2),
    ...more,
  }
}

type ArtefactKind = 'artefact.trial' | 'artefact.activate' | 'artefact.retire'

/** Proposes and lets c1, c2 and c3 of four say yes with these findings; answers the outcome. */
function decide<K extends ArtefactKind>(
  chain: Consortium,
  kind: K,
  action: ProposalActions[K],
  found: readonly (number | undefined)[] = [7, 7, 7],
): string {
  const proposalId = chain.proposes(kind, action)
  for (const [i, each] of found.entries()) {
    const evidence = each === undefined ? {} : { evidence: hash(each) }
    chain.tells(`c${i + 1}`, 'vote', { proposalId, choice: 'yes', ...evidence })
  }
  return proposalOf(chain.view, proposalId)?.outcome ?? ''
}

function bringIntoForce(chain: Consortium, body: RegisterArtefact, retireHeight = 0n): void {
  const { id, version } = body
  assert.equal(chain.tells('c2', 'register-artefact', body), 'accepted')
  assert.equal(decide(chain, 'artefact.trial', { id, version }), 'activated')
  assert.equal(decide(chain, 'artefact.activate', { id, version, retireHeight }), 'activated')
  assert.deepEqual(brokenInvariants(chain.view), [])
}

const states = ({ view, height }: Consortium): string[] =>
  registeredVersions(view).map(
    (each) => `${each.version} ${shownState(each, height, pendingQuestions(view))}`,
  )

const counting = ({ view, height }: Consortium, place: string, day = '2026-03-01'): string[] =>
  inForce(view, { place, height, day }).map(({ id, version }) => `${id} ${version}`)

test('a version goes from draft through proposed and trial to active, retiring and retired', () => {
  const chain = createConsortium()
  const name = { id: ID, version: '1.0.0' }
  assert.equal(chain.tells('c2', 'register-artefact', registered('1.0.0')), 'accepted')
  assert.deepEqual(states(chain), ['1.0.0 draft'])
  const proposalId = chain.proposes('artefact.trial', name)
  assert.deepEqual(states(chain), ['1.0.0 proposed'])
  chain.tells('c1', 'withdraw-proposal', { proposalId })
  assert.deepEqual(states(chain), ['1.0.0 draft'])
  assert.throws(() => chain.proposes('artefact.activate', { ...name, retireHeight: 0n }), /wrong-state/)
  assert.equal(decide(chain, 'artefact.trial', name), 'activated')
  assert.deepEqual(states(chain), ['1.0.0 trial'])
  assert.deepEqual(counting(chain, '330106'), [])
  assert.equal(decide(chain, 'artefact.activate', { ...name, retireHeight: 0n }), 'activated')
  assert.deepEqual(counting(chain, '330106'), [`${ID} 1.0.0`])
  assert.throws(
    () => chain.proposes('artefact.retire', { ...name, retireHeight: chain.height }),
    /retire-height/,
  )
  const retireHeight = chain.height + 20n
  assert.equal(
    decide(chain, 'artefact.retire', { ...name, retireHeight }, [undefined, undefined, undefined]),
    'activated',
  )
  assert.deepEqual(states(chain), ['1.0.0 retiring'])
  assert.deepEqual(counting(chain, '330106'), [`${ID} 1.0.0`])
  chain.height = retireHeight
  assert.deepEqual(states(chain), ['1.0.0 retired'])
  assert.deepEqual(counting(chain, '330106'), [])
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('activation needs more than two thirds that found the same when they ran the vectors', () => {
  const chain = createConsortium()
  chain.tells('c2', 'register-artefact', registered('1.0.0'))
  const action = { id: ID, version: '1.0.0' }
  const proposalId = chain.proposes('artefact.trial', action)
  const vote = (voter: string, found?: number, choice: 'yes' | 'no' = 'yes') =>
    chain.tells(voter, 'vote', {
      proposalId,
      choice,
      ...(found === undefined ? {} : { evidence: hash(found) }),
    })
  assert.equal(vote('c1'), 'governance.evidence-missing')
  assert.equal(vote('c1', 7), 'accepted')
  assert.equal(vote('c2', 8), 'accepted')
  assert.equal(vote('c3', 7), 'accepted')
  assert.equal(proposalOf(chain.view, proposalId)?.outcome, 'open')
  assert.equal(vote('c4', 7), 'accepted')
  const done = proposalOf(chain.view, proposalId)
  assert.equal(done?.outcome, 'activated')
  assert.deepEqual(done?.tally, {
    yes: 3,
    no: 0,
    abstain: 0,
    electorate: 4,
    agreement: { evidence: hash(7), differing: 1 },
  })
  assert.deepEqual(registeredVersions(chain.view)[0]?.standing.vectorResult, hash(7))
  const last = { ...action, retireHeight: 0n }
  assert.equal(decide(chain, 'artefact.activate', last, [7, 8, 9]), 'rejected')
})

test('a vote on any other kind of proposal carries no evidence', () => {
  const chain = createConsortium()
  const proposalId = chain.proposes('parameters.change', { name: 'maxBlockBytes', value: 1_048_576 })
  const answer = { proposalId, choice: 'yes', evidence: hash(7) } as const
  assert.equal(chain.tells('c1', 'vote', answer), 'governance.evidence-not-asked')
})

test('a newer version lets the older one of the same places retire, and a nearer overlay wins', () => {
  const chain = createConsortium()
  bringIntoForce(chain, registered('1.0.0'))
  bringIntoForce(chain, registered('1.0.1', { jurisdiction: ['33'] }))
  assert.deepEqual(counting(chain, '330106'), [`${ID} 1.0.1`])
  assert.deepEqual(counting(chain, '1101'), [`${ID} 1.0.0`])
  const newer = registered('2.0.0')
  assert.equal(chain.tells('c2', 'register-artefact', newer), 'accepted')
  decide(chain, 'artefact.trial', { id: ID, version: '2.0.0' })
  const early = { id: ID, version: '2.0.0', retireHeight: chain.height }
  assert.throws(() => chain.proposes('artefact.activate', early), /retire-height/)
  const retireHeight = chain.height + 30n
  assert.equal(decide(chain, 'artefact.activate', { ...early, retireHeight }), 'activated')
  assert.deepEqual(states(chain), ['1.0.0 retiring', '1.0.1 active', '2.0.0 active'])
  assert.deepEqual(counting(chain, 'CN'), [`${ID} 2.0.0`])
  assert.deepEqual(counting(chain, '330106'), [`${ID} 1.0.1`])
  assert.deepEqual(counting(chain, 'CN', '2025-12-31'), [])
  chain.tells('c2', 'register-artefact', registered('1.5.0'))
  decide(chain, 'artefact.trial', { id: ID, version: '1.5.0' })
  const older = { id: ID, version: '1.5.0', retireHeight: chain.height + 30n }
  assert.throws(() => chain.proposes('artefact.activate', older), /version-not-newer/)
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('a version comes into force only after what it depends on', () => {
  const chain = createConsortium()
  const base = registered('1.0.0', { id: 'meridian.value-set.units' })
  const dependencies = [{ id: base.id, version: '1.0.0' }]
  chain.tells('c2', 'register-artefact', registered('1.0.0', { dependencies }))
  decide(chain, 'artefact.trial', { id: ID, version: '1.0.0' })
  const action = { id: ID, version: '1.0.0', retireHeight: 0n }
  assert.throws(() => chain.proposes('artefact.activate', action), /dependency-not-in-force/)
  bringIntoForce(chain, base)
  assert.equal(decide(chain, 'artefact.activate', action), 'activated')
})

test('a version does not retire before those in force that depend on it', () => {
  const chain = createConsortium()
  const base = registered('1.0.0', { id: 'meridian.value-set.units' })
  const named = { id: base.id, version: '1.0.0' }
  const dependent = registered('1.0.0', { dependencies: [named] })
  const late = { ...named, retireHeight: 1_000n }
  bringIntoForce(chain, base)
  bringIntoForce(chain, dependent)
  assert.throws(() => chain.proposes('artefact.retire', late), /depended-on/)
  const noEvidence = [undefined, undefined, undefined]
  const own = { id: ID, version: '1.0.0', retireHeight: 900n }
  assert.equal(decide(chain, 'artefact.retire', own, noEvidence), 'activated')
  const early = { ...named, retireHeight: 899n }
  assert.throws(() => chain.proposes('artefact.retire', early), /depended-on/)
  assert.equal(decide(chain, 'artefact.retire', { ...named, retireHeight: 900n }, noEvidence), 'activated')
})

test('what comes into force meanwhile keeps what it depends on: the decided retirement fails', () => {
  const chain = createConsortium()
  const named = { id: 'meridian.value-set.units', version: '1.0.0' }
  bringIntoForce(chain, registered('1.0.0', { id: named.id }))
  const asked = chain.proposes('artefact.retire', { ...named, retireHeight: 1_000n })
  bringIntoForce(chain, registered('1.0.0', { dependencies: [named] }))
  chain.vote(asked, 'yes', 'c1', 'c2', 'c3')
  const { outcome, failure } = proposalOf(chain.view, asked) ?? {}
  assert.deepEqual([outcome, failure], ['failed', 'registry.depended-on'])
})

test('a version that is replaced may go although another depends on it, which follows in the time that is left', () => {
  const chain = createConsortium()
  const id = 'meridian.value-set.units'
  const depends = (version: string) => ({ dependencies: [{ id, version }] })
  bringIntoForce(chain, registered('1.0.0', { id }))
  bringIntoForce(chain, registered('1.0.0', depends('1.0.0')))
  bringIntoForce(chain, registered('2.0.0', { id }), chain.height + 100n)
  bringIntoForce(chain, registered('1.1.0', depends('2.0.0')), chain.height + 50n)
  assert.deepEqual(counting(chain, 'CN'), [`${ID} 1.1.0`, `${id} 2.0.0`])
})

test('a trial that is retiring is not in force: nothing may depend on it', () => {
  const chain = createConsortium()
  const failed = { id: 'meridian.value-set.units', version: '1.0.0' }
  chain.tells('c2', 'register-artefact', registered('1.0.0', { id: failed.id }))
  decide(chain, 'artefact.trial', failed)
  const end = { ...failed, retireHeight: 1_000n }
  assert.equal(decide(chain, 'artefact.retire', end, [undefined, undefined, undefined]), 'activated')
  chain.tells('c2', 'register-artefact', registered('1.0.0', { dependencies: [failed] }))
  decide(chain, 'artefact.trial', { id: ID, version: '1.0.0' })
  const action = { id: ID, version: '1.0.0', retireHeight: 0n }
  assert.throws(() => chain.proposes('artefact.activate', action), /dependency-not-in-force/)
})

test('a version is registered once, by the publisher, and keeps its kind', () => {
  const chain = createConsortium()
  const says = (issuer: string, body: RegisterArtefact) => chain.tells(issuer, 'register-artefact', body)
  assert.equal(says('c2', registered('1.0.0')), 'accepted')
  assert.equal(says('c2', registered('1.0.0')), 'registry.version-taken')
  assert.equal(says('c3', registered('1.1.0')), 'registry.not-publisher')
  assert.equal(says('c2', registered('1.1.0', { kind: 'value-set' })), 'registry.kind-changed')
  assert.equal(says('c2', registered('2.0.0')), 'accepted')
  assert.equal(says('c2', registered('1.0.1')), 'accepted')
  assert.throws(() => chain.proposes('artefact.trial', { id: ID, version: '9.0.0' }), /unknown-version/)
})

test('the registry shows who runs what from which day on', () => {
  const chain = createConsortium()
  const says = (use: 'adopt' | 'stop', day: string) =>
    chain.tells('ordinary', 'adopt-artefact', { id: ID, version: '1.0.0', use, day })
  assert.equal(says('adopt', '2026-04-01'), 'registry.unknown-version')
  chain.tells('c2', 'register-artefact', registered('1.0.0'))
  assert.equal(says('adopt', '2026-04-01'), 'registry.wrong-state')
  decide(chain, 'artefact.trial', { id: ID, version: '1.0.0' })
  assert.equal(says('stop', '2026-04-01'), 'registry.not-adopted')
  assert.equal(says('adopt', '2026-04-01'), 'accepted')
  assert.equal(says('adopt', '2026-04-02'), 'registry.already-adopted')
  assert.equal(says('stop', '2026-03-31'), 'registry.stop-before-start')
  assert.equal(says('stop', '2026-05-01'), 'accepted')
  assert.deepEqual(
    adoptions(chain.view).map(({ organisation, id, version, from, until }) => [
      organisation,
      id,
      version,
      from,
      until,
    ]),
    [['ordinary', ID, '1.0.0', '2026-04-01', '2026-05-01']],
  )
})

test('"chemotherapy needs a drug dose": asked, discussed, accepted with a version, released (S61, S62)', () => {
  const chain = createConsortium()
  chain.tells('c2', 'register-artefact', registered('1.0.0'))
  const requestId = freshId()
  const request = {
    requestId,
    artefactId: ID,
    baseVersion: '1.0.0',
    textHash: hash(3),
    role: 'clinical',
  } as const
  const asks = (more: object = {}) => chain.tells('ordinary', 'request-change', { ...request, ...more })
  assert.equal(asks({ baseVersion: '9.0.0' }), 'registry.unknown-version')
  assert.equal(asks(), 'accepted')
  assert.equal(asks(), 'registry.request-exists')
  const status = () => {
    const found = changeRequests(chain.view)[0]?.request
    return found === undefined ? '' : shownStatus(chain.view, found)
  }
  assert.equal(status(), 'open')
  const comment = { requestId, commentHash: hash(4), stance: 'support', role: 'medical-affairs' } as const
  assert.equal(chain.tells('c3', 'comment-change', comment), 'accepted')
  assert.equal(chain.tells('c3', 'comment-change', comment), 'registry.comment-exists')
  assert.equal(status(), 'in-discussion')
  assert.equal(commentsTo(chain.view, requestId).length, 1)
  const answers = (issuer: string, version: string) =>
    chain.tells(issuer, 'answer-change', { requestId, answer: 'accepted', version, reason: null })
  assert.equal(answers('c2', '1.1.0'), 'registry.unknown-version')
  assert.equal(answers('c2', '1.0.0'), 'registry.base-version')
  chain.tells('c2', 'register-artefact', registered('1.1.0'))
  assert.equal(answers('c3', '1.1.0'), 'registry.not-publisher')
  assert.equal(chain.tells('c3', 'withdraw-change', { requestId }), 'registry.not-requester')
  assert.equal(answers('c2', '1.1.0'), 'accepted')
  assert.equal(status(), 'accepted')
  decide(chain, 'artefact.trial', { id: ID, version: '1.1.0' })
  decide(chain, 'artefact.activate', { id: ID, version: '1.1.0', retireHeight: 0n })
  assert.equal(status(), 'released')
  assert.equal(chain.tells('ordinary', 'withdraw-change', { requestId }), 'registry.request-closed')
  const unknown = freshId()
  assert.equal(chain.tells('ordinary', 'withdraw-change', { requestId: unknown }), 'registry.unknown-request')
  assert.deepEqual(brokenInvariants(chain.view), [])
})

test('a conflict is reported, assigned and resolved with the version that mends it', () => {
  const chain = createConsortium()
  const other = { id: 'maps/b', version: '1.0.0' }
  chain.tells('c2', 'register-artefact', registered('1.0.0'))
  const conflictId = freshId()
  const report = {
    conflictId,
    first: { id: ID, version: '1.0.0' },
    second: other,
    inputHash: hash(1),
    firstAnswerHash: hash(2),
    secondAnswerHash: hash(3),
    evidenceHash: hash(4),
  }
  const reports = (more: object = {}) => chain.tells('ordinary', 'report-conflict', { ...report, ...more })
  assert.equal(reports(), 'registry.unknown-version')
  chain.tells('c2', 'register-artefact', registered('1.0.0', other))
  assert.equal(reports({ secondAnswerHash: hash(2) }), 'registry.no-conflict')
  assert.equal(reports({ second: report.first }), 'registry.no-conflict')
  assert.equal(reports(), 'accepted')
  assert.equal(reports(), 'registry.conflict-exists')
  const assign = (issuer: string, organisation: string) =>
    chain.tells(issuer, 'assign-conflict', { conflictId, organisation })
  assert.equal(assign('ordinary', 'c2'), 'registry.not-party')
  assert.equal(assign('c1', 'nowhere'), 'membership.not-active')
  assert.equal(assign('c1', 'c2'), 'accepted')
  const resolves = (issuer: string, version: string) =>
    chain.tells(issuer, 'resolve-conflict', {
      conflictId,
      resolution: 'corrected',
      result: { id: ID, version },
    })
  assert.equal(resolves('c1', '1.0.0'), 'registry.not-assignee')
  assert.equal(resolves('c2', '9.0.0'), 'registry.unknown-version')
  chain.tells('c2', 'register-artefact', registered('1.0.1'))
  assert.equal(resolves('c2', '1.0.1'), 'accepted')
  assert.equal(resolves('c2', '1.0.1'), 'registry.conflict-resolved')
  assert.equal(assign('c1', 'c2'), 'registry.conflict-resolved')
  assert.equal(conflicts(chain.view)[0]?.conflict.status, 'resolved')
  const gone = { conflictId: freshId(), organisation: 'c2' }
  assert.equal(chain.tells('c1', 'assign-conflict', gone), 'registry.unknown-conflict')
  assert.deepEqual(brokenInvariants(chain.view), [])
})
