/** Spec 2 §5: the tree over a batch of commitments. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { batchRootOf, batchSizeFor, buildBatchTree } from './batch-tree.ts'
import { utf8 } from './bytes.ts'
import { leafHash, treeRoot } from './log.ts'
import { randomBytes, nodeSuite as suite } from './node-suite.ts'
import { isBatchSize } from './statements/anchor-batch.ts'

const commitmentsOf = (count: number) => Array.from({ length: count }, (_, i) => suite.sha256(utf8(`${i}`)))

test('a batch of one record looks like one of sixteen', () => {
  assert.deepEqual([1, 15, 16, 17, 32, 33, 1000].map(batchSizeFor), [16, 16, 16, 32, 32, 64, 1024])
  for (const count of [0, -1, 2 ** 20 + 1, Number.NaN]) assert.throws(() => batchSizeFor(count), RangeError)
})

test('every commitment leads to the root of RFC 9162 over commitments and padding', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), (count) => {
      const commitments = commitmentsOf(count)
      const padding: Uint8Array[] = []
      const tree = buildBatchTree(suite, commitments, (length) => {
        padding.push(randomBytes(length))
        return padding.at(-1) as Uint8Array
      })
      assert.ok(isBatchSize(tree.size))
      const leaves = [...commitments, ...padding].map((entry) => leafHash(suite, entry))
      assert.equal(leaves.length, tree.size)
      assert.deepEqual(tree.root, treeRoot(suite, leaves))
      for (const [index, commitment] of commitments.entries()) {
        const place = { index, size: tree.size }
        assert.deepEqual(batchRootOf(suite, commitment, place, tree.pathOf(index)), tree.root)
        const wrong = batchRootOf(suite, commitment, { ...place, index: index ^ 1 }, tree.pathOf(index))
        assert.notDeepEqual(wrong, tree.root)
      }
    }),
    { numRuns: 40 },
  )
})

test('the padding is fresh each time, so the same records give another root', () => {
  const roots = [1, 2].map(() => buildBatchTree(suite, commitmentsOf(3), randomBytes).root)
  assert.notDeepEqual(roots[0], roots[1])
  assert.throws(() => buildBatchTree(suite, commitmentsOf(3), randomBytes).pathOf(16), RangeError)
})
