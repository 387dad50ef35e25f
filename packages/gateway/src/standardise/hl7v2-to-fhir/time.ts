/** HL7 v2 times (DTM, TS, DT, TM) as FHIR dates and times, in the zone they name or the source's (v2-to-FHIR: DTM[dateTime]). */
import type { Segment } from '../../connect/hl7v2/message.ts'
import { text } from '../../connect/hl7v2/message.ts'
import { offsetAt } from '../zone-offset.ts'
import { badValue, type Conversion } from './conversion.ts'

const dtm = /^(\d{4})(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:(\d\d)(?:\.(\d{1,9}))?)?)?)?)?)?([+-]\d{4})?$/
// Not HL7, but what many systems here send.
const isoLike =
  /^(\d{4})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?([+-]\d\d:?\d\d|Z)?$/

/** A time as its parts; those not said are undefined. */
interface TimeParts {
  readonly year: string
  readonly month?: string
  readonly day?: string
  readonly hour?: string
  readonly minute: string
  readonly second: string
  readonly fraction?: string
  readonly zone?: string
}

/** A field as FHIR dateTime with the precision it was sent with; what is no time is refused with its place. */
export function dateTime(
  conversion: Conversion,
  segment: Segment,
  field: number,
  component = 1,
): string | undefined {
  const raw = text(segment, field, component)
  if (raw === undefined) return undefined
  return dateTimeText(raw, conversion) ?? badValue(conversion, 'hl7v2.time', segment, field)
}

/** A field as FHIR date: the day (month, year) part of the time. */
export function date(conversion: Conversion, segment: Segment, field: number): string | undefined {
  const raw = text(segment, field)
  if (raw === undefined) return undefined
  const parts = partsOf(raw)
  return parts === undefined ? badValue(conversion, 'hl7v2.time', segment, field) : dayOf(parts)
}

/** A field as FHIR instant; undefined when it has no time of day, because one may not be invented. */
export function instant(conversion: Conversion, segment: Segment, field: number): string | undefined {
  const value = dateTime(conversion, segment, field)
  return value?.includes('T') ? value : undefined
}

/** Text of a time as FHIR dateTime, or undefined when it is no time. */
export function dateTimeText(raw: string, conversion: Conversion): string | undefined {
  const parts = partsOf(raw)
  if (parts === undefined) return undefined
  const day = dayOf(parts)
  if (parts.hour === undefined) return day
  const fraction = parts.fraction === undefined ? '' : `.${parts.fraction}`
  const zone = parts.zone ?? localOffset(conversion, parts)
  return `${day}T${parts.hour}:${parts.minute}:${parts.second}${fraction}${zone}`
}

/** Text of a TM (`HHMM[SS[.S]]`) as FHIR time, or undefined. */
export function timeOfDay(raw: string): string | undefined {
  const parts = /^([01]\d|2[0-3])([0-5]\d)(?:([0-5]\d)(\.\d{1,9})?)?/.exec(raw)
  return parts === null ? undefined : `${parts[1]}:${parts[2]}:${parts[3] ?? '00'}${parts[4] ?? ''}`
}

function dayOf(parts: TimeParts): string {
  if (parts.month === undefined) return parts.year
  return parts.day === undefined
    ? `${parts.year}-${parts.month}`
    : `${parts.year}-${parts.month}-${parts.day}`
}

function partsOf(raw: string): TimeParts | undefined {
  const found = dtm.exec(raw) ?? isoLike.exec(raw)
  if (found === null) return undefined
  const [, year, month, day, hour, minute = '00', second = '00', fraction, zone] = found
  const parts = { year: year as string, minute, second }
  const valid =
    inRange(year, 1, 9999) &&
    (month === undefined || inRange(month, 1, 12)) &&
    (day === undefined || inRange(day, 1, daysIn(Number(year), Number(month)))) &&
    (hour === undefined || inRange(hour, 0, 23)) &&
    inRange(minute, 0, 59) &&
    inRange(second, 0, 59)
  if (!valid || (zone !== undefined && !validZone(zone))) return undefined
  return {
    ...parts,
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
    ...(hour === undefined ? {} : { hour }),
    ...(fraction === undefined ? {} : { fraction }),
    ...(zone === undefined ? {} : { zone: zoneText(zone) }),
  }
}

function inRange(text: string | undefined, low: number, high: number): boolean {
  const value = Number(text)
  return value >= low && value <= high
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// FHIR allows offsets up to 14:00.
function validZone(zone: string): boolean {
  const digits = zone.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return zone === 'Z' || (minutes <= 14 * 60 && Number(digits.slice(2)) < 60)
}

function zoneText(zone: string): string {
  return zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
}

// An offset of a zone holds for the hour at least, and asking costs 10 µs, so the answers of recent hours are kept.
const offsets = new Map<string, string>()
const keptOffsets = 2000

function localOffset(conversion: Conversion, parts: TimeParts): string {
  const { timeZone } = conversion.received.source
  const key = `${timeZone}|${parts.year}${parts.month}${parts.day}${parts.hour}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const [year = 0, month = 1, day = 1, hour = 0] = [parts.year, parts.month, parts.day, parts.hour].map(
    Number,
  )
  const offset = offsetAt(timeZone, Date.UTC(year, month - 1, day, hour))
  if (offsets.size >= keptOffsets) offsets.clear()
  offsets.set(key, offset)
  return offset
}
