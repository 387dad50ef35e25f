/** Tests of commitments and openings against spec 4, word for word. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import * as cborg from 'cborg'
import fc from 'fast-check'
import { browserSuite } from './browser-suite.ts'
import { concatBytes, toHex, utf8 } from './bytes.ts'
import { type CanonicalText, canonicalTextOf } from './canonical-text.ts'
import {
  buildCommitment,
  type CommitmentHeader,
  type ElementOpening,
  openElements,
  verifyElements,
} from './commitment.ts'
import { elementsOf } from './elements.ts'
import { nodeSuite } from './node-suite.ts'
import { isRefusal } from './refusal.ts'
import type { Suite } from './suite.ts'

const { lanes: _lanes, ...plainSuite } = nodeSuite
const secret = new Uint8Array(32).fill(0x5e)
const header: CommitmentHeader = {
  suite: 'ed25519-sha256',
  genesisHash: new Uint8Array(32).fill(1),
  organisation: 'first-people-hospital',
  handle: new Uint8Array(16).fill(2),
  version: 2,
  previous: new Uint8Array(32).fill(3),
  kind: 'Observation',
  standardsSetHash: new Uint8Array(32).fill(4),
}
const source = (content: CanonicalText) => ({ header, content, secret })

const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(true, false, null),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.array(tie('json'), { maxLength: 12 }),
    fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'b', '~', '/', '"', '\\', '中', '😀', '\n'), maxLength: 40 }),
      tie('json'),
      { maxKeys: 12, noNullPrototype: true },
    ),
  ),
}))
const content = () => json.map((resource) => canonicalTextOf({ resource, provenance: { agent: [] } }))

const hash = (...parts: readonly Uint8Array[]) =>
  new Uint8Array(
    createHash('sha256')
      .update(concatBytes(...parts))
      .digest(),
  )

/** Spec 4 word for word, with an independent CBOR encoder and hash. */
function definedRoot(text: CanonicalText): Uint8Array {
  const leaf = (array: readonly unknown[]) =>
    hash(Uint8Array.of(0), cborg.encode(array, cborg.rfc8949EncodeOptions))
  const { suite, genesisHash, organisation, handle, version, previous, kind, standardsSetHash } = header
  const leaves = [
    leaf([
      'meridian/record/v1',
      suite,
      genesisHash,
      organisation,
      handle,
      version,
      previous,
      kind,
      standardsSetHash,
    ]),
  ]
  for (const { path, value } of elementsOf(text)) {
    const salt = hash(utf8('meridian/commitment/leaf-salt/v1'), secret, utf8(path)).subarray(0, 16)
    leaves.push(leaf(['meridian/element/v1', salt, path, value]))
  }
  const tree = (hashes: readonly Uint8Array[]): Uint8Array => {
    if (hashes.length === 1) return hashes[0] as Uint8Array
    let k = 1
    while (k * 2 < hashes.length) k *= 2
    return hash(Uint8Array.of(1), tree(hashes.slice(0, k)), tree(hashes.slice(k)))
  }
  return tree(leaves)
}

test('spec 4 §3: lanes, plain and browser commit to the defined root', () => {
  fc.assert(
    fc.property(content(), (text) => {
      const expected = { root: toHex(definedRoot(text)), leafCount: elementsOf(text).length + 1 }
      for (const suite of [nodeSuite, plainSuite, browserSuite] as readonly Suite[]) {
        const { root, leafCount } = buildCommitment(suite, header, text, secret)
        assert.deepEqual({ root: toHex(root), leafCount }, expected)
      }
    }),
    { numRuns: 150 },
  )
})

test('a record too large for the lanes has the same commitment', () => {
  const large = [
    canonicalTextOf({ note: 'x'.repeat(2_000_000) }),
    canonicalTextOf({ ['k'.repeat(5000)]: 1 }),
    canonicalTextOf(Array.from({ length: 20_000 }, (_, i) => i)),
  ]
  for (const text of large) {
    const expected = buildCommitment(plainSuite, header, text, secret)
    assert.deepEqual(buildCommitment(nodeSuite, header, text, secret), expected)
  }
})

test('the memory of the lanes keeps nothing of a record', () => {
  buildCommitment(nodeSuite, header, canonicalTextOf({ name: 'a marked value' }), secret)
  const memory = Buffer.from(nodeSuite.lanes?.memory ?? [])
  assert.equal(memory.indexOf('a marked value'), -1)
  assert.equal(memory.indexOf(secret), -1)
})

