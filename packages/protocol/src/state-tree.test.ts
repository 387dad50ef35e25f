/** Spec 3 §2 and §3: the state tree against a naive model, its proofs, and what a forged proof gets. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareBytes, concatBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { nodeSuite as suite } from './node-suite.ts'
import { isRefusal } from './refusal.ts'
import { proveStateKey, verifyStateProof } from './state-proof.ts'
import { emptyStateRoot, type NodeStore, type StateChange, stateRoot, updateTree } from './state-tree.ts'
import { nodeHashOf } from './state-tree-node.ts'

interface MemoryStore extends NodeStore {
  readonly nodes: Map<string, Uint8Array>
}

function memoryStore(): MemoryStore {
  const nodes = new Map<string, Uint8Array>()
  return { nodes, read: (path) => nodes.get(path) }
}

function apply(store: MemoryStore, changes: readonly StateChange[]): Uint8Array {
  const { root, writes } = updateTree(suite, store, changes)
  for (const [path, bytes] of writes) {
    if (bytes === undefined) assert.ok(store.nodes.delete(path), `deletes a node that is there: ${path}`)
    else store.nodes.set(path, bytes)
  }
  assert.deepEqual(stateRoot(suite, store), root)
  return root
}

/** The definition of spec 3 §2, written again without stores, paths or updates. */
function naiveRoot(contents: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const leaves = [...contents].map(([key, value]) => [suite.sha256(utf8(key)), suite.sha256(value)] as const)
  const nodeOf = (below: typeof leaves, depth: number): Uint8Array => {
    const bits: [number, number] = [0, 0]
    const parts: Uint8Array[] = []
    for (let digit = 0; digit < 16; digit++) {
      const here = below.filter(([key]) => toHex(key)[depth] === digit.toString(16))
      if (here.length === 0) continue
      bits[0] += 2 ** (15 - digit)
      if (here.length === 1) bits[1] += 2 ** (15 - digit)
      parts.push(
        here.length === 1 ? concatBytes(...(here[0] as (typeof leaves)[0])) : nodeOf(here, depth + 1),
      )
    }
    const head = new Uint8Array(4)
    new DataView(head.buffer).setUint16(0, bits[0])
    new DataView(head.buffer).setUint16(2, bits[1])
    return suite.sha256(concatBytes(Uint8Array.of(2), head, ...parts))
  }
  return nodeOf(leaves, 0)
}

/** A suite whose hash keeps a key's first byte, so that keys share long paths and every kind of split happens. */
const crowded = {
  ...suite,
  sha256: (data: Uint8Array) =>
    Uint8Array.from({ length: 32 }, (_, i) => (i < 20 ? 0x55 : (suite.sha256(data)[i] as number))),
}

const keys = fc.integer({ min: 0, max: 40 }).map((n) => `key-${n}`)
const change = fc.record({
  key: keys,
  value: fc.option(fc.uint8Array({ minLength: 0, maxLength: 8 }), { nil: undefined }),
})
const batches = fc.array(fc.array(change, { maxLength: 12 }), { maxLength: 8 })

test('after any batches the root is that of the contents alone, and every key is proved', () => {
  fc.assert(
    fc.property(batches, (history) => {
      const store = memoryStore()
      const contents = new Map<string, Uint8Array>()
      for (const batch of history) {
        const root = apply(
          store,
          batch.map(({ key, value }) => ({ key: utf8(key), value })),
        )
        for (const { key, value } of batch) {
          if (value === undefined) contents.delete(key)
          else contents.set(key, value)
        }
        assert.deepEqual(root, naiveRoot(contents))
      }
      const root = stateRoot(suite, store)
      for (let n = 0; n <= 40; n++) {
        const key = `key-${n}`
        const proof = proveStateKey(suite, store, utf8(key), contents.get(key))
        const value = contents.get(key)
        const expected = value === undefined ? { present: false } : { present: true, value }
        assert.deepEqual(verifyStateProof(suite, root, utf8(key), proof), expected)
      }
    }),
    { numRuns: 150 },
  )
})

test('the order of changes and the way they are cut into batches do not matter', () => {
  fc.assert(
    fc.property(fc.uniqueArray(keys, { maxLength: 30 }), fc.integer({ min: 1, max: 30 }), (list, cut) => {
      const changes = list.map((key) => ({ key: utf8(key), value: utf8(`value of ${key}`) }))
      const whole = apply(memoryStore(), changes)
      const store = memoryStore()
      const reversed = [...changes].reverse()
      for (let at = 0; at < reversed.length; at += cut) apply(store, reversed.slice(at, at + cut))
      assert.deepEqual(stateRoot(suite, store), whole)
    }),
  )
})

test('removing what was added restores the root and leaves no node behind', () => {
  fc.assert(
    fc.property(fc.uniqueArray(keys, { minLength: 1, maxLength: 30 }), fc.nat(), (list, seed) => {
      const store = memoryStore()
      const kept = list.slice(0, seed % list.length)
      const before = apply(
        store,
        kept.map((key) => ({ key: utf8(key), value: utf8(key) })),
      )
      const nodes = new Map(store.nodes)
      const added = list.slice(seed % list.length)
      apply(
        store,
        added.map((key) => ({ key: utf8(key), value: utf8(key) })),
      )
      assert.deepEqual(
        apply(
          store,
          added.map((key) => ({ key: utf8(key), value: undefined })),
        ),
        before,
      )
      assert.deepEqual(store.nodes, nodes)
    }),
  )
})

