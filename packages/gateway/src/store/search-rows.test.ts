/** Search rows by the search parameters of FHIR R4. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { periodBetween, periodOf } from './fhir-periods.ts'
import { searchRowsOf } from './search-rows.ts'

test('a date means the whole of what it names, in the zone of its source (R4 §3.1.1.4.7)', () => {
  const period = (text: string, zone = '+08:00') => {
    const found = periodOf(text, zone)
    return [found?.from, found?.to]
  }
  assert.deepEqual(period('2026'), ['2025-12-31T16:00:00.000Z', '2026-12-31T16:00:00.000Z'])
  assert.deepEqual(period('2024-02', 'Z'), ['2024-02-01T00:00:00.000Z', '2024-03-01T00:00:00.000Z'])
  assert.deepEqual(period('2026-03-01'), ['2026-02-28T16:00:00.000Z', '2026-03-01T16:00:00.000Z'])
  assert.deepEqual(period('2026-03-01', 'Asia/Shanghai'), period('2026-03-01'))
  assert.deepEqual(period('2026-03-01T08:05Z'), ['2026-03-01T08:05:00.000Z', '2026-03-01T08:06:00.000Z'])
  assert.deepEqual(period('2026-03-01T08:05:10+08:00'), [
    '2026-03-01T00:05:10.000Z',
    '2026-03-01T00:05:11.000Z',
  ])
  assert.deepEqual(period('2026-03-01T08:05:10.120Z'), [
    '2026-03-01T08:05:10.120Z',
    '2026-03-01T08:05:10.121Z',
  ])
  assert.deepEqual(period('9999', 'Z'), ['9999-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'])
  for (const text of ['', '2026-13', '2026-00', '2026-01-32', 'yesterday', '2026-1-1'])
    assert.equal(periodOf(text, 'Z'), undefined)
})

test('a Period ends with its last day, or never', () => {
  assert.deepEqual(periodBetween('2026-03-01', '2026-03-02', 'Z'), {
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-03-03T00:00:00.000Z',
  })
  assert.equal(periodBetween('2026-03-01', undefined, 'Z')?.to, '9999-12-31T23:59:59.999Z')
  assert.equal(periodBetween(undefined, undefined, 'Z'), undefined)
  assert.equal(periodBetween('2026-03-05', '2026-03-02', 'Z'), undefined)
})

test('an Observation is found by code, category, status, patient, date and identifier', () => {
  const rows = searchRowsOf({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 's', code: 'c' }, { code: 'd' }, { display: 'no code' }], text: 'no token' },
    category: [{ coding: [{ system: 'k', code: 'laboratory' }] }],
    subject: { reference: 'Patient/1' },
    effectivePeriod: { start: '2026-03-01', end: '2026-03-01' },
    identifier: [{ system: 'i', value: '7' }, { value: '8' }],
  })
  assert.deepEqual(rows, [
    { kind: 'identifier', param: 'identifier', system: 'i', value: '7' },
    { kind: 'identifier', param: 'identifier', value: '8' },
    { kind: 'reference', param: 'subject', target: 'Patient/1' },
    { kind: 'token', param: 'code', system: 's', code: 'c' },
    { kind: 'token', param: 'code', code: 'd' },
    { kind: 'token', param: 'category', system: 'k', code: 'laboratory' },
    { kind: 'token', param: 'status', code: 'final' },
    { kind: 'date', param: 'date', from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
  ])
})

test('a subject that is no patient is no patient', () => {
  const rows = searchRowsOf({ resourceType: 'Observation', subject: { reference: 'Group/1' } })
  assert.deepEqual(rows, [{ kind: 'reference', param: 'subject', target: 'Group/1' }])
})

test('names, birth dates and free text never become search rows', () => {
  const rows = searchRowsOf({
    resourceType: 'Patient',
    name: [{ text: '张三' }],
    birthDate: '1949-12-31',
    address: [{ text: '某街' }],
    gender: 'male',
  })
  assert.deepEqual(rows, [])
})

test('any JSON gives rows or none, and no row is too long for an index', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Observation', 'Patient', 'Condition', 'AllergyIntolerance', 'Encounter', 'x'),
      fc.dictionary(
        fc.constantFrom(
          'code',
          'subject',
          'identifier',
          'effectiveDateTime',
          'effectivePeriod',
          'status',
          'period',
          'category',
        ),
        fc.jsonValue(),
      ),
      (resourceType, members) => {
        for (const row of searchRowsOf({ ...members, resourceType })) {
          if (row.kind === 'token') assert.ok(row.code.length <= 300 && (row.system?.length ?? 0) <= 300)
        }
      },
    ),
  )
  assert.deepEqual(searchRowsOf({ resourceType: 'Observation', status: 'x'.repeat(301) }), [])
  assert.deepEqual(searchRowsOf(null), [])
})
