/** Two values are equal exactly when their one encoding is the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { equalBytes } from './bytes.ts'
import { type CborValue, encodeCbor } from './cbor.ts'
import { equalValues } from './cbor-value.ts'

const { value } = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: -3, max: 3 }),
    fc.bigInt({ min: -3n, max: 3n }),
    fc.constantFrom<CborValue>('', 'a', true, false, null),
    fc.uint8Array({ maxLength: 2, max: 1 }),
    fc.array(tie('value'), { maxLength: 2 }),
    fc
      .array(fc.tuple(fc.constantFrom(1, 2, 'a'), tie('value')), { maxLength: 2 })
      .map((pairs) => new Map(pairs)),
    fc.record({ tag: fc.constantFrom(1, 2), value: tie('value') }, { noNullPrototype: true }),
  ),
}))

test('values are equal exactly when they are encoded in the same bytes', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      assert.equal(equalValues(a, b), equalBytes(encodeCbor(a), encodeCbor(b)))
      assert.ok(equalValues(a, a))
    }),
    { numRuns: 2_000 },
  )
})

test('a number and a bigint of one size are the same integer', () => {
  assert.ok(equalValues([1, new Map([[1, 2n]])], [1n, new Map([[1, 2]])]))
  assert.ok(!equalValues(1, 2n))
  assert.ok(!equalValues(1n, '1'))
})