test('keys that share forty half-bytes of their hash split and merge like any others', () => {
  const store = memoryStore()
  const key = (n: number) => utf8(`key-${n}`)
  const put = (list: readonly number[], value?: Uint8Array) => {
    const { root, writes } = updateTree(
      crowded,
      store,
      list.map((n) => ({ key: key(n), value })),
    )
    for (const [path, bytes] of writes) {
      if (bytes === undefined) store.nodes.delete(path)
      else store.nodes.set(path, bytes)
    }
    return root
  }
  const one = put([1], utf8('v'))
  assert.equal(store.nodes.size, 1)
  const both = put([2], utf8('v'))
  assert.ok(store.nodes.size >= 41)
  for (const n of [1, 2, 3]) {
    const value = n === 3 ? undefined : utf8('v')
    const proof = proveStateKey(crowded, store, key(n), value)
    assert.equal((verifyStateProof(crowded, both, key(n), proof) as { present: boolean }).present, n !== 3)
  }
  assert.deepEqual(put([2]), one)
  assert.equal(store.nodes.size, 1)
})

test('an empty tree has the root of a node without children and proves absence', () => {
  const store = memoryStore()
  assert.equal(toHex(emptyStateRoot(suite)), toHex(suite.sha256(Uint8Array.of(2, 0, 0, 0, 0))))
  assert.deepEqual(stateRoot(suite, store), emptyStateRoot(suite))
  assert.deepEqual(updateTree(suite, store, []).writes.size, 0)
  assert.equal(updateTree(suite, store, [{ key: utf8('a'), value: undefined }]).writes.size, 0)
  const proof = proveStateKey(suite, store, utf8('a'), undefined)
  assert.deepEqual(verifyStateProof(suite, emptyStateRoot(suite), utf8('a'), proof), { present: false })
})

test('writing a value that is already there writes nothing', () => {
  const store = memoryStore()
  const changes = ['a', 'b', 'c'].map((key) => ({ key: utf8(key), value: utf8(key) }))
  apply(store, changes)
  assert.equal(updateTree(suite, store, changes).writes.size, 0)
})

test('a store that lost a node stops the update instead of guessing', () => {
  const store = memoryStore()
  const changes = Array.from({ length: 200 }, (_, n) => ({ key: utf8(`key-${n}`), value: utf8('v') }))
  apply(store, changes)
  const deepest = [...store.nodes.keys()].sort((a, b) => b.length - a.length)[0] as string
  store.nodes.delete(deepest)
  assert.throws(
    () =>
      updateTree(
        suite,
        store,
        changes.map((c) => ({ ...c, value: utf8('w') })),
      ),
    /no valid node/,
  )
})

test('no byte of a proof can be changed, no node left out, no value exchanged', () => {
  const store = memoryStore()
  const key = utf8('key-7')
  const root = apply(
    store,
    Array.from({ length: 300 }, (_, n) => ({ key: utf8(`key-${n}`), value: utf8(`value ${n}`) })),
  )
  const proof = proveStateKey(suite, store, key, utf8('value 7'))
  const absent = utf8('nobody')
  const absence = proveStateKey(suite, store, absent, undefined)
  assert.deepEqual(verifyStateProof(suite, root, absent, absence), { present: false })
  const refused = (nodes: readonly Uint8Array[], value: Uint8Array | undefined, of = key) =>
    assert.ok(isRefusal(verifyStateProof(suite, root, of, { nodes, value })))
  refused(proof.nodes, undefined)
  refused(proof.nodes, utf8('value 8'))
  refused(proof.nodes.slice(1), utf8('value 7'))
  refused(proof.nodes.slice(0, -1), utf8('value 7'))
  refused([...proof.nodes, proof.nodes[0] as Uint8Array], utf8('value 7'))
  refused([], undefined)
  refused(absence.nodes, utf8('v'), absent)
  for (const [i, node] of proof.nodes.entries()) {
    for (const at of node.keys()) {
      const changed = node.slice()
      changed[at] = (changed[at] as number) ^ 1
      refused(proof.nodes.with(i, changed), utf8('value 7'))
    }
  }
})

test('bytes that hash to the root but are no node prove nothing', () => {
  const key = utf8('key')
  const nodes = ['', '00', '000000', '00000001', '8000000000', '80008000', '0000000000'].map(
    (hex) => fromHex(hex) as Uint8Array,
  )
  for (const node of nodes) {
    const root = nodeHashOf(suite, node)
    const proved = verifyStateProof(suite, root, key, { nodes: [node], value: undefined })
    assert.ok(isRefusal(proved) && proved.code === 'state-proof.malformed', toHex(node))
  }
})

test('the roots of the committed vectors have not moved', () => {
  const vectors = JSON.parse(readFileSync(new URL('../vectors/state-tree.json', import.meta.url), 'utf8'))
  assert.equal(toHex(emptyStateRoot(suite)), vectors.emptyRoot)
  const store = memoryStore()
  for (const { changes, root, nodes } of vectors.steps) {
    const made = apply(
      store,
      changes.map(([key, value]: [string, string | null]) => ({
        key: fromHex(key),
        value: value === null ? undefined : fromHex(value),
      })),
    )
    assert.equal(toHex(made), root)
    assert.equal(store.nodes.size, nodes)
  }
  assert.ok(compareBytes(stateRoot(suite, store), emptyStateRoot(suite)) !== 0)
})
