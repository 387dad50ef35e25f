/** Tests of the four-lane SHA-256 against FIPS 180-4 and OpenSSL. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from './bytes.ts'
import { addJob, createLaneJobs, paddedLength, padMessage, runJobs } from './lane-jobs.ts'
import { laneTreeRoot, layOutTree, leafAddress } from './lane-tree.ts'
import { leafHash, treeRoot } from './log.ts'
import { nodeSuite } from './node-suite.ts'
import { createHashLanes, type HashLanes } from './sha256-lanes.ts'

const lanes = createHashLanes() as HashLanes

function hashInLanes(messages: readonly Uint8Array[]): string[] {
  const jobs = createLaneJobs()
  const outputs = lanes.arena
  let at = outputs + 32 * messages.length
  for (const [i, message] of messages.entries()) {
    lanes.memory.set(message, at)
    addJob(jobs, at, outputs + 32 * i, padMessage(lanes.memory, at, message.length))
    at += paddedLength(message.length)
  }
  runJobs(lanes, jobs, lanes.initialState)
  return messages.map((_, i) => toHex(lanes.memory.slice(outputs + 32 * i, outputs + 32 * i + 32)))
}

const expected = (message: Uint8Array) => createHash('sha256').update(message).digest('hex')

test('FIPS 180-4: the published examples', () => {
  assert.deepEqual(hashInLanes([new Uint8Array(0), Buffer.from('abc')]), [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  ])
})

test('every length around the block bounds hashes as OpenSSL hashes it', () => {
  const messages = Array.from({ length: 400 }, (_, n) => Uint8Array.from({ length: n }, (_, i) => i * 7 + n))
  assert.deepEqual(hashInLanes(messages), messages.map(expected))
})

test('any mixture of lengths hashes as OpenSSL hashes it', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 23 }), (messages) => {
      assert.deepEqual(hashInLanes(messages), messages.map(expected))
    }),
  )
})

test('RFC 9162: a tree in the lanes has the root of the tree outside', () => {
  for (let size = 1; size <= 70; size++) {
    const leaves = Array.from({ length: size }, (_, i) => leafHash(nodeSuite, Uint8Array.of(i, size)))
    const tree = layOutTree(lanes, lanes.arena, size)
    for (const [i, leaf] of leaves.entries()) lanes.memory.set(leaf, leafAddress(tree, i))
    assert.equal(toHex(laneTreeRoot(tree)), toHex(treeRoot(nodeSuite, leaves)))
  }
})
