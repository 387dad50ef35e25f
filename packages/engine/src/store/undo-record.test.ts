/** A reverse diff answers for every key in it, and for no other. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeUndo, findBefore } from './undo-record.ts'

const bytes = fc.uint8Array({ maxLength: 6 })

test('every key of a reverse diff is found with what stood there, and no other key is', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ key: bytes, value: fc.option(bytes, { nil: undefined }) }), {
        selector: (entry) => entry.key.join(),
      }),
      bytes,
      (entries, other) => {
        const undo = encodeUndo(entries)
        for (const { key, value } of entries) assert.deepEqual(findBefore(undo, key), { key, value })
        const isIn = entries.some((entry) => entry.key.join() === other.join())
        assert.equal(findBefore(undo, other) !== undefined, isIn)
      },
    ),
  )
})
