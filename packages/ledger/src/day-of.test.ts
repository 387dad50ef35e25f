/** The calendar in integers agrees with the host's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayOf } from './day-of.ts'

test('the day of a moment is the day that the host says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
      assert.equal(dayOf(BigInt(seconds)), new Date(seconds * 1000).toISOString().slice(0, 10))
    }),
  )
})

test('leap days and the ends of centuries', () => {
  for (const day of ['2000-02-29', '2024-02-29', '1970-01-01', '2099-12-31', '2100-03-01']) {
    assert.equal(dayOf(BigInt(Date.parse(`${day}T23:59:59Z`) / 1000)), day)
  }
})
