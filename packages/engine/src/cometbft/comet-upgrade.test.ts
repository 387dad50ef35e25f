/** The rules change at a height: new software executes old blocks by the old rules, old software stops, and everybody has one history. */
import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { isRefusal } from '@meridian/protocol'
import { nodeSuite as suite } from '@meridian/protocol/node'
import type { EngineFailure } from '../engine-failure.ts'
import {
  cometBinary,
  createTestConsortium,
  openInOrder,
  type TestConsortium,
} from '../fixtures/comet-nodes.ts'
import { claim, claimBody } from '../fixtures/sayings.ts'
import { claimKey, createTally } from '../fixtures/tally.ts'
import type { StateMachine, StateView } from '../state-machine.ts'
import { verifyChain } from '../verify/chain-verify.ts'
import type { CometEngine } from './comet-port.ts'

const skip = cometBinary === undefined ? 'needs the CometBFT program' : false

/** Said, it changes the rules from the next block on: as a vote that has passed does. */
const THE_CHANGE = 50

let consortium: TestConsortium
let nodes: CometEngine[]
beforeEach(() => {
  nodes = []
})
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()))
  consortium.remove()
})

const versionOf = (view: StateView): number =>
  view.get('claims', claimKey(claimBody(THE_CHANGE))) === undefined ? 1 : 2

/** Version 2 notes in the state how many statements a block had. `supported` is what the software knows. */
function softwareFor(supported: readonly number[], old: StateMachine): StateMachine {
  return {
    ...old,
    supportedVersions: supported,
    applicationVersion: versionOf,
    applyBlock(view, block) {
      if (versionOf(view) === 2)
        view.put('counts', new Uint8Array([2]), new Uint8Array([block.statements.length]))
      return old.applyBlock(view, block)
    },
  }
}

async function say(index: number, n: number): Promise<bigint> {
  const answer = await (nodes[index] as CometEngine).submit(claim(n))
  assert.ok(!isRefusal(answer))
  return answer.height
}

async function untilHeight(node: CometEngine, height: bigint): Promise<void> {
  for await (const block of node.follow(height, AbortSignal.timeout(30_000)))
    if (block.height >= height) return
  assert.fail(`no block ${height}`)
}

describe('CometBFT, a change of the rules', { skip, timeout: 120_000 }, () => {
  test('old software stops at the height, starts again as new software, and a newcomer executes both versions', async () => {
    consortium = await createTestConsortium({ validators: 4, followers: 1 })
    const old = createTally(consortium.genesis.validators)
    const machine = softwareFor([1, 2], old)
    nodes = [...(await openInOrder(consortium, { from: 0, to: 3 }, { machine }))]
    let onHalt = (_: EngineFailure): void => {}
    const halted = new Promise<EngineFailure>((resolve) => {
      onHalt = resolve
    })
    const outdated = await consortium.open(3, { machine: softwareFor([1], old), onHalt })
    nodes.push(outdated)
    await say(0, 1)
    const changed = await say(1, THE_CHANGE)
    await say(2, 2)
    assert.equal((await halted).code, 'engine.unsupported-version')
    await outdated.close()
    nodes[3] = await consortium.open(3, { machine })
    nodes.push(await consortium.open(4, { machine }))
    const last = await say(3, 3)
    const first = nodes[0] as CometEngine
    for (const node of nodes) await untilHeight(node, last + 1n)
    for (const height of [changed, changed + 1n, last + 1n]) {
      const headers = nodes.map((node) => node.block(height)?.header)
      for (const header of headers) assert.deepEqual(header, headers[0])
    }
    assert.equal(first.block(changed)?.header.version.app, 1n)
    assert.equal(first.block(last)?.header.version.app, 2n)
    assert.ok(first.state.get('counts', new Uint8Array([2])) !== undefined)
    await Promise.all(nodes.map((node) => node.close()))
    nodes = []
    const { genesis } = consortium
    const verdict = await verifyChain({ directory: consortium.directory(4), genesis, suite, machine })
    assert.ok(verdict.ok, 'the chain does not verify')
  })
})
