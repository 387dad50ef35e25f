/** Slices of JSON text, taken without parsing the whole. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { itemSlices, memberSlices } from './json-slices.ts'

test('members and items are found where JSON.parse finds them, whatever the spacing', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.constantFrom(undefined, 1, '\t'),
      (value, space) => {
        // A member called __proto__ is set, not kept, by assignment: no JSON of ours has it.
        fc.pre(!Object.hasOwn(value, '__proto__'))
        const text = ` ${JSON.stringify(value, null, space)}`
        const members = memberSlices(text)
        const read = [...(members ?? [])].map(([name, { from, to }]) => [
          name,
          JSON.parse(text.slice(from, to)),
        ])
        assert.deepEqual(Object.fromEntries(read), JSON.parse(text))
      },
    ),
  )
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space)
      const items = itemSlices(text)?.map(({ from, to }) => JSON.parse(text.slice(from, to)))
      assert.deepEqual(items, JSON.parse(text))
    }),
  )
})

test('what does not close, or names a member twice, gives nothing', () => {
  for (const text of [
    '',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":"b',
    '{"a":[1}',
    '{"a":1,"a":2}',
    '[]',
  ]) {
    assert.equal(memberSlices(text), undefined, text)
  }
  for (const text of ['', '[', '[1', '[1,', '["a', '{}']) assert.equal(itemSlices(text), undefined, text)
})

test('a text cut anywhere is read or refused, never waited for', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, cut) => {
      const text = JSON.stringify({ entry: [value, { a: value }] })
      memberSlices(text.slice(0, cut % text.length))
      itemSlices(text.slice(cut % text.length))
    }),
  )
})
