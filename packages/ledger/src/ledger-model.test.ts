/** Random chains: the ledger answers as a naive one does, and what must hold holds after every block. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { genesisHash, refusalCodes, toHex } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import fc from 'fast-check'
import { createTestChain, type TestChain } from './fixtures/chain.ts'
import { consortiumGenesis } from './fixtures/consortium.ts'
import { naiveShownStatus } from './fixtures/naive-changes.ts'
import { naiveShownState } from './fixtures/naive-governance.ts'
import { createNaiveLedger, type NaiveLedger } from './fixtures/naive-ledger.ts'
import { naiveValidators } from './fixtures/naive-members.ts'
import { naiveInForce, naiveNewest } from './fixtures/naive-registry.ts'
import { sayingBlock, standardsBlock } from './fixtures/sayings.ts'
import { brokenInvariants } from './ledger.ts'
import { batches } from './modules/evidence/queries.ts'
import { parametersOf, pendingQuestions, proposals, votesOf } from './modules/governance/queries.ts'
import { doubleSignings, organisations, registeredKeys } from './modules/membership/queries.ts'
import {
  adoptions,
  artefacts,
  changeRequests,
  commentsTo,
  conflicts,
  inForce,
  registeredVersions,
  shownState,
  shownStatus,
} from './modules/registry/queries.ts'
import { FIRST_KEY, scanExpiries } from './unique-ids/state.ts'

const chains = fc.array(sayingBlock, { minLength: 1, maxLength: 12 })
const standardsChains = fc.array(standardsBlock, { minLength: 6, maxLength: 14, size: 'max' })
type Block = typeof sayingBlock extends fc.Arbitrary<infer T> ? T : never

/** States and statuses, and the codes of the registry but those of `publish-artefact` alone. */
const REACHED: readonly string[] = [
  ...['draft', 'proposed', 'trial', 'active', 'retiring', 'retired'],
  ...['open', 'in-discussion', 'accepted', 'declined', 'withdrawn', 'released'],
  ...['reported', 'assigned', 'resolved'],
  ...refusalCodes
    .map(({ code }) => code)
    .filter((code) => code.startsWith('registry.') && code !== 'registry.version-exists'),
]

const genesis = consortiumGenesis({ core: 5, parameters: { minValidators: 4 } })
const hash = genesisHash(nodeSuite, genesis)

/** The block to come. */
function moment(chain: TestChain, afterSeconds: number) {
  chain.timeSeconds += BigInt(afterSeconds) - 1n
  return { timeSeconds: chain.timeSeconds + 1n, height: chain.height + 1n, genesisHash: hash }
}

/** Executes the blocks on both, and compares after each what can be compared. */
function assertAgreement(blocks: readonly Block[]): void {
  const chain = createTestChain(genesis)
  const naive = createNaiveLedger(genesis)
  for (const { afterSeconds, sayings, misbehaviour } of blocks) {
    const now = moment(chain, afterSeconds)
    const time = { height: now.height, now: now.timeSeconds }
    const statements = sayings.flatMap((make) => make(now))
    naive.begin(time, misbehaviour)
    const expected = statements.map((statement) => naive.tell(statement, time))
    const results = chain.blockWith(misbehaviour, ...statements)
    assert.deepEqual(
      results.map((refusal) => refusal?.code ?? 'accepted'),
      expected,
    )
    assert.deepEqual(brokenInvariants(chain.view), [])
    assertSameStandards(chain, naive)
    const validators = chain.ledger.validators(chain.view).map(({ organisation }) => organisation)
    assert.deepEqual(validators, naiveValidators(naive).sort())
  }
  assertSameState(chain, naive)
}

test('the ledger answers every statement as the naive ledger does, and ends in the same state', () => {
  fc.assert(fc.property(chains, assertAgreement), { numRuns: 150 })
})

test('the ledger takes standards through their states as the naive ledger does', () => {
  fc.assert(fc.property(standardsChains, assertAgreement), { numRuns: 60 })
})

test('the random chains about standards reach every state and every refusal of the registry', () => {
  const seen = new Set<string>()
  for (const blocks of fc.sample(standardsChains, { seed: 1, numRuns: 60 })) {
    const chain = createTestChain(genesis)
    for (const { afterSeconds, sayings } of blocks) {
      const now = moment(chain, afterSeconds)
      const refusals = chain.block(...sayings.flatMap((make) => make(now)))
      for (const refusal of refusals) seen.add(refusal?.code ?? '')
      const { view, height } = chain
      const pending = pendingQuestions(view)
      for (const version of registeredVersions(view)) seen.add(shownState(version, height, pending))
      for (const { request } of changeRequests(view)) seen.add(shownStatus(view, request))
      for (const { conflict } of conflicts(view)) seen.add(conflict.status)
    }
  }
  assert.deepEqual(
    REACHED.filter((each) => !seen.has(each)),
    [],
  )
})

function assertSameState(chain: TestChain, naive: NaiveLedger): void {
  assertSameMembers(chain, naive)
  assertSameTalk(chain, naive)
  const { view, timeSeconds } = chain
  assert.equal(batches(view).length, naive.batches.size)
  const newest = [...artefacts(view)].map(([id, { version }]) => `${id} ${version}`)
  const expected = [...naive.artefacts].map(([id, { versions }]) => `${id} ${naiveNewest(versions.keys())}`)
  assert.deepEqual(newest, expected.sort())
  const counting = scanExpiries(view, FIRST_KEY, 100_000).filter(
    ({ expirySeconds }) => expirySeconds > timeSeconds,
  )
  const naiveCounting = [...naive.remembered.values()].filter((expiry) => expiry > timeSeconds)
  assert.equal(counting.length, naiveCounting.length)
}

