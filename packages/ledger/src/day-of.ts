/** The calendar day of a moment, in integers only: there is no clock and no calendar of the host in here. */

const SECONDS_PER_DAY = 86_400n

/** The day in UTC as `YYYY-MM-DD`, by the civil calendar (days counted from 0000-03-01, eras of 400 years). */
export function dayOf(timeSeconds: bigint): string {
  const days = floorDivide(timeSeconds, SECONDS_PER_DAY) + 719_468n
  const era = floorDivide(days, 146_097n)
  const dayOfEra = days - era * 146_097n
  const yearOfEra = (dayOfEra - dayOfEra / 1_460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n
  const dayOfYear = dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n)
  const monthFromMarch = (5n * dayOfYear + 2n) / 153n
  const day = dayOfYear - (153n * monthFromMarch + 2n) / 5n + 1n
  const month = monthFromMarch < 10n ? monthFromMarch + 3n : monthFromMarch - 9n
  const year = yearOfEra + era * 400n + (month <= 2n ? 1n : 0n)
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}

function digits(value: bigint, width: number): string {
  return value.toString().padStart(width, '0')
}
