/** The application without CometBFT: what each call promises, numbered as ABCI's requirements are where there is one. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import type { FinalizeBlockRequest } from '@meridian/abci'
import { encodeGenesis, equalBytes, isRefusal, refusalNumber, type Suite, utf8 } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { chainConstantsOf } from '../../chain-constants.ts'
import { createSystemClock } from '../../clock.ts'
import type { EngineFailure } from '../../engine-failure.ts'
import { executeGenesis } from '../../execute-block.ts'
import { claim, testGenesis } from '../../fixtures/sayings.ts'
import { createTally, tally } from '../../fixtures/tally.ts'
import type { StateMachine } from '../../state-machine.ts'
import { type ChainStore, createChainStore } from '../../store/chain-store.ts'
import { openStore } from '../../store/open-store.ts'
import { appStateText } from '../home/genesis-json.ts'
import { openChainHead } from './chain-head.ts'
import { framedBytes } from './choose-statements.ts'
import { createCometApplication } from './comet-application.ts'
import { createKnownStatements } from './known-statements.ts'
import { createMempoolQuota } from './mempool-quota.ts'

const constants = chainConstantsOf(nodeSuite, testGenesis)
const NO_BYTES = new Uint8Array(0)
const time = { seconds: 1_800_000_000n, nanos: 5 }

let folder: string
let store: ChainStore
let broken: EngineFailure[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meridian-app-'))
  broken = []
  store = open()
  await store.writeGenesis(
    utf8(encodeGenesis(testGenesis)),
    executeGenesis({ suite: nodeSuite, machine: tally }),
  )
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(): ChainStore {
  const tables = openStore(folder, { scratch: true })
  return createChainStore(tables, { suite: nodeSuite, modules: tally.modules, proofWindow: 4 })
}

function create(machine: StateMachine = tally, suite: Suite = nodeSuite, quota = 100) {
  const head = openChainHead({ suite, machine, constants, store })
  return createCometApplication({
    machine,
    constants,
    head,
    clock: createSystemClock(),
    known: createKnownStatements({ suite, machine, verifyAhead: undefined }),
    quota: createMempoolQuota(quota, createSystemClock()),
    ownPeers: new Set(['ab'.repeat(20)]),
    onCommitted: () => {},
    onRefused: () => {},
    onBroken: (failure) => void broken.push(failure),
  })
}

/** An application that has just committed an empty block, as one is while there is work. */
async function createBusy(machine: StateMachine = tally) {
  const application = create(machine)
  await application.finalizeBlock(block(1n, []))
  await application.commit()
  return application
}

function block(height: bigint, txs: readonly Uint8Array[], more: Partial<FinalizeBlockRequest> = {}) {
  return {
    txs,
    height,
    time,
    misbehavior: [],
    hash: NO_BYTES,
    nextValidatorsHash: NO_BYTES,
    proposerAddress: NO_BYTES,
    decidedLastCommit: { round: 0, votes: [] },
    proposedLastCommit: { round: 0, votes: [] },
    ...more,
  }
}

function proposal(txs: readonly Uint8Array[], maxTxBytes: number) {
  return { ...block(2n, txs), maxTxBytes: BigInt(maxTxBytes), localLastCommit: { round: 0, votes: [] } }
}

/** The tally, with signatures checked under the key that every claim is made with. */
function signedTally(): StateMachine {
  return { ...tally, signingKey: () => testGenesis.organisations[0]?.keys[0]?.publicKey }
}

function forged(n: number): Uint8Array {
  const bytes = Uint8Array.from(claim(n))
  bytes[bytes.length - 40] = (bytes[bytes.length - 40] as number) ^ 1
  return bytes
}

const info = { version: '', blockVersion: 0n, p2pVersion: 0n, abciVersion: '' }

const init = {
  time,
  chainId: constants.chainId,
  consensusParams: null,
  validators: testGenesis.validators.map(({ publicKey, power }) => ({
    publicKey: { kind: 'ed25519' as const, value: publicKey },
    power,
  })),
  appStateBytes: utf8(appStateText(constants.genesisHash)),
  initialHeight: 1n,
}

test('Info says what is durable and nothing newer: an executed block counts only after its commit', async () => {
  const application = create()
  const before = await application.info(info)
  const done = await application.finalizeBlock(block(1n, [claim(1)]))
  assert.deepEqual(await application.info(info), before)
  await application.commit()
  const after = await application.info(info)
  assert.equal(after.lastBlockHeight, 1n)
  assert.deepEqual(after.lastBlockAppHash, done.appHash)
})

