// Search urls become criteria as R4 §3.1.1 says, or are refused by the name of their parameter.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createRateLimit } from '../rate-limit.ts'
import { isSearchRefusal, readSearch } from './search-query.ts'
import { dateMatch, identifierMatch, referenceTargets, splitValues, tokenMatch } from './search-values.ts'

const context = { baseUrl: 'http://h/fhir/R4', zone: '+08:00', idOfSender: () => undefined }

test('a token has a system, none, or any (R4 §3.1.1.4.10)', () => {
  assert.deepEqual(tokenMatch('s|c'), { system: 's', code: 'c' })
  assert.deepEqual(tokenMatch('|c'), { system: null, code: 'c' })
  assert.deepEqual(tokenMatch('s|'), { system: 's' })
  assert.deepEqual(tokenMatch('c'), { code: 'c' })
  assert.equal(tokenMatch('|'), undefined)
  assert.equal(tokenMatch('a|b|c'), undefined)
})

test('an identifier must have a value, since only its blind index is kept', () => {
  assert.deepEqual(identifierMatch('s|v'), { system: 's', value: 'v' })
  assert.equal(identifierMatch('s|'), undefined)
})

test('escaped commas and bars belong to the value', () => {
  assert.deepEqual(splitValues('a\\,b,c,,d\\'), ['a\\,b', 'c', 'd\\'])
  assert.deepEqual(tokenMatch('s\\|t|c\\,d'), { system: 's|t', code: 'c,d' })
})

test('a reference is an id, Type/id, or an address of this door', () => {
  assert.deepEqual(referenceTargets('1', 'Patient', context.baseUrl), ['Patient/1'])
  assert.deepEqual(referenceTargets('http://h/fhir/R4/Patient/1', 'Patient', context.baseUrl), ['Patient/1'])
  assert.equal(referenceTargets('http://elsewhere/Patient/1', 'Patient', context.baseUrl), undefined)
  assert.equal(referenceTargets('Group/1', 'Patient', context.baseUrl), undefined)
})

test('a date keeps its prefix, its precision and an offset whose plus came as a space', () => {
  assert.deepEqual(dateMatch('ge2026-03-01T08:00:00 08:00', 'Z'), {
    prefix: 'ge',
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-03-01T00:00:01.000Z',
  })
  assert.equal(dateMatch('2026', 'Z')?.prefix, 'eq')
  assert.equal(dateMatch('xx2026', 'Z'), undefined)
})

test('any query is read or refused by the name of its parameter', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Patient', 'Observation', 'x'),
      fc.array(
        fc.tuple(
          fc.constantFrom('_id', 'code', 'date', 'patient', 'identifier', '_count', '_cursor', 'x:y', ''),
          fc.string(),
        ),
      ),
      (type, pairs) => {
        const read = readSearch(type, new URLSearchParams(pairs), context)
        if (isSearchRefusal(read)) assert.match(read.code, /^rest\.search\./)
        else assert.ok(read.page.count >= 1 && read.page.count <= 500)
      },
    ),
  )
})

test('a caller who asks too often waits, and others do not', () => {
  let now = 0
  const rates = createRateLimit({ requestsPerSecond: 10, burst: 2 }, () => now)
  assert.deepEqual([rates.take('a'), rates.take('a'), rates.take('a'), rates.take('b')], [0, 0, 100, 0])
  now = 100
  assert.deepEqual([rates.take('a'), rates.take('a')], [0, 100])
})
