/** Several real nodes: a node with other rules stops and names the module, the others go on; validators change as state wants. */
import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { emptyListHash, equalBytes, isRefusal, toHex, validatorsHash } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import type { EngineFailure } from '../engine-failure.ts'
import {
  cometBinary,
  createTestConsortium,
  openInOrder,
  type TestConsortium,
  validatorSeed,
} from '../fixtures/comet-nodes.ts'
import { claim, claimBody } from '../fixtures/sayings.ts'
import { claimKey, createTally } from '../fixtures/tally.ts'
import type { StateMachine, StateView } from '../state-machine.ts'
import { verifyChain } from '../verify/chain-verify.ts'
import type { CometEngine } from './comet-port.ts'
import type { PeerStates } from './name-divergence.ts'

const skip = cometBinary === undefined ? 'needs the CometBFT program' : false

let consortium: TestConsortium
let nodes: CometEngine[]
beforeEach(() => {
  nodes = []
})
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()))
  consortium?.remove()
})

function nodeAt(index: number): CometEngine {
  const node = nodes[index]
  assert.ok(node !== undefined)
  return node
}

async function accepted(index: number, n: number): Promise<bigint> {
  const answer = await nodeAt(index).submit(claim(n))
  assert.ok(!isRefusal(answer))
  return answer.height
}

/** Resolves when the node has the block at `height`. */
async function untilHeight(node: CometEngine, height: bigint): Promise<void> {
  for await (const block of node.follow(height, AbortSignal.timeout(30_000)))
    if (block.height >= height) return
  assert.fail(`no block ${height}`)
}

/** Resolves when the ids of the connected peers are as wanted. */
async function untilPeers(node: CometEngine, wanted: (ids: readonly string[]) => boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const peers = await node.network().then(
      (network) => network.peers.map(({ nodeId }) => nodeId),
      () => undefined,
    )
    if (peers !== undefined && wanted(peers)) return
    await setTimeout(50)
  }
  assert.fail('the peers stayed as they were')
}

describe('CometBFT, several nodes', { skip, timeout: 240_000 }, () => {
  test('a node whose application computes another app hash stops and names the module; the others go on', async () => {
    consortium = await createTestConsortium({ validators: 4 })
    const right = createTally(consortium.genesis.validators)
    const wrong: StateMachine = {
      ...right,
      applyBlock(view, block) {
        const results = right.applyBlock(view, block)
        const isTime = view.get('claims', claimKey(claimBody(10))) !== undefined
        if (isTime) view.put('counts', new Uint8Array([1]), new Uint8Array([1]))
        return results
      },
    }
    nodes = [...(await openInOrder(consortium, { from: 0, to: 3 }))]
    let onHalt = (_: EngineFailure): void => {}
    const halted = new Promise<EngineFailure>((resolve) => {
      onHalt = resolve
    })
    const peerStates: PeerStates = async (height) =>
      [0, 1, 2].flatMap((i) => nodeAt(i).block(height)?.state ?? [])
    nodes.push(await consortium.open(3, { machine: wrong, onHalt, peerStates }))
    await accepted(0, 1)
    await untilHeight(nodeAt(3), 2n)
    await Promise.all(Array.from({ length: 20 }, (_, i) => accepted(i % 3, 10 + i)))
    const reason = await halted
    assert.equal(reason.code, 'engine.state-diverged')
    assert.equal(reason.detail.module, 'counts')
    await assert.rejects(nodeAt(3).submit(claim(2)), { code: 'engine.state-diverged' })
    await accepted(1, 3)
  })

  test('who ceases to be a member is parted from, although it was connected before, and the chain goes on', async () => {
    const left = claimKey(claimBody(999))
    consortium = await createTestConsortium({
      validators: 4,
      followers: 1,
      machine: (genesis) => ({
        ...createTally(genesis.validators),
        admitsPeer: (view, nodeId) =>
          view.get('claims', left) === undefined || toHex(nodeId) !== consortium.nodeId(4),
      }),
    })
    const settings = { lookAtPeersMs: 400 }
    nodes = [...(await openInOrder(consortium, { from: 0, to: 5 }, { settings }))]
    await accepted(0, 1)
    await untilHeight(nodeAt(4), 1n)
    await accepted(1, 999)
    for (const node of nodes.slice(0, 4)) await untilPeers(node, (ids) => !ids.includes(consortium.nodeId(4)))
    await accepted(0, 2)
    await untilPeers(nodeAt(4), (ids) => ids.length === 0)
  })

  test('validators go and come as state wants, and the chain verifies across the change', async () => {
    consortium = await createTestConsortium({ validators: 4, machine: shrinkingTally })
    nodes = [...(await openInOrder(consortium, { from: 0, to: 4 }))]
    await accepted(0, 1)
    const height = await accepted(1, GOES)
    await accepted(2, 2)
    await untilHeight(nodeAt(0), height + 3n)
    const before = nodeAt(0).block(height + 1n)
    const after = nodeAt(0).block(height + 2n)
    assert.equal(before?.validators.length, 4)
    assert.equal(after?.validators.length, 3)
    assert.deepEqual(after.header.validatorsHash, validatorsHash(suite, after.validators))
    assert.equal(nodeAt(0).status().validators, 3)
    const back = await accepted(3, COMES)
    await accepted(0, 3)
    await untilHeight(nodeAt(0), back + 3n)
    assert.equal(nodeAt(0).block(back + 2n)?.validators.length, 4)
    await Promise.all(nodes.splice(0).map((node) => node.close()))
    const machine = shrinkingTally(consortium.genesis)
    const { genesis } = consortium
    const verdict = await verifyChain({ directory: consortium.directory(1), genesis, machine, suite })
    assert.ok(
      verdict.ok,
      JSON.stringify(verdict, (_, value) => String(value)),
    )
  })
})