test('after a crash between FinalizeBlock and Commit the block comes again and gives the same', async () => {
  const first = await create().finalizeBlock(block(1n, [claim(1), new Uint8Array([1])]))
  await store.close()
  store = open()
  const application = create()
  assert.equal((await application.info(info)).lastBlockHeight, 0n)
  const again = await application.finalizeBlock(block(1n, [claim(1, 0), new Uint8Array([1])]))
  assert.equal(again.txResults.length, first.txResults.length)
  await application.commit()
  await store.close()
  store = open()
  assert.equal((await create().info(info)).lastBlockHeight, 1n)
})

test('InitChain takes this chain, as often as it comes, and no other chain, genesis or validators', async () => {
  const application = create()
  const answer = await application.initChain(init)
  assert.deepEqual(await application.initChain(init), answer)
  assert.deepEqual(answer.appHash, store.committed().roots.appHash)
  for (const other of [
    { ...init, chainId: 'other' },
    { ...init, appStateBytes: utf8(appStateText(new Uint8Array(32))) },
    { ...init, validators: [] },
  ]) {
    await assert.rejects(async () => application.initChain(other), { code: 'engine.other-genesis' })
  }
})

test('a block that does not follow the head is a broken invariant and stops the node', async () => {
  const application = create()
  await assert.rejects(async () => application.finalizeBlock(block(2n, [])), { code: 'engine.halted' })
  assert.equal(broken.length, 1)
})

test('a state that asks for rules this software lacks stops the node with a code', async () => {
  const application = create({ ...tally, applicationVersion: () => 2 })
  await assert.rejects(async () => application.finalizeBlock(block(1n, [])), {
    code: 'engine.unsupported-version',
  })
})

test('CheckTx gives the code of the refusal, and 0 to what the newest state would accept', async () => {
  const application = create(signedTally())
  const codeOf = async (tx: Uint8Array) => (await application.checkTx({ tx, kind: 'new' })).code
  assert.equal(await codeOf(claim(1)), 0)
  assert.ok((await codeOf(new Uint8Array([1, 2]))) > 0)
  await application.finalizeBlock(block(1n, [claim(2)]))
  await application.commit()
  assert.equal(await codeOf(claim(2, 1)), refusalNumber('evidence.attestation-exists'))
})

test('one issuer fills no more of the mempool than its quota, until a block makes room or CometBFT starts anew', async () => {
  const application = create(tally, nodeSuite, 2)
  const said = [0, 1, 2, 3, 4].map((n) => claim(n))
  const codeOf = async (n: number) =>
    (await application.checkTx({ tx: said[n] as Uint8Array, kind: 'new' })).code
  const tooMany = refusalNumber('statement.too-many')
  assert.deepEqual([await codeOf(0), await codeOf(1), await codeOf(2)], [0, 0, tooMany])
  await application.finalizeBlock(block(1n, [said[0] as Uint8Array]))
  await application.commit()
  assert.deepEqual([await codeOf(3), await codeOf(4)], [0, tooMany])
  await application.info({ version: '', blockVersion: 0n, p2pVersion: 0n, abciVersion: '' })
  assert.equal(await codeOf(4), 0)
})

test('Requirement 2: PrepareProposal never gives more than max_tx_bytes, and drops what cannot pass', async () => {
  const application = await createBusy(signedTally())
  const good = [claim(1), claim(2), claim(3)]
  const all = [new Uint8Array([9]), ...good, forged(4), good[0] as Uint8Array]
  const { txs } = await application.prepareProposal(proposal(all, 100_000))
  assert.deepEqual(txs, good)
  const two = 2 * framedBytes(good[0]?.length ?? 0)
  const fewer = await application.prepareProposal(proposal(all, two))
  assert.deepEqual(fewer.txs, good.slice(0, 2))
})

test('Requirement 3: what PrepareProposal gives, ProcessProposal accepts', async () => {
  const application = await createBusy(signedTally())
  const { txs } = await application.prepareProposal(proposal([claim(1), forged(2), claim(3)], 100_000))
  assert.equal((await application.processProposal(block(2n, txs))).status, 'accept')
  assert.equal(txs.length, 2)
})

test('after a rest the first block is empty, so that the votes for it set the clock; the next one has the work', async () => {
  const application = create()
  const request = proposal([claim(1)], 100_000)
  assert.deepEqual((await application.prepareProposal({ ...request, height: 1n })).txs, [])
  await application.finalizeBlock(block(1n, []))
  await application.commit()
  assert.equal((await application.prepareProposal(request)).txs.length, 1)
})

