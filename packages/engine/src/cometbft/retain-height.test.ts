/** What CometBFT may forget: never what another member, or this node, may still ask for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RetainParts, retainHeight } from './retain-height.ts'

const partsOf = (given: { keep: number; snapshots: readonly bigint[]; completed: bigint }): RetainParts => ({
  keepBlocks: given.keep,
  store: { completed: () => given.completed },
  shelf: { list: () => given.snapshots.map((height) => ({ height, time: 0n, chunks: [] })) },
})

test('everything is kept unless a number of blocks is set', () => {
  assert.equal(retainHeight(partsOf({ keep: 0, snapshots: [80n], completed: 100n }), 100n), 0n)
})

test('the wanted number of blocks stays, and more when the oldest snapshot is older', () => {
  assert.equal(retainHeight(partsOf({ keep: 20, snapshots: [90n], completed: 100n }), 100n), 81n)
  assert.equal(retainHeight(partsOf({ keep: 20, snapshots: [50n, 90n], completed: 100n }), 100n), 50n)
})

test('nothing is forgotten before this node offers a snapshot: a newcomer would have no way in', () => {
  assert.equal(retainHeight(partsOf({ keep: 20, snapshots: [], completed: 100n }), 100n), 0n)
})

test('a block whose header and commit are not in the own store yet stays', () => {
  assert.equal(retainHeight(partsOf({ keep: 20, snapshots: [90n], completed: 40n }), 100n), 40n)
})

test('a young chain is kept whole', () => {
  assert.equal(retainHeight(partsOf({ keep: 200, snapshots: [90n], completed: 100n }), 100n), 0n)
})
