/** Tests of the RFC 9162 tree against the published vectors and its own definition. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, toHex } from './bytes.ts'
import {
  consistencyPath,
  consistencyPathFrom,
  inclusionPath,
  inclusionPathFrom,
  leafHash,
  nodeHash,
  rootFromInclusionPath,
  treeRoot,
  verifyConsistency,
} from './log.ts'
import { appendLeaf, emptyFrontier, type Frontier, frontierRoot } from './log-frontier.ts'
import { buildTree } from './log-tree.ts'
import { nodeSuite as suite } from './node-suite.ts'

/** Entries, roots and proofs of the reference implementation of RFC 6962 (google/certificate-transparency). */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => fromHex(hex) as Uint8Array)
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const N = {
  a: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  b: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  c: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  d: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  e: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  f: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
}
const leaves = ENTRIES.map((entry) => leafHash(suite, entry))
const hex = (hashes: readonly Uint8Array[]) => hashes.map(toHex)

test('RFC 6962 reference tree: the roots of sizes 0 to 8', () => {
  assert.equal(toHex(treeRoot(suite, [])), EMPTY_ROOT)
  for (const [i, root] of ROOTS.entries()) assert.equal(toHex(treeRoot(suite, leaves.slice(0, i + 1))), root)
})

test('RFC 6962 reference tree: inclusion paths', () => {
  const path = (index: number, size: number) => hex(inclusionPath(suite, leaves.slice(0, size), index))
  assert.deepEqual(path(0, 1), [])
  assert.deepEqual(path(0, 8), [N.a, N.b, N.c])
  assert.deepEqual(path(5, 8), [N.d, N.e, ROOTS[3]])
  assert.deepEqual(path(2, 3), [ROOTS[1]])
  assert.deepEqual(path(1, 5), [ROOTS[0], N.b, N.d])
})

test('RFC 6962 reference tree: consistency proofs', () => {
  const path = (from: number, to: number) => hex(consistencyPath(suite, leaves.slice(0, to), from))
  assert.deepEqual(path(1, 1), [])
  assert.deepEqual(path(1, 8), [N.a, N.b, N.c])
  assert.deepEqual(path(6, 8), [N.f, N.e, ROOTS[3]])
  assert.deepEqual(path(2, 5), [N.b, N.d])
})

/** The definition of RFC 9162 §2.1.1, word for word. */
function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0] as Uint8Array
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  return nodeHash(suite, definedRoot(hashes.slice(0, k)), definedRoot(hashes.slice(k)))
}

const SIZES = 70
const many = Array.from({ length: SIZES }, (_, i) => leafHash(suite, Uint8Array.of(i)))
const rootsOf = Array.from({ length: SIZES + 1 }, (_, n) =>
  n === 0 ? treeRoot(suite, []) : definedRoot(many.slice(0, n)),
)

test('RFC 9162 §2.1.1: tree, frontier and stored tree have the defined root at every size', () => {
  let frontier: Frontier = emptyFrontier
  for (let n = 0; n <= SIZES; n++) {
    assert.equal(toHex(treeRoot(suite, many.slice(0, n))), toHex(rootsOf[n] as Uint8Array))
    assert.equal(toHex(frontierRoot(suite, frontier)), toHex(rootsOf[n] as Uint8Array))
    assert.equal(toHex(buildTree(suite, many.slice(0, n)).root), toHex(rootsOf[n] as Uint8Array))
    if (n < SIZES) frontier = appendLeaf(suite, frontier, many[n] as Uint8Array)
  }
})

