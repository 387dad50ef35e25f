/** Tests that a plain copy is the value of its text, whatever the names are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CanonicalText, canonicalTextOf, readCanonicalText } from './canonical-text.ts'
import { plainCopy } from './plain-copy.ts'

const read = (source: string) => readCanonicalText(source) as CanonicalText
const namesOf = (source: string) => Object.keys(plainCopy(read(source)) as object)

test('an escaped name stays itself after an object with a backslash for a name', () => {
  for (const name of ['"\\\\"', '"\\n"', '"\\""', '"\\u0001"'])
    assert.deepEqual(namesOf(`{"":1,${name}:2}`), ['', JSON.parse(name)])
})

const name = () => fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\u0001', '中'), maxLength: 3 })
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.constantFrom(true, false, null),
    name(),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(name(), tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

test('a value comes back from its canonical text, whatever its names are', () => {
  fc.assert(
    fc.property(json, (value) => assert.deepEqual(plainCopy(canonicalTextOf(value)), value)),
    { numRuns: 1000 },
  )
})

test('a member called __proto__ is a member', () => {
  for (const source of ['{"__proto__":{"a":1}}', '{"\\n":0,"__proto__":{"a":1}}']) {
    const copy = plainCopy(read(source)) as Record<string, unknown>
    assert.equal(Object.getPrototypeOf(copy), Object.prototype)
    assert.deepEqual(Object.getOwnPropertyDescriptor(copy, '__proto__')?.value, { a: 1 })
  }
})
