/** Dates and times as tables write them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateText, dateTimeText } from './table-times.ts'

test('dates are read as tables here write them', () => {
  for (const cell of ['2026-03-01', '2026/3/1', '2026.03.01', '20260301', '2026年3月1日', '２０２６/3/1']) {
    assert.equal(dateText(cell), '2026-03-01', cell)
  }
  assert.equal(dateText('2026-03'), '2026-03')
  assert.equal(dateText('2026年'), '2026')
})

test('a day that comes first is only read when the mapping says so', () => {
  assert.equal(dateText('01/03/2026'), undefined)
  assert.equal(dateText('01/03/2026', 'DMY'), '2026-03-01')
  assert.equal(dateText('01/03/2026', 'MDY'), '2026-01-03')
})

test('a day that does not exist is no date', () => {
  for (const cell of ['2026-02-29', '2026-13-01', '2026-00-01', '2026-04-31', '20260230', 'yesterday', '']) {
    assert.equal(dateText(cell), undefined, cell)
  }
  assert.equal(dateText('2024-02-29'), '2024-02-29')
})

test('a time without a zone is in the zone of its source, summer time included', () => {
  assert.equal(dateTimeText('2026/3/1 8:05', '+08:00'), '2026-03-01T08:05:00+08:00')
  assert.equal(dateTimeText('20260301080510', 'Asia/Shanghai'), '2026-03-01T08:05:10+08:00')
  assert.equal(dateTimeText('2026-07-01T08:05:00', 'Europe/Berlin'), '2026-07-01T08:05:00+02:00')
  assert.equal(dateTimeText('2026-01-01T08:05:00', 'Europe/Berlin'), '2026-01-01T08:05:00+01:00')
  assert.equal(dateTimeText('2026-03-01 08:05:00.120+0530', '+08:00'), '2026-03-01T08:05:00.120+05:30')
  assert.equal(dateTimeText('2026-03-01 24:00', '+08:00'), undefined)
  assert.equal(dateTimeText('2026-03-01', '+08:00'), '2026-03-01')
})
