/** Reads the number at the start of a measured value as people write it: comparator, decimal comma, full-width digits. */
import type { Comparator } from '../measurement.ts'

/** The number as JSON source text, what follows it, and the comparator before it. */
export interface NumberReading {
  readonly value: string
  readonly rest: string
  readonly comparator?: Comparator
}

/** Why a number was not read: it is none, or `1,234` could be two numbers. */
export type NumberProblem = 'not-a-number' | 'ambiguous'

const comparators: readonly [written: RegExp, comparator: Comparator][] = [
  [/^(?:<=|=<|≤|≦|不大于|不超过)/, '<='],
  [/^(?:>=|=>|≥|≧|不小于|不低于)/, '>='],
  [/^(?:<|小于|低于)/, '<'],
  [/^(?:>|大于|高于)/, '>'],
]

const written = /^([+-]?)(\d+(?:[.,]\d+)*)(?:[eE]([+-]?\d{1,3})(?![\d/^*]))?/

/** Reads it; the text is trimmed and full-width forms are narrowed first. */
export function readNumber(text: string): NumberReading | NumberProblem {
  const plain = narrow(text).trim()
  const compared = comparators.find(([form]) => form.test(plain))
  const afterComparator = compared === undefined ? plain : plain.replace(compared[0], '').trimStart()
  const match = written.exec(afterComparator)
  if (match === null) return 'not-a-number'
  const [whole, sign, digits = '', exponent] = match
  const plainDigits = withPoint(digits)
  if (plainDigits === 'ambiguous' || plainDigits === 'not-a-number') return plainDigits
  return {
    value: `${sign === '-' ? '-' : ''}${plainDigits}${exponent === undefined ? '' : `e${exponent}`}`,
    rest: afterComparator.slice(whole.length).trim(),
    ...(compared === undefined ? {} : { comparator: compared[1] }),
  }
}

/** Full-width ASCII (ＡＢＣ１２３．％) to ASCII, and the ideographic space. */
function narrow(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

/** `36,5` is 36.5 and `12,345.6` is 12345.6; `1,234` could be either and is refused. */
function withPoint(digits: string): string | NumberProblem {
  const whole = /^\d+(?:\.\d+)?$/.exec(digits)
  if (whole !== null) return withoutLeadingZeros(digits)
  const comma = /^(\d+),(\d+)$/.exec(digits)
  if (comma !== null) {
    const [, before = '', after = ''] = comma
    if (after.length === 3 && before.length <= 3 && !before.startsWith('0')) return 'ambiguous'
    return withoutLeadingZeros(`${before}.${after}`)
  }
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits)) return withoutLeadingZeros(digits.replaceAll(',', ''))
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(digits))
    return withoutLeadingZeros(digits.replaceAll('.', '').replace(',', '.'))
  return 'not-a-number'
}

const withoutLeadingZeros = (digits: string): string => digits.replace(/^0+(?=\d)/, '')