function assertSameStandards({ view, height }: TestChain, naive: NaiveLedger): void {
  const pending = pendingQuestions(view)
  const versions = registeredVersions(view).map(
    (each) =>
      `${each.id} ${each.version} ${shownState(each, height, pending)} ${toHex(each.standing.vectorResult ?? new Uint8Array())}`,
  )
  const naiveVersions = [...naive.versions].map(
    ([name, each]) => `${name} ${naiveShownState(naive, each, height)} ${each.found}`,
  )
  assert.deepEqual(versions.sort(), naiveVersions.sort())
  for (const place of ['CN', '33', '330106', '1101']) {
    for (const day of ['2026-03-01', '2026-04-01']) {
      const counting = inForce(view, { place, height, day }).map(({ id, version }) => `${id} ${version}`)
      assert.deepEqual(counting, naiveInForce(naive, { place, height, day }))
    }
  }
}

function assertSameTalk({ view }: TestChain, naive: NaiveLedger): void {
  const runs = adoptions(view).map(
    ({ organisation, id, version, from, until = '' }) => `${organisation} ${id} ${version} ${from} ${until}`,
  )
  assert.deepEqual(
    runs.sort(),
    [...naive.adoptions].map(([name, [from, until]]) => `${name} ${from} ${until}`).sort(),
  )
  const requests = changeRequests(view).map(
    ({ requestId, request }) =>
      `${toHex(requestId)} ${shownStatus(view, request)} ${commentsTo(view, requestId).length}`,
  )
  const naiveRequests = [...naive.requests].map(
    ([id, { comments }]) => `${id} ${naiveShownStatus(naive, id)} ${comments.size}`,
  )
  assert.deepEqual(requests, naiveRequests.sort())
  const reported = conflicts(view).map(
    ({ conflictId, conflict: { status, assignee } }) => `${toHex(conflictId)} ${status} ${assignee}`,
  )
  const naiveReported = [...naive.conflicts].map(
    ([id, { status, assignee }]) => `${id} ${status} ${assignee}`,
  )
  assert.deepEqual(reported, naiveReported.sort())
}

function assertSameMembers({ view }: TestChain, naive: NaiveLedger): void {
  const keys = registeredKeys(view).map(
    ({ keyId, key }) => `${toHex(keyId)} ${key.organisation} ${key.reason}`,
  )
  assert.deepEqual(keys, [...naive.keys].map(([id, key]) => `${id} ${key.organisation} ${key.ended}`).sort())
  const members = [...organisations(view)].map(
    ([id, { status, memberClass, endpoints, barredFromValidating }]) =>
      `${id} ${status} ${memberClass} ${endpoints.nodes.length} ${barredFromValidating}`,
  )
  const naiveMembers = [...naive.members].map(
    ([id, { status, cls, nodes, barred }]) => `${id} ${status} ${cls} ${nodes.length} ${barred}`,
  )
  assert.deepEqual(members, naiveMembers.sort())
  const decided = proposals(view).map(
    ({ proposalId, proposal: { outcome, failure } }) =>
      `${toHex(proposalId)} ${outcome} ${failure} ${votesOf(view, proposalId).size}`,
  )
  const naiveDecided = [...naive.proposals].map(
    ([id, { outcome, failure, votes }]) => `${id} ${outcome} ${failure} ${votes.size}`,
  )
  assert.deepEqual(decided, naiveDecided.sort())
  assert.deepEqual(parametersOf(view), naive.parameters)
  assert.equal(doubleSignings(view).length, naive.doubleSignings.size)
}

test('check and apply agree, and a refused statement changes nothing but the memory of unique ids', () => {
  fc.assert(
    fc.property(chains, (blocks) => {
      const chain = createTestChain(genesis)
      for (const { afterSeconds, sayings } of blocks) {
        const now = moment(chain, afterSeconds)
        // A block without statements of its own settles what its height and time bring.
        chain.blockWith([])
        chain.timeSeconds -= 1n
        chain.height -= 1n
        const [statement] = sayings.flatMap((make) => make(now))
        if (statement === undefined) continue
        const checked = chain.ledger.check(chain.view, statement, now)
        const before = chain.view.dump()
        const [applied] = chain.block(statement)
        assert.deepEqual(applied, checked)
        if (applied === undefined) continue
        const changed = Object.entries(chain.view.dump()).filter(([key, value]) => before[key] !== value)
        assert.ok(changed.every(([key]) => key.startsWith('unique-ids/')))
      }
    }),
  )
})

test('however the members vote and leave, there are never fewer validators than the least number', () => {
  fc.assert(
    fc.property(chains, (blocks) => {
      const chain = createTestChain(genesis)
      for (const { afterSeconds, sayings } of blocks) {
        const now = moment(chain, afterSeconds)
        chain.block(...sayings.flatMap((make) => make(now)))
        const { minValidators = 0 } = chain.ledger.parameters(chain.view)
        assert.ok(chain.ledger.validators(chain.view).length >= minValidators)
      }
    }),
  )
})

test('the same blocks give the same state on another machine', () => {
  fc.assert(
    fc.property(chains, (blocks) => {
      const [one, two] = [createTestChain(genesis), createTestChain(genesis)]
      for (const { afterSeconds, sayings, misbehaviour } of blocks) {
        const now = moment(one, afterSeconds)
        two.timeSeconds = one.timeSeconds
        const statements = sayings.flatMap((make) => make(now))
        one.blockWith(misbehaviour, ...statements)
        two.blockWith(misbehaviour, ...statements)
      }
      assert.deepEqual(one.view.dump(), two.view.dump())
    }),
    { numRuns: 30 },
  )
})
