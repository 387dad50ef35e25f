/** Upgrades: another version of the rules counts from a height on, and the old one for a while longer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuse, type Statement, type StatementKind } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { batchBody, createTestChain } from './fixtures/chain.ts'
import { consortiumGenesis, createConsortium, proposeBody } from './fixtures/consortium.ts'
import { createLedgerOf } from './ledger.ts'
import type { LedgerModule, Rule } from './module.ts'
import { modules } from './modules/index.ts'
import { createRuleBook, type RuleTime } from './rule-book.ts'

const at = (version: number, height = 1n, retireHeight = 0n): RuleTime => ({ version, height, retireHeight })

const rule = (name: string, span: { since?: number; retiredBy?: number }): Rule<'attest'> => ({
  kind: 'attest',
  ...span,
  check: () => refuse(name, 'statement.unknown-kind'),
  apply: () => refuse(name, 'statement.unknown-kind'),
})

const module = (...rules: Rule<'attest'>[]): LedgerModule => ({
  name: 'test',
  rules,
  brokenInvariants: () => [],
})

test('a rule counts from its version on, and what a version gives up until the retire height', () => {
  const old = rule('old', { retiredBy: 2 })
  const next = rule('next', { since: 3 })
  const { ruleFor } = createRuleBook([module(old), module(next)])
  const found = (time: RuleTime) => {
    const answer = ruleFor({ kind: 'attest' } as Statement, time)
    return answer === (old as unknown as Rule<StatementKind>)
      ? 'old'
      : answer === (next as unknown as Rule<StatementKind>)
        ? 'next'
        : 'none'
  }
  assert.equal(found(at(1)), 'old')
  assert.equal(found(at(2, 9n, 10n)), 'old')
  assert.equal(found(at(2, 10n, 10n)), 'none')
  assert.equal(found(at(3, 9n, 10n)), 'next')
})

/** A consortium whose software knows a version 2, in which the claim is everything. */
function createUpgradable() {
  const genesis = consortiumGenesis({})
  const parts = modules.map((each) =>
    each.name === 'evidence'
      ? { ...each, rules: [...each.rules, { ...rule('new rules', { since: 2 }), kind: 'attest' as const }] }
      : each,
  )
  return createTestChain(genesis, createLedgerOf(parts, [1, 2], { suite: nodeSuite, genesis }))
}

const upgrade = (more: object = {}) => ({ version: 2, retireHeight: 100n, ...more })

test('an upgrade is voted, and the version counts from its height on: for check, for apply and for the engine', () => {
  const upgradable = createUpgradable()
  const consortium = createConsortium()
  const say = (issuer: string, kind: 'propose' | 'vote' | 'attest', body: never) =>
    consortium.say(issuer, kind, body, { expirySeconds: upgradable.timeSeconds + 600n })
  const activationHeight = 10n
  const deadlineSeconds = upgradable.timeSeconds + 3_600n
  const body = proposeBody('upgrade', upgrade(), { deadlineSeconds, activationHeight })
  const { proposalId } = body
  const votes = ['c1', 'c2', 'c3'].map((who) => say(who, 'vote', { proposalId, choice: 'yes' } as never))
  const results = upgradable.block(say('c1', 'propose', body as never), ...votes)
  assert.deepEqual(results, [undefined, undefined, undefined, undefined])
  upgradable.height = activationHeight - 2n
  assert.equal(upgradable.ledger.applicationVersion(upgradable.view), 1)
  upgradable.block()
  assert.equal(upgradable.height, activationHeight - 1n)
  assert.equal(upgradable.ledger.applicationVersion(upgradable.view), 2)
  const claim = { subjectRef: new Uint8Array(32), claim: 'seen', valueHash: new Uint8Array(32) }
  const statement = say('c2', 'attest', claim as never)
  const now = { height: activationHeight, timeSeconds: upgradable.timeSeconds + 1n }
  assert.equal(upgradable.ledger.check(upgradable.view, statement, now)?.module, 'new rules')
  assert.equal(upgradable.block(statement)[0]?.module, 'new rules')
})

test('software without the version of the rules says so and executes nothing', () => {
  const chain = createConsortium()
  const activationHeight = chain.height + 10n
  const proposalId = chain.proposes('upgrade', upgrade(), { activationHeight })
  chain.vote(proposalId, 'yes', 'c1', 'c2', 'c3')
  chain.height = activationHeight - 2n
  chain.block()
  assert.deepEqual(chain.ledger.supportedVersions, [1])
  assert.equal(chain.ledger.applicationVersion(chain.view), 2)
  const before = chain.view.dump()
  assert.throws(() => chain.tells('c1', 'anchor-batch', batchBody()), /version 2/)
  assert.deepEqual(chain.view.dump(), before)
})

test('an upgrade is newer than what counts, has a height, and retires nothing before it', () => {
  const chain = createConsortium()
  const asked = (action: { version: number; retireHeight: bigint }, activationHeight: bigint) => {
    const deadlineSeconds = chain.timeSeconds + 3_600n
    return chain.tells('c1', 'propose', proposeBody('upgrade', action, { deadlineSeconds, activationHeight }))
  }
  assert.equal(asked(upgrade({ version: 1 }), 50n), 'governance.version-not-newer')
  assert.equal(asked(upgrade(), 0n), 'governance.upgrade-height')
  assert.equal(asked(upgrade({ retireHeight: 49n }), 50n), 'governance.upgrade-height')
  assert.equal(asked(upgrade(), 50n), 'accepted')
})
