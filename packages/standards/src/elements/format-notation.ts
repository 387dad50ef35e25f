/** The format notation of WS/T 303 (`A..50`, `AN..18`, `AN10`, `N1..3`, `N..6,2`, `D8`, `DT15`, `T6`, `L`, `BY`): parsed and enforced. */

/** A parsed notation. Lengths are characters; of numbers they are digits, the point and the sign not counted. */
export type Format =
  | { readonly of: 'A' | 'AN'; readonly min: number; readonly max: number }
  | { readonly of: 'N'; readonly min: number; readonly max: number; readonly decimals: number }
  | { readonly of: 'D' | 'DT' | 'T' | 'L' | 'BY' }

const sized = /^(A|AN|N)(?:(\d{1,4})|(\d{1,4})?\.\.(\d{1,4}))(?:,(\d{1,2}))?$/
const fixedForms: Readonly<Record<string, Format>> = {
  D8: { of: 'D' },
  DT15: { of: 'DT' },
  T6: { of: 'T' },
  L: { of: 'L' },
  BY: { of: 'BY' },
}

/** The format, or undefined when the notation is none. */
export function parseFormat(notation: string): Format | undefined {
  if (Object.hasOwn(fixedForms, notation)) return fixedForms[notation]
  const parts = sized.exec(notation)
  if (parts === null) return undefined
  const [, of, fixed, least, most, decimals] = parts
  const max = Number(fixed ?? most)
  const min = Number(fixed ?? least ?? 1)
  const places = Number(decimals ?? 0)
  if (max < 1 || min < 1 || min > max || places >= max) return undefined
  if (of !== 'N') return decimals === undefined ? { of: of as 'A' | 'AN', min, max } : undefined
  return { of, min, max, decimals: places }
}

/** Whether a value, as the text of a data element, keeps to the format. */
export function matchesFormat(format: Format, value: string): boolean {
  switch (format.of) {
    case 'A':
      return hasLength(value, format) && !/[\p{Nd}\p{Cc}]/u.test(value)
    case 'AN':
      return hasLength(value, format) && !/\p{Cc}/u.test(value)
    case 'N':
      return isNumber(value, format)
    case 'D':
      return isDay(value)
    case 'DT':
      return value.length === 15 && value[8] === 'T' && isDay(value.slice(0, 8)) && isTime(value.slice(9))
    case 'T':
      return isTime(value)
    case 'L':
      return value === 'true' || value === 'false'
    case 'BY':
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value) && value !== ''
  }
}

/** PERF: a text longer than any format allows is not spread into its characters. */
function hasLength(value: string, { min, max }: { readonly min: number; readonly max: number }): boolean {
  if (value.length > 2 * max) return false
  const length = [...value].length
  return length >= min && length <= max
}

function isNumber(value: string, { min, max, decimals }: Extract<Format, { of: 'N' }>): boolean {
  const parts = value.length > 2 * max + 2 ? null : /^-?(\d+)(?:\.(\d+))?$/.exec(value)
  if (parts === null) return false
  const [, whole = '', fraction = ''] = parts
  if (fraction.length > decimals) return false
  const digits = whole.length + fraction.length
  return digits >= min && digits <= max
}

function isDay(value: string): boolean {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(value)
  if (parts === null) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const isTime = (value: string): boolean => /^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(value)
