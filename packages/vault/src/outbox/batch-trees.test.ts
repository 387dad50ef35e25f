/** The trees kept in memory: right, read once, bounded. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { inclusionPath, leafHash } from '@meridian/protocol'
import { nodeSuite } from '@meridian/protocol/node'
import { splitLeaves } from './batch-rows.ts'
import { createBatchTrees } from './batch-trees.ts'

/** Batches of random leaves by the first byte of their id, and how often each was read. */
function batches(...sizes: readonly number[]) {
  const leaves = sizes.map((size) => new Uint8Array(randomBytes(size * 32)))
  const reads = sizes.map(() => 0)
  const read = async ([n = 0]: Uint8Array) => {
    if (leaves[n] !== undefined) reads[n] = (reads[n] ?? 0) + 1
    return leaves[n]
  }
  return { leaves, reads, read, id: (n: number) => new Uint8Array(16).fill(n) }
}

test('every leaf has the index and the path of RFC 9162', async () => {
  const { leaves, read, id } = batches(1, 2, 16, 64)
  const trees = createBatchTrees(nodeSuite, read)
  for (const [n, bytes] of leaves.entries()) {
    const each = splitLeaves(bytes)
    const hashes = each.map((leaf) => leafHash(nodeSuite, leaf))
    const tree = await trees.of(id(n))
    for (const [i, leaf] of each.entries()) {
      assert.equal(tree?.indexOf(leaf), i)
      assert.deepEqual(tree?.pathOf(i), inclusionPath(nodeSuite, hashes, i))
    }
  }
})

test('bytes that stand across two leaves are no leaf', async () => {
  const { leaves, read, id } = batches(16)
  const tree = await createBatchTrees(nodeSuite, read).of(id(0))
  assert.equal(tree?.indexOf(leaves[0]?.subarray(16, 48) as Uint8Array), undefined)
})

test('many who ask at the same time read once; an unknown batch is asked for again', async () => {
  const { reads, read, id } = batches(16)
  const trees = createBatchTrees(nodeSuite, read)
  await Promise.all([trees.of(id(0)), trees.of(id(0)), trees.of(id(0))])
  assert.deepEqual(reads, [1])
  assert.equal(await trees.of(id(9)), undefined)
  const failing = createBatchTrees(nodeSuite, async (batchId) => {
    if (reads.push(0) === 2) throw new Error('the database went away')
    return read(batchId)
  })
  await assert.rejects(failing.of(id(0)))
  assert.equal((await failing.of(id(0)))?.size, 16)
})

test('what is kept is bounded: the batch least lately asked for is forgotten first', async () => {
  const { reads, read, id } = batches(16, 16, 16)
  const trees = createBatchTrees(nodeSuite, read, 32)
  for (const n of [0, 1, 0, 2]) await trees.of(id(n))
  await trees.of(id(0))
  assert.deepEqual(reads, [1, 1, 1])
  await trees.of(id(1))
  assert.deepEqual(reads, [1, 2, 1])
})
