/** Dates and times as tables hold them (`2026/3/1 8:05`, `20260301`, `2026年3月1日`) as FHIR date and dateTime, in the source's zone. */
import { offsetAt } from '../zone-offset.ts'

/** What a cell says; `undefined` parts were not said. */
interface TimeParts {
  readonly year: number
  readonly month: number | undefined
  readonly day: number | undefined
  readonly clock: string | undefined
  readonly zone: string | undefined
}

/** Orders of a date with separators that a mapping may state when the year does not come first. */
export type DateOrder = 'YMD' | 'DMY' | 'MDY'

const clockForm = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})${clockForm})?)?$`)
const chinese = new RegExp(String.raw`^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日${clockForm})?)?$`)
const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/
const yearLast = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${clockForm}$`)

/** The day (month, year) a cell says, as FHIR date; undefined when it is none. */
export function dateText(cell: string, order: DateOrder = 'YMD'): string | undefined {
  const parts = readParts(cell, order)
  return parts === undefined ? undefined : dayText(parts)
}

/** The time a cell says as FHIR dateTime; a time of day without a zone is in `timeZone` (IANA name or fixed offset). */
export function dateTimeText(cell: string, timeZone: string, order: DateOrder = 'YMD'): string | undefined {
  const parts = readParts(cell, order)
  if (parts === undefined) return undefined
  const day = dayText(parts)
  if (parts.clock === undefined) return day
  const wall = Date.parse(`${day}T${parts.clock}Z`)
  return `${day}T${parts.clock}${parts.zone ?? offsetAt(timeZone, wall)}`
}

function readParts(cell: string, order: DateOrder): TimeParts | undefined {
  const text = cell.normalize('NFKC').trim()
  const found = yearFirst.exec(text) ?? chinese.exec(text)
  if (found !== null) {
    const [, year, month, day, ...clock] = found
    return checked(year, month, day, clock)
  }
  const packed = compact.exec(text)
  if (packed !== null) {
    const [, year, month, day, hour, minute, second] = packed
    return checked(year, month, day, [hour, minute, second])
  }
  const last = order === 'YMD' ? null : yearLast.exec(text)
  if (last === null) return undefined
  const [, first, second, year, ...clock] = last
  return order === 'DMY' ? checked(year, second, first, clock) : checked(year, first, second, clock)
}

type Part = string | undefined

function checked(year: Part, month: Part, day: Part, clockParts: readonly Part[]): TimeParts | undefined {
  const [hour, minute, second = '00', fraction = '', zone] = clockParts
  const whole = { year: Number(year), month: numberOf(month), day: numberOf(day) }
  if (whole.month !== undefined && (whole.month < 1 || whole.month > 12)) return undefined
  const lastDay = new Date(Date.UTC(whole.year, whole.month ?? 1, 0)).getUTCDate()
  if (whole.day !== undefined && (whole.day < 1 || whole.day > lastDay)) return undefined
  if (hour === undefined) return { ...whole, clock: undefined, zone: undefined }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const clock = `${hour.padStart(2, '0')}:${minute}:${second}${fraction}`
  return { ...whole, clock, zone: zone === undefined ? undefined : zoneText(zone) }
}

function numberOf(part: Part): number | undefined {
  return part === undefined ? undefined : Number(part)
}

function zoneText(zone: string): string {
  return zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
}

function dayText({ year, month, day }: TimeParts): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const years = String(year).padStart(4, '0')
  if (month === undefined) return years
  return day === undefined ? `${years}-${two(month)}` : `${years}-${two(month)}-${two(day)}`
}
