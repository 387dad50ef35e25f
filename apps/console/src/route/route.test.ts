// The address after `#` and the page are one: what is written is read back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type PageName, pagesOf, readRoute, routeTo } from './route.ts'

const page = fc.constantFrom<PageName>(
  'corridor',
  'records',
  'quarantine',
  'ledger',
  'members',
  'votes',
  'users',
)
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })

test('any page, path and filter come back from the address', () => {
  fc.assert(
    fc.property(
      page,
      fc.array(word, { maxLength: 3 }),
      fc.dictionary(word, word, { maxKeys: 3 }),
      (p, rest, query) => {
        const read = readRoute(routeTo(p, rest, query))
        assert.deepEqual({ ...read, query: { ...read.query } }, { page: p, rest, query: { ...query } })
      },
    ),
  )
})

test('an unknown address is the corridor', () => {
  assert.equal(readRoute('#/nowhere/1').page, 'corridor')
  assert.equal(readRoute('').page, 'corridor')
  assert.equal(readRoute('#/constructor').page, 'corridor')
})

test('an auditor has no page of records and a clerk none of users', () => {
  const audited = [
    'corridor',
    'quarantine',
    'terminology',
    'maps',
    'quality',
    'standards',
    'ledger',
    'members',
    'votes',
    'validators',
  ]
  assert.deepEqual(pagesOf('auditor'), audited)
  assert.ok(!pagesOf('clerk').includes('users'))
})
