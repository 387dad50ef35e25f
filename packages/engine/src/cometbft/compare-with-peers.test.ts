/** A state that differs from the agreed one is found by headers and signatures alone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type LightBlock, lightBlockOf } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import type { EmbeddedEngine } from '../embedded/embedded-port.ts'
import { claim } from '../fixtures/sayings.ts'
import { createTestHome, untilIdle } from '../fixtures/test-home.ts'
import { createTurnedClock } from '../fixtures/turned-clock.ts'
import { type CompareParts, compareWithPeers, otherAppHash } from './compare-with-peers.ts'

const home = createTestHome()
let engine: EmbeddedEngine
let next: LightBlock
let right: Uint8Array
const wrong = new Uint8Array(32).fill(7)

before(async () => {
  engine = await home.open()
  await engine.submit(claim(1))
  await untilIdle(engine)
  const stored = engine.block(2n)
  assert.ok(stored !== undefined)
  next = lightBlockOf(stored.header, stored.commit, stored.validators)
  right = stored.header.appHash
})

after(async () => {
  await engine.close()
  home.remove()
})

const partsOf = (appHash: Uint8Array, changes: Partial<CompareParts> = {}): CompareParts => ({
  suite: nodeSuite,
  clock: createTurnedClock(0),
  everyMs: 60_000,
  chainId: engine.chainId,
  head: () => ({ height: 1n, appHash }),
  validatorsAt: () => next.validators,
  peerBlocks: async () => [next],
  onOther: () => {},
  ...changes,
})

test('another app hash in a decided block is told; the same one is not', async () => {
  assert.deepEqual(await otherAppHash(partsOf(wrong)), right)
  assert.equal(await otherAppHash(partsOf(right)), undefined)
})

test('a block that nobody decided says nothing: altered, of other validators, of another chain, of another height', async () => {
  const altered = { ...next, header: { ...next.header, appHash: new Uint8Array(32) } }
  assert.equal(await otherAppHash(partsOf(wrong, { peerBlocks: async () => [altered] })), undefined)
  const unsigned = { ...next, commit: { ...next.commit, signatures: next.commit.signatures.map(() => null) } }
  assert.equal(await otherAppHash(partsOf(wrong, { peerBlocks: async () => [unsigned] })), undefined)
  const others = [{ publicKey: new Uint8Array(32), power: 1n }]
  assert.equal(await otherAppHash(partsOf(wrong, { validatorsAt: () => others })), undefined)
  assert.equal(await otherAppHash(partsOf(wrong, { chainId: 'another' })), undefined)
  const later = partsOf(wrong, { head: () => ({ height: 4n, appHash: wrong }) })
  assert.equal(await otherAppHash(later), undefined)
})

test('members that do not answer are no difference', async () => {
  const peerBlocks = () => Promise.reject(new Error('away'))
  assert.equal(await otherAppHash(partsOf(wrong, { peerBlocks })), undefined)
})

test('nobody is asked while the height moves; when it stands, once an interval, until something is found', async () => {
  const clock = createTurnedClock(0)
  let height = 0n
  let asked = 0
  const told = new Promise<Uint8Array>((resolve) => {
    const peerBlocks = async () => {
      asked += 1
      return [next]
    }
    const head = () => ({ height, appHash: wrong })
    compareWithPeers(partsOf(wrong, { clock, head, peerBlocks, onOther: resolve }))
  })
  height = 1n
  clock.turn(60_000)
  await Promise.resolve()
  assert.equal(asked, 0)
  await new Promise((resolve) => setImmediate(resolve))
  clock.turn(60_000)
  assert.deepEqual(await told, right)
  assert.equal(asked, 1)
})
