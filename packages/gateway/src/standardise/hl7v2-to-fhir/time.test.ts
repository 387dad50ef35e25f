/** Times of HL7 v2 as FHIR dates and times (v2-to-FHIR: DTM[dateTime]). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { message, refused, resource, segment } from './test-conversion.ts'

const birth = (time: string, timeZone = 'Asia/Shanghai') =>
  resource(message('ADT^A31', segment('PID', { 3: '7^^^HIS^MR', 29: time })), 'Patient', {
    source: { timeZone },
  }).deceasedDateTime

test('a time keeps the precision it was sent with, in the zone it names or the source’s', () => {
  const cases: readonly [string, string][] = [
    ['2026', '2026'],
    ['202603', '2026-03'],
    ['20260301', '2026-03-01'],
    ['2026030108', '2026-03-01T08:00:00+08:00'],
    ['202603010830', '2026-03-01T08:30:00+08:00'],
    ['20260301083015', '2026-03-01T08:30:15+08:00'],
    ['20260301083015.1200', '2026-03-01T08:30:15.1200+08:00'],
    ['20260301083015-0500', '2026-03-01T08:30:15-05:00'],
    ['20260301+0800', '2026-03-01'],
    ['2026-03-01 08:30:15', '2026-03-01T08:30:15+08:00'],
    ['2026/03/01', '2026-03-01'],
    ['20240229', '2024-02-29'],
  ]
  for (const [source, expected] of cases) assert.equal(birth(source), expected, source)
})

test('summer time is that of the day', () => {
  assert.equal(birth('20260101120000', 'Europe/Berlin'), '2026-01-01T12:00:00+01:00')
  assert.equal(birth('20260701120000', 'Europe/Berlin'), '2026-07-01T12:00:00+02:00')
  // China had summer time from 1986 to 1991.
  assert.equal(birth('19880701120000'), '1988-07-01T12:00:00+09:00')
  assert.equal(birth('20260701120000', '+05:30'), '2026-07-01T12:00:00+05:30')
})

test('what is no time is refused with its place', () => {
  for (const wrong of [
    '20261301',
    '20260230',
    '2026030125',
    '202603010860',
    '20230229',
    '196203520',
    '昨天',
    '20260301083015+2500',
    '0000',
    '12',
  ]) {
    assert.deepEqual(
      refused(message('ADT^A31', `PID|1||7^^^HIS^MR||A||${wrong}`)),
      ['hl7v2.time', 'PID-7'],
      wrong,
    )
  }
})

test('a birth with a time of day keeps both, the day as FHIR wants it', () => {
  const patient = resource(message('ADT^A31', 'PID|1||7^^^HIS^MR||A||202603010830'), 'Patient')
  assert.equal(patient.birthDate, '2026-03-01')
  assert.equal(patient._birthDate.extension[0].valueDateTime, '2026-03-01T08:30:00+08:00')
})
