/** GB 11643-1999 citizen identification numbers: form, check character, date, region, sex. */

import { readShipped } from './data-files.ts'
import { isCalendarDay } from './primitive-forms.ts'

/** What is wrong with a number; each is a suffix of a finding code `cn.id-number-*`. */
export type IdNumberProblem = 'form' | 'check-character' | 'birth-date' | 'future' | 'region'

/** What a number says: `problems` is empty when it is good; the other members are there when they could be read. */
export interface IdNumberReading {
  readonly problems: readonly IdNumberProblem[]
  /** 18 characters, `X` upper case; 15-digit numbers upgraded. */
  readonly normalised?: string
  /** `YYYY-MM-DD` */
  readonly birthDate?: string
  readonly sex?: 'male' | 'female'
  /** The six digits of GB/T 2260. */
  readonly region?: string
}

/** Weights of positions 1 to 17 and the check characters by sum modulo 11 (GB 11643-1999 §5; ISO 7064 MOD 11-2). */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

const checkCharacterOf = (seventeen: string): string => {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(seventeen[i]), 0)
  return checkCharacters[sum % 11] ?? ''
}

/** Reads a number; `today` (`YYYY-MM-DD`) turns the future-date check on. */
export function checkIdNumber(number: string, today?: string): IdNumberReading {
  const written = number.trim().toUpperCase()
  const normalised = upgrade15(written) ?? written
  if (!/^\d{17}[\dX]$/.test(normalised)) return { problems: ['form'] }
  const birthDate = `${normalised.slice(6, 10)}-${normalised.slice(10, 12)}-${normalised.slice(12, 14)}`
  const isDay = isBirthDate(birthDate)
  const problems: IdNumberProblem[] = []
  if (checkCharacterOf(normalised.slice(0, 17)) !== normalised[17]) problems.push('check-character')
  if (!isDay) problems.push('birth-date')
  else if (today !== undefined && birthDate > today) problems.push('future')
  if (!isKnownRegion(normalised)) problems.push('region')
  return {
    problems,
    normalised,
    ...(isDay ? { birthDate } : {}),
    sex: Number(normalised[16]) % 2 === 1 ? 'male' : 'female',
    region: normalised.slice(0, 6),
  }
}

/** A 15-digit number of before 1999 as its 18-character form (the century is 19), or undefined when it is not 15 digits. */
export function upgrade15(number: string): string | undefined {
  if (!/^\d{15}$/.test(number)) return undefined
  const seventeen = `${number.slice(0, 6)}19${number.slice(6)}`
  return seventeen + checkCharacterOf(seventeen)
}

function isBirthDate(date: string): boolean {
  return /^(?:1[89]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(date) && isCalendarDay(date)
}

let provinces: ReadonlySet<string> | undefined

/** Province by GB/T 2260. Foreigners' permanent residence numbers start with 9 and have the province after it. */
function isKnownRegion(number: string): boolean {
  provinces ??= new Set(
    (readShipped('meridian.value-set.provinces', 'codes.json') as { codes: { code: string }[] }).codes.map(
      (c) => c.code,
    ),
  )
  return provinces.has(number.startsWith('9') ? number.slice(1, 3) : number.slice(0, 2))
}