test('RFC 9162 §2.1.3: every leaf of every size is proved, and no other leaf, place or size is', () => {
  for (let size = 1; size <= 33; size++) {
    const tree = buildTree(suite, many.slice(0, size))
    for (let index = 0; index < size; index++) {
      const path = inclusionPath(suite, many.slice(0, size), index)
      assert.deepEqual(tree.inclusionPath(index), path)
      const reach = (leaf: number, i: number, n: number, p = path) =>
        toHex(
          rootFromInclusionPath(suite, many[leaf] as Uint8Array, { index: i, size: n }, p) ?? Uint8Array.of(),
        )
      const root = toHex(rootsOf[size] as Uint8Array)
      assert.equal(reach(index, index, size), root)
      assert.notEqual(reach((index + 1) % SIZES, index, size), root)
      if (size > 1) assert.notEqual(reach(index, (index + 1) % size, size), root)
      assert.equal(reach(index, index, size, [...path, path[0] ?? root32()]), '')
      if (path.length > 0) assert.notEqual(reach(index, index, size, path.slice(1)), root)
    }
  }
})

const root32 = () => new Uint8Array(32)

test('a place outside the tree is never proved', () => {
  const leaf = many[0] as Uint8Array
  for (const place of [
    { index: 1, size: 1 },
    { index: -1, size: 1 },
    { index: 0, size: 0 },
    { index: 0.5, size: 2 },
    { index: Number.NaN, size: 2 },
    { index: 0, size: Number.POSITIVE_INFINITY },
  ])
    assert.equal(rootFromInclusionPath(suite, leaf, place, []), undefined)
  assert.throws(() => inclusionPath(suite, many, SIZES), RangeError)
  assert.throws(() => inclusionPath(suite, many, -1), RangeError)
})

test('RFC 9162 §2.1.4: every older size is consistent with every newer one, and with nothing else', () => {
  for (let to = 0; to <= 40; to++) {
    for (let from = 0; from <= to; from++) {
      const path = consistencyPath(suite, many.slice(0, to), from)
      const claim = { from, to, fromRoot: rootsOf[from] as Uint8Array, toRoot: rootsOf[to] as Uint8Array }
      assert.ok(verifyConsistency(suite, claim, path), `${from} → ${to}`)
      assert.ok(!verifyConsistency(suite, claim, [...path, root32()]))
      if (from > 0 && from < to) {
        assert.ok(!verifyConsistency(suite, { ...claim, fromRoot: claim.toRoot }, path))
        assert.ok(!verifyConsistency(suite, { ...claim, toRoot: claim.fromRoot }, path))
        assert.ok(!verifyConsistency(suite, { ...claim, from: from + 1 }, path) || from + 1 > to)
        assert.ok(!verifyConsistency(suite, claim, path.slice(1)))
      }
    }
  }
})

test('a flipped bit anywhere in a proof is seen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: SIZES }), fc.nat(), fc.nat(), (size, seed, bit) => {
      const index = seed % size
      const path = inclusionPath(suite, many.slice(0, size), index).map((hash) => hash.slice())
      const hash = path[bit % path.length] as Uint8Array
      hash[bit % 32] = (hash[bit % 32] as number) ^ (1 << (bit % 8))
      const reached = rootFromInclusionPath(suite, many[index] as Uint8Array, { index, size }, path)
      assert.notEqual(toHex(reached as Uint8Array), toHex(rootsOf[size] as Uint8Array))
    }),
  )
})

test('paths from stored nodes read only complete subtrees, and equal the paths from the leaves', () => {
  const nodes = new Map<string, Uint8Array>()
  let frontier: Frontier = emptyFrontier
  for (const leaf of many)
    frontier = appendLeaf(suite, frontier, leaf, (level, index, hash) => nodes.set(`${level}/${index}`, hash))
  const read = (level: number, index: number) => {
    const hash = nodes.get(`${level}/${index}`)
    assert.ok(hash !== undefined, `node ${level}/${index} is not complete`)
    return hash
  }
  fc.assert(
    fc.property(fc.integer({ min: 1, max: SIZES }), fc.nat(), (size, seed) => {
      const part = many.slice(0, size)
      const index = seed % size
      assert.deepEqual(inclusionPathFrom(suite, read, index, size), inclusionPath(suite, part, index))
      assert.deepEqual(consistencyPathFrom(suite, read, index, size), consistencyPath(suite, part, index))
    }),
  )
})
