/** The few shapes of text that statements hold. None leaves room for free text (spec 1 §6). */

/** An organisation: a slug, lower case, at most 64 characters. */
export const ORGANISATION = /^[a-z0-9][a-z0-9.-]{0,63}$/

/** A code of ours or of a code system: at most 64 characters. */
export const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** Id of a published artefact, at most 128 characters, `/` between its parts. */
export const ARTEFACT_ID = /^(?=.{1,128}$)[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*){0,7}$/

/** Semantic version 2.0.0 without build metadata. */
export const VERSION =
  /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-[0-9A-Za-z-]{1,32}(?:\.[0-9A-Za-z-]{1,32}){0,3})?$/

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A field that holds a day. */
export function isDayText(value: unknown): value is string {
  return typeof value === 'string' && isDay(value)
}

/** `YYYY-MM-DD`, a day that exists in the Gregorian calendar. */
export function isDay(text: string): boolean {
  const parts = DAY.exec(text)
  if (parts === null) return false
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const length = (MONTH_LENGTHS[month - 1] ?? 0) + (leap ? 1 : 0)
  return year > 0 && day >= 1 && day <= length
}