test('any change of content, secret or header is another commitment', () => {
  const text = canonicalTextOf({ resource: { value: 1, unit: 'Cel' } })
  const rootOf = (h: CommitmentHeader, t: CanonicalText, s: Uint8Array) =>
    toHex(buildCommitment(nodeSuite, h, t, s).root)
  const roots = [
    rootOf(header, text, secret),
    rootOf(header, canonicalTextOf({ resource: { value: 2, unit: 'Cel' } }), secret),
    rootOf(header, canonicalTextOf({ resource: { value: '1', unit: 'Cel' } }), secret),
    rootOf(header, canonicalTextOf({ resource: { value: 1, code: 'Cel' } }), secret),
    rootOf(header, text, new Uint8Array(32)),
    rootOf({ ...header, genesisHash: new Uint8Array(32) }, text, secret),
    rootOf({ ...header, organisation: 'other' }, text, secret),
    rootOf({ ...header, handle: new Uint8Array(16) }, text, secret),
    rootOf({ ...header, version: 3 }, text, secret),
    rootOf({ ...header, version: 1, previous: null }, text, secret),
    rootOf({ ...header, previous: new Uint8Array(32) }, text, secret),
    rootOf({ ...header, kind: 'Patient' }, text, secret),
    rootOf({ ...header, standardsSetHash: new Uint8Array(32) }, text, secret),
  ]
  assert.equal(new Set(roots).size, roots.length)
})

test('a header or secret of a wrong size is a bug and throws', () => {
  const text = canonicalTextOf({})
  const wrong: Partial<CommitmentHeader>[] = [
    { genesisHash: new Uint8Array(31) },
    { handle: new Uint8Array(15) },
    { version: 0 },
    { version: 1.5, previous: null },
    { version: 1 },
    { version: 2, previous: null },
    { standardsSetHash: new Uint8Array(33) },
  ]
  for (const part of wrong)
    assert.throws(() => buildCommitment(nodeSuite, { ...header, ...part }, text, secret), RangeError)
  assert.throws(() => buildCommitment(nodeSuite, header, text, new Uint8Array(31)), RangeError)
})

test('chosen elements are proved without the others, and carry nothing of them', () => {
  fc.assert(
    fc.property(content(), fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (text, seeds) => {
      const elements = elementsOf(text)
      const paths = seeds.map((seed) => (elements[seed % elements.length] as { path: string }).path)
      const opening = openElements(nodeSuite, source(text), paths)
      assert.ok(!isRefusal(opening))
      const { root } = buildCommitment(nodeSuite, header, text, secret)
      assert.ok(verifyElements(browserSuite, root, opening))
      assert.deepEqual(
        opening.elements.map(({ path }) => path),
        paths,
      )
    }),
    { numRuns: 60 },
  )
})

test('an opening with anything changed is not believed', () => {
  const text = canonicalTextOf({ resource: { name: '王', value: 1, unit: 'Cel' } })
  const { root } = buildCommitment(nodeSuite, header, text, secret)
  const opening = openElements(nodeSuite, source(text), ['/resource/value']) as ElementOpening
  const [element] = opening.elements
  assert.ok(element !== undefined && verifyElements(nodeSuite, root, opening))
  const withElement = (part: object): ElementOpening => ({ ...opening, elements: [{ ...element, ...part }] })
  const wrong: readonly ElementOpening[] = [
    withElement({ value: '2' }),
    withElement({ path: '/resource/unit' }),
    withElement({ salt: new Uint8Array(16) }),
    withElement({ salt: new Uint8Array(15) }),
    withElement({ index: 1 }),
    withElement({ index: 0 }),
    withElement({ index: -1 }),
    withElement({ proof: [] }),
    { ...opening, leafCount: opening.leafCount + 1 },
    { ...opening, headerProof: [] },
    { ...opening, header: { ...header, organisation: 'other' } },
    { ...opening, header: { ...header, version: 3 } },
  ]
  for (const each of wrong) assert.ok(!verifyElements(nodeSuite, root, each))
  assert.ok(!verifyElements(nodeSuite, new Uint8Array(32), opening))
})

test('a path that the record has not is refused by its place in the list', () => {
  const text = canonicalTextOf({ resource: { value: 1 } })
  const refusal = openElements(nodeSuite, source(text), ['/resource/value', '/resource'])
  assert.ok(isRefusal(refusal))
  assert.deepEqual([refusal.code, refusal.detail], ['commitment.unknown-path', { index: 1 }])
})
