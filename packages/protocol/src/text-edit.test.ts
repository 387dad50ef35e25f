/** Tests of elements and edits of canonical text (RFC 6901). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CanonicalText, canonicalTextOf, readCanonicalText } from './canonical-text.ts'
import { elementsOf, pointerToken } from './elements.ts'
import { plainCopy } from './plain-copy.ts'
import { removeMember, replaceValue, setMember, valueAt } from './text-edit.ts'

const read = (source: string) => readCanonicalText(source) as CanonicalText
const name = () =>
  fc.string({ unit: fc.constantFrom('a', 'b', '~', '/', '"', '\\', '中', '😀', '0', '\n'), maxLength: 4 })
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    name(),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name(), tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))
const text = () => json.map(canonicalTextOf)

test('RFC 6901: the examples of section 5', () => {
  const document = read(
    '{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}',
  )
  const examples: readonly [string, string][] = [
    ['', document],
    ['/foo', '["bar","baz"]'],
    ['/foo/0', '"bar"'],
    ['/', '0'],
    ['/a~1b', '1'],
    ['/c%d', '2'],
    ['/e^f', '3'],
    ['/g|h', '4'],
    ['/i\\j', '5'],
    ['/k"l', '6'],
    ['/ ', '7'],
    ['/m~0n', '8'],
  ]
  for (const [pointer, value] of examples) assert.equal(valueAt(document, pointer), value, pointer)
  for (const pointer of ['foo', '/foo/2', '/foo/00', '/foo/-', '/foo/0/x', '/a/b', '/m~n~'])
    assert.equal(valueAt(document, pointer), undefined, pointer)
})

test('RFC 6901 §4: ~01 is the name ~1, not /', () => {
  const document = read('{"/":1,"~1":2}')
  assert.equal(valueAt(document, '/~01'), '2')
  assert.equal(valueAt(document, '/~1'), '1')
})

test('the elements are the leaves in the order of the text, and each is where its path says', () => {
  fc.assert(
    fc.property(text(), (t) => {
      const elements = elementsOf(t)
      assert.deepEqual(
        elements.map(({ path, value }) => [path, value]),
        leavesOf(plainCopy(t), ''),
      )
      for (const { path, value } of elements) assert.equal(valueAt(t, path), value)
      assert.deepEqual(
        elementsOf(t, '/resource').map(({ path }) => path),
        elements.map(({ path }) => `/resource${path}`),
      )
    }),
    { numRuns: 400 },
  )
})

function leavesOf(value: unknown, path: string): [string, string][] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((each, i) => leavesOf(each, `${path}/${i}`))
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return members.flatMap(([key, each]) => leavesOf(each, `${path}/${pointerToken(JSON.stringify(key))}`))
  }
  return [[path, JSON.stringify(value)]]
}

test('an element with a number keeps its source text', () => {
  assert.deepEqual(elementsOf(read('{"value":36.50,"e":[],"o":{}}')), [
    { path: '/e', value: '[]' },
    { path: '/o', value: '{}' },
    { path: '/value', value: '36.50' },
  ])
})

test('replacing one value leaves every other byte', () => {
  fc.assert(
    fc.property(text(), text(), fc.nat(), (t, value, seed) => {
      const elements = elementsOf(t)
      const { path, value: old } = elements[seed % elements.length] as { path: string; value: string }
      const edited = replaceValue(t, path, value)
      assert.equal(valueAt(edited, path), value)
      assert.equal(readCanonicalText(edited), edited)
      assert.equal(replaceValue(edited, path, old as CanonicalText), t)
    }),
  )
})

test('setting and removing a member is what it is on the object', () => {
  fc.assert(
    fc.property(
      fc.dictionary(name(), json, { noNullPrototype: true }),
      name(),
      text(),
      (object, key, value) => {
        const t = canonicalTextOf(object)
        const { [key]: _gone, ...rest } = object
        const set = setMember(t, '', { name: key, value })
        assert.equal(set, canonicalTextOf({ ...rest, [key]: plainCopy(value) }))
        assert.equal(removeMember(t, '', key), canonicalTextOf(rest))
        assert.equal(removeMember(set, '', key), canonicalTextOf(rest))
      },
    ),
    { numRuns: 400 },
  )
})

test('editing deep inside reaches the place and keeps decimals elsewhere', () => {
  const t = read('{"meta":{"versionId":"1"},"value":1.00}')
  assert.equal(
    setMember(t, '/meta', { name: 'source', value: read('"#x"') }),
    '{"meta":{"source":"#x","versionId":"1"},"value":1.00}',
  )
  assert.equal(removeMember(t, '/meta', 'versionId'), '{"meta":{},"value":1.00}')
  assert.throws(() => replaceValue(t, '/none', read('1')), RangeError)
  assert.throws(() => setMember(t, '/value', { name: 'a', value: read('1') }), RangeError)
})