describe('CometBFT, a validator that runs twice', { skip, timeout: 90_000 }, () => {
  test('its double votes reach the rules of every node as misbehaviour, and the chain with the evidence verifies', async () => {
    consortium = await createTestConsortium({ validators: 4, followers: 1 })
    nodes = [...(await openInOrder(consortium, { from: 0, to: 4 }))]
    const keys = { nodeSeed: new Uint8Array(32).fill(77), validatorSeed: validatorSeed(3) }
    nodes.push(await consortium.open(4, { keys }))
    await accepted(0, 1)
    const offence = blockWithEvidence(nodeAt(0))
    let n = 10
    let isProved = false
    // The honest ones make blocks too: without work there is none that could carry the evidence.
    const submitOn = async (index: number): Promise<void> => {
      while (!isProved) await nodeAt(index).submit(claim(n++))
    }
    const load = Promise.allSettled([0, 1, 3, 4, 3, 4].map(submitOn))
    const height = await offence.finally(() => {
      isProved = true
    })
    await untilHeight(nodeAt(1), height + 1n)
    assert.deepEqual(nodeAt(0).block(height)?.state, nodeAt(1).block(height)?.state)
    await Promise.all(nodes.splice(0).map((node) => node.close()))
    await load
    const { genesis } = consortium
    const machine = createTally(genesis.validators)
    const verdict = await verifyChain({ directory: consortium.directory(0), genesis, machine, suite })
    assert.ok(
      verdict.ok,
      JSON.stringify(verdict, (_, value) => String(value)),
    )
  })
})

/** The height of the first block that carries evidence. */
async function blockWithEvidence(node: CometEngine): Promise<bigint> {
  const none = emptyListHash(suite)
  for await (const { header, height } of node.follow(1n, AbortSignal.timeout(60_000)))
    if (!equalBytes(header.evidenceHash, none)) return height
  assert.fail('no evidence')
}