test('ProcessProposal rejects bytes that are no statement and signatures that do not verify, and nothing else', async () => {
  const application = create(signedTally())
  const verdict = async (txs: readonly Uint8Array[]) =>
    (await application.processProposal(block(1n, txs))).status
  assert.equal(
    await verdict([claim(1), claim(1, 1)]),
    'accept',
    'a refusal of the rules is for the block to record',
  )
  assert.equal(await verdict([claim(2), new Uint8Array([1])]), 'reject')
  assert.equal(await verdict([claim(2), forged(3)]), 'reject')
  assert.equal((await application.processProposal(block(7n, []))).status, 'reject')
})

test('Requirement 11: proposals that were shown change nothing of what the decided block gives', async () => {
  const shown = create()
  await shown.processProposal(block(1n, [claim(5), claim(6)]))
  const bytes = claim(7)
  const after = await shown.finalizeBlock(block(1n, [bytes]))
  assert.deepEqual(after, await create().finalizeBlock(block(1n, [bytes])))
})

test('validators that change are answered as the difference, and misbehaviour reaches the machine', async () => {
  const other = { organisation: 'b', publicKey: new Uint8Array(32).fill(3), power: 10n }
  const [own] = testGenesis.validators
  assert.ok(own !== undefined)
  const machine: StateMachine = {
    ...createTally([own]),
    validators: (view) => (view.get('counts', utf8('all'))?.[3] === 1 ? [other] : [own]),
  }
  const application = create(machine)
  const offence = {
    kind: 'duplicate-vote' as const,
    validator: { address: new Uint8Array(20), power: 10n },
    height: 1n,
    time,
    totalVotingPower: 10n,
  }
  const answer = await application.finalizeBlock(block(1n, [], { misbehavior: [offence] }))
  assert.deepEqual(answer.validatorUpdates, [
    { publicKey: { kind: 'ed25519', value: other.publicKey }, power: 10n },
    { publicKey: { kind: 'ed25519', value: own.publicKey }, power: 0n },
  ])
  await application.commit()
  assert.equal(store.misbehaviour(1n).length, 1)
  assert.equal(store.validatorsAt(2n), undefined)
  assert.ok(equalBytes(store.validatorsAt(3n)?.[0]?.publicKey ?? NO_BYTES, other.publicKey))
})

test('a block that grows or shrinks is answered as new parameters with evidence that fits', async () => {
  const machine: StateMachine = {
    ...tally,
    parameters: (view) => ({ maxBlockBytes: view.get('counts', utf8('all'))?.[3] === 1 ? 65_536 : 524_288 }),
  }
  const answer = await create(machine).finalizeBlock(block(1n, [claim(1)]))
  assert.deepEqual(answer.consensusParamUpdates?.block, { maxBytes: 65_536n, maxGas: -1n })
  assert.ok((answer.consensusParamUpdates?.evidence?.maxBytes ?? 0n) <= 65_536n)
})

test('a peer is admitted when its member is, or when the operator named it and this node is behind; an unknown question gets no', async () => {
  const member = 'cd'.repeat(20)
  const machine: StateMachine = { ...tally, admitsPeer: (_, id) => id[0] === 0xcd }
  const application = create(machine)
  const codeOf = async (path: string) =>
    (await application.query({ data: NO_BYTES, path, height: 0n, prove: false })).code
  assert.equal(await codeOf(`/p2p/filter/id/${member}`), 0)
  assert.equal(await codeOf(`/p2p/filter/id/${'ab'.repeat(20)}`), 0)
  assert.equal(await codeOf(`/p2p/filter/id/${'ef'.repeat(20)}`), 1)
  assert.equal(await codeOf('/p2p/filter/addr/10.0.0.1:1'), 0)
  assert.equal(await codeOf('/p2p/filter/id/zz'), 1)
  assert.equal(await codeOf('/store'), 1)
  const now = BigInt(Math.floor(Date.now() / 1000))
  await application.finalizeBlock({ ...block(1n, []), time: { seconds: now, nanos: 0 } })
  await application.commit()
  assert.equal(await codeOf(`/p2p/filter/id/${member}`), 0)
  assert.equal(await codeOf(`/p2p/filter/id/${'ab'.repeat(20)}`), 1, 'it knows every member now')
})

test('the results of a block are the numbers of its refusals', async () => {
  const answer = await create().finalizeBlock(block(1n, [claim(1), claim(1, 1), new Uint8Array([1])]))
  const [first, second, third] = answer.txResults
  assert.equal(first?.code, 0)
  assert.equal(second?.code, refusalNumber('evidence.attestation-exists'))
  assert.ok((third?.code ?? 0) > 0)
  assert.ok(!isRefusal(answer))
})
