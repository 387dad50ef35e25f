/** One question, one vote for each core member, two thirds, a deadline and a height. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { freshId } from '../../fixtures/chain.ts'
import { type Consortium, createConsortium, proposeBody } from '../../fixtures/consortium.ts'
import { brokenInvariants } from '../../ledger.ts'
import { decisionOf, outcomeAt, parametersOf, proposalOf } from './queries.ts'

const MIB = { name: 'maxBlockBytes', value: 1_048_576 }

const outcome = (chain: Consortium, proposalId: Uint8Array) => proposalOf(chain.view, proposalId)?.outcome

const said = (chain: Consortium, more: object = {}) => {
  const deadlineSeconds = chain.timeSeconds + 3_600n
  return chain.tells('c1', 'propose', proposeBody('parameters.change', MIB, { deadlineSeconds, ...more }))
}

// Members → yes votes that pass, no votes that reject.
const THRESHOLDS = [
  [1, 1, 1],
  [2, 2, 1],
  [3, 3, 1],
  [4, 3, 2],
  [5, 4, 2],
  [7, 5, 3],
] as const

test('more than two thirds of the core members pass, a third rejects: at 1, 2, 3, 4, 5 and 7 members', () => {
  for (const [core, passes, rejects] of THRESHOLDS) {
    for (const [choice, enough, end] of [
      ['yes', passes, 'activated'],
      ['no', rejects, 'rejected'],
    ] as const) {
      const chain = createConsortium({ core })
      const proposalId = chain.proposes('parameters.change', MIB)
      chain.vote(proposalId, choice, ...chain.core.slice(0, enough - 1))
      assert.equal(outcome(chain, proposalId), 'open', `${core} ${choice}`)
      chain.vote(proposalId, choice, chain.core[enough - 1] as string)
      assert.equal(outcome(chain, proposalId), end, `${core} ${choice}`)
      assert.deepEqual(brokenInvariants(chain.view), [])
    }
  }
})

test('nothing passes and is rejected, and once rejected nothing could have passed', () => {
  const votes = fc.record({ yes: fc.nat(50), no: fc.nat(50), abstain: fc.nat(50), absent: fc.nat(50) })
  fc.assert(
    fc.property(votes, ({ yes, no, abstain, absent }) => {
      const electorate = yes + no + abstain + absent
      fc.pre(electorate > 0)
      const decision = decisionOf({ yes, no, abstain, electorate })
      assert.equal(decision === 'passed', yes / electorate > 2 / 3 + 1e-9)
      if (decision === 'rejected') assert.ok(3 * (electorate - no) <= 2 * electorate)
      if (decision === 'passed') assert.ok(3 * no < electorate)
    }),
  )
})

test('one organisation, one vote: not twice, not another way, not by who is no core member', () => {
  const chain = createConsortium()
  const proposalId = chain.proposes('parameters.change', MIB)
  assert.deepEqual(chain.vote(proposalId, 'abstain', 'c2'), ['accepted'])
  assert.deepEqual(chain.vote(proposalId, 'yes', 'c2'), ['governance.already-voted'])
  assert.deepEqual(chain.vote(proposalId, 'yes', 'ordinary'), ['governance.not-core'])
  assert.deepEqual(chain.vote(freshId(), 'yes', 'c2'), ['governance.unknown-proposal'])
  assert.deepEqual(chain.vote(proposalId, 'yes', 'c1', 'c3'), ['accepted', 'accepted'])
  assert.equal(outcome(chain, proposalId), 'open')
  chain.vote(proposalId, 'yes', 'c4')
  const { tally } = proposalOf(chain.view, proposalId) ?? {}
  assert.deepEqual(tally, { yes: 3, no: 0, abstain: 1, electorate: 4 })
})

test('the votes of who is a core member at the tally count, and of nobody else', () => {
  const chain = createConsortium({ core: 7, parameters: { minValidators: 4 } })
  const proposalId = chain.proposes('parameters.change', MIB)
  chain.vote(proposalId, 'yes', 'c1', 'c2', 'c3', 'c7')
  assert.equal(outcome(chain, proposalId), 'open')
  assert.equal(chain.tells('c7', 'leave', { organisation: 'c7' }), 'accepted')
  chain.block()
  assert.equal(outcome(chain, proposalId), 'open')
  assert.equal(chain.tells('c6', 'leave', { organisation: 'c6' }), 'accepted')
  assert.equal(chain.tells('c5', 'leave', { organisation: 'c5' }), 'accepted')
  // Three of four: what the departures made enough is seen at the start of the next block that is not empty.
  chain.block()
  assert.equal(outcome(chain, proposalId), 'activated')
})

test('a deadline is judged on read and swept in the next block that is not empty', () => {
  const chain = createConsortium()
  const proposalId = chain.proposes('parameters.change', MIB)
  chain.vote(proposalId, 'yes', 'c1', 'c2')
  const before = chain.view.dump()
  chain.timeSeconds += 3_600n
  const proposal = proposalOf(chain.view, proposalId)
  assert.ok(proposal !== undefined)
  assert.equal(outcomeAt(proposal, chain.timeSeconds), 'expired')
  assert.equal(proposal.outcome, 'open')
  assert.deepEqual(chain.view.dump(), before)
  assert.deepEqual(chain.vote(proposalId, 'yes', 'c3'), ['governance.closed'])
  assert.equal(outcome(chain, proposalId), 'expired')
})

test('a proposal takes effect at its height, or in the first block after it that is not empty', () => {
  const chain = createConsortium()
  const activationHeight = chain.height + 20n
  const proposalId = chain.proposes('parameters.change', MIB, { activationHeight })
  chain.vote(proposalId, 'yes', 'c1', 'c2', 'c3')
  assert.equal(outcome(chain, proposalId), 'passed')
  assert.equal(parametersOf(chain.view).maxBlockBytes, 524_288)
  chain.height = activationHeight - 2n
  chain.block()
  assert.equal(outcome(chain, proposalId), 'passed')
  chain.block()
  assert.equal(outcome(chain, proposalId), 'activated')
  assert.equal(parametersOf(chain.view).maxBlockBytes, 1_048_576)
  assert.deepEqual(chain.vote(proposalId, 'no', 'c4'), ['governance.closed'])
})

test('only the proposer withdraws, and only while it is open', () => {
  const chain = createConsortium()
  const proposalId = chain.proposes('parameters.change', MIB)
  assert.equal(chain.tells('c2', 'withdraw-proposal', { proposalId }), 'governance.not-proposer')
  assert.equal(chain.tells('c1', 'withdraw-proposal', { proposalId }), 'accepted')
  assert.equal(outcome(chain, proposalId), 'withdrawn')
  assert.equal(chain.tells('c1', 'withdraw-proposal', { proposalId }), 'governance.closed')
  assert.deepEqual(chain.vote(proposalId, 'yes', 'c2'), ['governance.closed'])
})

test('a proposal needs a fresh id, a known kind, an action of its kind and a time to come', () => {
  const chain = createConsortium()
  const proposalId = chain.proposes('parameters.change', MIB)
  assert.equal(said(chain, { proposalId }), 'governance.proposal-exists')
  assert.equal(said(chain, { kind: 'nothing' }), 'governance.unknown-kind')
  assert.equal(said(chain, { action: new Uint8Array([0xa0, 0]) }), 'governance.bad-action')
  assert.equal(said(chain, { kind: 'membership.admit' }), 'governance.bad-action')
  assert.equal(said(chain, { deadlineSeconds: chain.timeSeconds }), 'governance.deadline')
  assert.equal(said(chain, { deadlineSeconds: chain.timeSeconds + 91n * 86_400n }), 'governance.deadline')
  assert.equal(said(chain, { activationHeight: chain.height }), 'governance.activation-height')
  assert.equal(said(chain, { activationHeight: 20_000_000n }), 'governance.activation-height')
  const body = proposeBody('parameters.change', MIB, { deadlineSeconds: chain.timeSeconds + 9n })
  assert.equal(chain.tells('ordinary', 'propose', body), 'governance.not-core')
})

test('nobody has more than 16 proposals open', () => {
  const chain = createConsortium()
  for (let i = 0; i < 16; i++) assert.equal(said(chain), 'accepted')
  assert.equal(said(chain), 'governance.too-many-open')
  chain.timeSeconds += 3_600n
  assert.equal(said(chain), 'accepted')
})

test('parameters stay within their bounds, and minValidators between what genesis says and what there is', () => {
  const chain = createConsortium({ core: 5 })
  const asked = (name: string, value: number) => {
    const deadlineSeconds = chain.timeSeconds + 3_600n
    return chain.tells(
      'c1',
      'propose',
      proposeBody('parameters.change', { name, value }, { deadlineSeconds }),
    )
  }
  assert.equal(asked('maxBlockBytes', 131_071), 'governance.parameter-range')
  assert.equal(asked('maxBlockBytes', 524_288), 'governance.parameter-unchanged')
  assert.equal(asked('maxExpirySeconds', 86_401), 'governance.parameter-range')
  assert.equal(asked('minValidators', 3), 'governance.parameter-range')
  assert.equal(asked('minValidators', 6), 'governance.parameter-range')
  assert.equal(asked('proofWindow', 6), 'governance.unknown-parameter')
  chain.decide('parameters.change', { name: 'minValidators', value: 5 })
  assert.equal(chain.tells('c5', 'leave', { organisation: 'c5' }), 'membership.too-few-validators')
  chain.decide('parameters.change', { name: 'maxExpirySeconds', value: 3_600 })
  const late = { expirySeconds: chain.timeSeconds + 3_602n }
  assert.equal(chain.tells('c5', 'leave', { organisation: 'c5' }, late), 'statement.expiry-too-far')
})

test('the usual least number of validators is four, or what a smaller chain begins with', () => {
  for (const [core, least] of [
    [1, 1],
    [3, 3],
    [4, 4],
    [7, 4],
  ] as const) {
    assert.equal(
      createConsortium({ core }).ledger.parameters(createConsortium({ core }).view).minValidators,
      least,
    )
  }
})
