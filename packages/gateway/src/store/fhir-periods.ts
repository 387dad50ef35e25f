/** FHIR dates and times as half-open periods of instants (R4 §3.1.1.4.7): `2026-03` is the whole month, `…T10:05Z` its minute. */
import { offsetAt, offsetMinutes } from '../standardise/zone-offset.ts'

/** [from, to) as ISO 8601 instants in UTC. */
export interface InstantPeriod {
  readonly from: string
  readonly to: string
}

/** The ends of time, for a Period that is open on one side. */
export const earliest = '0001-01-01T00:00:00.000Z'
export const latest = '9999-12-31T23:59:59.999Z'

const form =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/** The period a date, dateTime or instant means; `zone` (`+08:00` or an IANA name) holds where it names none. Undefined when it is no time. */
export function periodOf(text: string, zone: string): InstantPeriod | undefined {
  const parts = form.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second, fraction, ownZone] = parts
  const at = (y: number, m: number, d: number, ms: number) => instantAt(utc(y, m, d) + ms, ownZone ?? zone)
  if (!inRange(month, 1, 12) || !inRange(day, 1, 31) || !inRange(hour, 0, 23) || !inRange(minute, 0, 59))
    return undefined
  const y = Number(year)
  if (month === undefined) return between(at(y, 1, 1, 0), at(y + 1, 1, 1, 0))
  const m = Number(month)
  if (day === undefined) return between(at(y, m, 1, 0), at(y, m + 1, 1, 0))
  const d = Number(day)
  if (hour === undefined) return between(at(y, m, d, 0), at(y, m, d + 1, 0))
  const clock = (Number(hour) * 60 + Number(minute)) * 60_000 + Number(second ?? 0) * 1000
  const from = at(y, m, d, clock + Math.floor(Number(`0.${fraction ?? 0}`) * 1000))
  return between(from, from + (second === undefined ? 60_000 : fraction === undefined ? 1000 : 1))
}

/** A FHIR Period as instants; the end's own precision counts (an end of `2026-03-01` includes that day). */
export function periodBetween(start: unknown, end: unknown, zone: string): InstantPeriod | undefined {
  const first = typeof start === 'string' ? periodOf(start, zone) : undefined
  const last = typeof end === 'string' ? periodOf(end, zone) : undefined
  if (first === undefined && last === undefined) return undefined
  const period = { from: first?.from ?? earliest, to: last?.to ?? latest }
  // All are written alike, so they compare as text. An end before its start is no period.
  return period.from < period.to ? period : undefined
}

function inRange(part: string | undefined, low: number, high: number): boolean {
  return part === undefined || (Number(part) >= low && Number(part) <= high)
}

// setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day)
}

function instantAt(wallMs: number, zone: string): number {
  return wallMs - offsetMinutes(offsetAt(zone, wallMs)) * 60_000
}

const earliestMs = Date.parse(earliest)
const latestMs = Date.parse(latest)

function between(fromMs: number, toMs: number): InstantPeriod {
  const iso = (ms: number) => new Date(Math.min(Math.max(ms, earliestMs), latestMs)).toISOString()
  return { from: iso(fromMs), to: iso(toMs) }
}
