/** `record-daily-totals` (evidence): once a day, counts by dimension, with small cells left out (spec 1 §6.5). */
import type { CborValue } from '../cbor.ts'
import { bodyMap, bodyOr, field, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { CODE, isDayText } from './patterns.ts'

/** What the records of a day are counted by. `all` has the one code `records`. */
export type TotalsDimension = 'all' | 'kind' | 'care-stage' | 'source' | 'capture-method'

/** One cell. `count` is at least 5, or `null` when it is hidden; a cell of none is left out. */
export interface TotalsCell {
  readonly dimension: TotalsDimension
  readonly code: string
  readonly count: number | null
}

/** Body of `record-daily-totals`; the organisation is the issuer. Cells ascend by dimension, then code. */
export interface RecordDailyTotals {
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly totals: readonly TotalsCell[]
}

/** The smallest count that is said. */
export const LEAST_COUNT = 5

/** The most cells of one day. */
export const MOST_CELLS = 500

const DIMENSIONS: readonly string[] = ['all', 'capture-method', 'care-stage', 'kind', 'source']

/** An exact count, before suppression. */
export interface ExactCount {
  readonly dimension: TotalsDimension
  readonly code: string
  readonly count: number
}

/**
 * The cells that may be published: sorted, none of zero, small ones without their number. All dimensions count the
 * same records, so what is hidden can be had by subtraction from another dimension: the next smallest cells are hidden
 * too, until at least two are hidden that count at least five together.
 */
export function suppressedTotals(counts: readonly ExactCount[]): TotalsCell[] {
  const cells = counts.filter(({ count }) => count > 0)
  return DIMENSIONS.flatMap((dimension) =>
    suppressed(cells.filter((cell) => cell.dimension === dimension)),
  ).sort((a, b) => (isBefore(a, b) ? -1 : 1))
}

function suppressed(cells: readonly ExactCount[]): TotalsCell[] {
  const ascending = [...cells].sort((a, b) => a.count - b.count)
  let hidden = ascending.filter(({ count }) => count < LEAST_COUNT).length
  while (hidden > 0 && hidden < ascending.length && isExposed(ascending.slice(0, hidden))) hidden++
  return ascending.map((cell, i) => ({ ...cell, count: i < hidden ? null : cell.count }))
}

/** One hidden cell alone always counts fewer than five. */
function isExposed(hidden: readonly ExactCount[]): boolean {
  return hidden.reduce((sum, { count }) => sum + count, 0) < LEAST_COUNT
}

/** By dimension, then code, in the order of code units. */
function isBefore(a: TotalsCell, b: TotalsCell): boolean {
  return a.dimension === b.dimension ? a.code < b.code : a.dimension < b.dimension
}

function isCell(value: CborValue): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false
  const [dimension, code, count] = value as CborValue[]
  const counted = count === null || (typeof count === 'number' && count >= LEAST_COUNT)
  return DIMENSIONS.includes(dimension as string) && typeof code === 'string' && CODE.test(code) && counted
}

function cellOf(value: CborValue): TotalsCell {
  const [dimension, code, count] = value as [TotalsDimension, string, number | null]
  return { dimension, code, count }
}

function isCells(value: CborValue): value is readonly CborValue[] {
  if (!Array.isArray(value) || value.length > MOST_CELLS || !value.every(isCell)) return false
  const cells = (value as CborValue[]).map(cellOf)
  return cells.every((cell, i) => i === 0 || isBefore(cells[i - 1] as TotalsCell, cell))
}

/** Subject `totals:` and the day. */
export const recordDailyTotals: StatementForm<RecordDailyTotals> = {
  kind: 'record-daily-totals',
  encode: (body) =>
    bodyMap(
      body.day,
      body.totals.map((cell) => [cell.dimension, cell.code, cell.count]),
    ),
  decode(value) {
    const fields = readBody('record-daily-totals', value, 2)
    return bodyOr<RecordDailyTotals>(fields, {
      day: field(fields, { key: 1, name: 'day' }, isDayText, ''),
      totals: field(fields, { key: 2, name: 'totals' }, isCells, []).map(cellOf),
    })
  },
  subjectOf: (_suite, body) => `totals:${body.day}`,
}
