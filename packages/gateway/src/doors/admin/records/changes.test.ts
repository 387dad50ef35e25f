// Before and after, element by element.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesBetween } from './changes.ts'

test('changed, new and gone elements are told apart; equal ones are left out', () => {
  const before = [
    { path: '/a', value: '1.00' },
    { path: '/b', value: '"x"' },
    { path: '/c', value: 'true' },
  ]
  const after = [
    { path: '/a', value: '1.0' },
    { path: '/c', value: 'true' },
    { path: '/d', value: '[]' },
  ]
  assert.deepEqual(changesBetween(before, after), [
    { path: '/a', before: '1.00', after: '1.0' },
    { path: '/b', before: '"x"' },
    { path: '/d', after: '[]' },
  ])
})