describe('CometBFT, a node that comes late', { skip, timeout: 90_000 }, () => {
  test('a node that does not vote follows from the beginning, submits, and is answered', async () => {
    consortium = await createTestConsortium({ validators: 2, followers: 1 })
    nodes = [...(await openInOrder(consortium, { from: 0, to: 2 }))]
    for (let n = 1; n <= 3; n++) await accepted(n % 2, n)
    nodes.push(await consortium.open(2))
    await untilHeight(nodeAt(2), nodeAt(0).status().height)
    assert.deepEqual(nodeAt(2).status().appHash, nodeAt(0).status().appHash)
    await accepted(2, 4)
    assert.equal(nodeAt(2).status().validators, 2)
    const network = await nodeAt(2).network()
    assert.equal(network.peers.length, 2)
    assert.equal(network.catchingUp, false)
    assert.ok(network.height > 3n)
    const asked = await nodeAt(0).askLight({ method: 'commit', params: { height: '2' } })
    assert.ok('result' in asked)
    assert.ok('error' in (await nodeAt(0).askLight({ method: 'broadcast_tx_async', params: { tx: '' } })))
  })

  test('a node takes a snapshot of others, goes on from there, and proves what was before it came', async () => {
    consortium = await createTestConsortium({ validators: 2, followers: 1 })
    const settings = { snapshotInterval: 4 }
    nodes = [...(await openInOrder(consortium, { from: 0, to: 2 }, { settings }))]
    for (let n = 1; n <= 8; n++) await accepted(n % 2, n)
    const trusted = nodeAt(0).block(2n)
    assert.ok(trusted !== undefined)
    const stateSync = {
      servers: [nodeAt(0).rpcAddress, nodeAt(1).rpcAddress],
      trustHeight: trusted.height,
      trustHash: toHex(trusted.blockId.hash),
    }
    nodes.push(await consortium.open(2, { stateSync: () => stateSync }))
    await untilHeight(nodeAt(2), nodeAt(0).status().height)
    assert.deepEqual(nodeAt(2).status().appHash, nodeAt(0).status().appHash)
    assert.equal(nodeAt(2).block(3n), undefined, 'it did not execute the chain from its beginning')
    const { logSize } = nodeAt(2).status()
    assert.deepEqual(nodeAt(2).logInclusion(0, logSize), nodeAt(0).logInclusion(0, logSize))
    const height = await accepted(2, 100)
    await untilHeight(nodeAt(0), height + 1n)
    assert.deepEqual(nodeAt(2).block(height)?.header, nodeAt(0).block(height)?.header)
    await nodes.pop()?.close()
    nodes.push(await consortium.open(2))
    await accepted(2, 101)
  })
})

describe('CometBFT, old blocks', { skip, timeout: 90_000 }, () => {
  test('CometBFT forgets what it need not keep; the own store proves everything, and a newcomer still gets in', async () => {
    consortium = await createTestConsortium({ validators: 2, followers: 1 })
    const settings = { snapshotInterval: 5, keepBlocks: 6 }
    nodes = [...(await openInOrder(consortium, { from: 0, to: 2 }, { settings }))]
    const oldest = await accepted(0, 1)
    for (let n = 2; n <= 30; n++) await accepted(n % 2, n)
    const earliest = await earliestOf(nodeAt(0))
    assert.ok(earliest > oldest, `CometBFT keeps from ${earliest}`)
    const commit = await nodeAt(0).askLight({ method: 'commit', params: { height: String(oldest) } })
    assert.ok('error' in commit, 'CometBFT has forgotten it')
    const block = nodeAt(0).block(oldest)
    assert.ok(block !== undefined && block.statements.length > 0)
    const trusted = nodeAt(0).block(earliest)
    assert.ok(trusted !== undefined)
    const stateSync = {
      servers: [nodeAt(0).rpcAddress, nodeAt(1).rpcAddress],
      trustHeight: trusted.height,
      trustHash: toHex(trusted.blockId.hash),
    }
    nodes.push(await consortium.open(2, { stateSync: () => stateSync }))
    const height = await accepted(2, 100)
    await untilHeight(nodeAt(0), height + 1n)
    assert.deepEqual(nodeAt(2).block(height)?.header, nodeAt(0).block(height)?.header)
    await Promise.all(nodes.splice(0).map((node) => node.close()))
    const { genesis } = consortium
    const machine = createTally(genesis.validators)
    const verdict = await verifyChain({ directory: consortium.directory(0), genesis, machine, suite })
    assert.ok(verdict.ok, 'every block from the first one, with its commit')
  })
})

/** The oldest height whose block CometBFT has. */
async function earliestOf(node: CometEngine): Promise<bigint> {
  const answer = await node.askLight({ method: 'status', params: {} })
  assert.ok('result' in answer)
  const { sync_info } = answer.result as { sync_info: { earliest_block_height: string } }
  return BigInt(sync_info.earliest_block_height)
}

/** Claims that take the last validator out and bring it back. */
const GOES = 1_000_001
const COMES = 1_000_002

/** The tally, with the last validator gone between two claims. */
function shrinkingTally(genesis: TestConsortium['genesis']): StateMachine {
  const all = createTally(genesis.validators)
  const fewer = genesis.validators.slice(0, -1)
  return {
    ...all,
    validators: (view) => (hasClaim(view, GOES) && !hasClaim(view, COMES) ? fewer : genesis.validators),
  }
}

function hasClaim(view: StateView, n: number): boolean {
  return view.get('claims', claimKey(claimBody(n))) !== undefined
}
