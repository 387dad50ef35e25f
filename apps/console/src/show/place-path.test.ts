// Places stand under the places that contain them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparePlaces, placePath } from './place-path.ts'

test('the way to a county goes through nation, province and city', () => {
  assert.deepEqual(placePath('330106'), ['CN', '33', '3301', '330106'])
  assert.deepEqual(placePath('CN'), ['CN'])
})

test('places sort as a tree: what contains comes first', () => {
  const sorted = ['330106', '44', '33', 'CN', '3302', '3301'].sort(comparePlaces)
  assert.deepEqual(sorted, ['CN', '33', '3301', '330106', '3302', '44'])
})
