/** The forms of FHIR R4's primitive types (hl7.org/fhir/R4/datatypes.html): which JSON values are a valid `date`, `id`, … */

/** Whether a value that is not null has the form; `sourceText` only matters to numbers. */
export type PrimitiveForm = (value: unknown, sourceText?: string) => boolean

const int32 = 2_147_483_647
const stringLimit = 1_048_576

const year = '(?:[0-9](?:[0-9](?:[0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)'
const month = '(?:0[1-9]|1[0-2])'
const day = '(?:0[1-9]|[12][0-9]|3[01])'
const clock = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?'
const zone = '(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))'

const forms = {
  date: new RegExp(`^${year}(?:-${month}(?:-${day})?)?$`),
  dateTime: new RegExp(`^${year}(?:-${month}(?:-${day}(?:T${clock}${zone})?)?)?$`),
  instant: new RegExp(`^${year}-${month}-${day}T${clock}${zone}$`),
  time: new RegExp(`^${clock}$`),
  code: /^[^\s]+(?:\s[^\s]+)*$/,
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  oid: /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/,
  uuid: /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  uri: /^\S+$/,
  base64: /^[0-9A-Za-z+/]+={0,2}$/,
}

/** Characters under U+0020 that are no tab, line feed or carriage return: forbidden in `string` (R4 §2.24.0.1). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the rule is about control characters
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= stringLimit && !control.test(value)

const matching =
  (form: RegExp): PrimitiveForm =>
  (value) =>
    typeof value === 'string' && form.test(value)

const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the `YYYY-MM-DD` at the start of a well-formed date names a day that exists. */
export function isCalendarDay(value: string): boolean {
  const d = Number(value.slice(8, 10))
  if (d <= 28) return true
  const y = Number(value.slice(0, 4))
  const m = Number(value.slice(5, 7))
  const isLeap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  return d <= (m === 2 && !isLeap ? 28 : (monthDays[m - 1] ?? 0))
}

const dated =
  (form: RegExp): PrimitiveForm =>
  (value) =>
    typeof value === 'string' && form.test(value) && isCalendarDay(value)

const integer =
  (least: number): PrimitiveForm =>
  (value, sourceText) =>
    Number.isInteger(value) &&
    (value as number) >= least &&
    (value as number) <= int32 &&
    (sourceText === undefined || /^-?\d+$/.test(sourceText))

function isBase64(value: unknown): boolean {
  if (typeof value !== 'string') return false
  const digits = /\s/.test(value) ? value.replace(/\s+/g, '') : value
  return digits.length % 4 === 0 && forms.base64.test(digits)
}

/** Every FHIR R4 primitive type and its form. */
export const primitiveForms: Readonly<Record<string, PrimitiveForm>> = {
  boolean: (value) => typeof value === 'boolean',
  integer: integer(-int32 - 1),
  unsignedInt: integer(0),
  positiveInt: integer(1),
  decimal: (value) => typeof value === 'number' && Number.isFinite(value),
  string: isText,
  markdown: isText,
  xhtml: (value) => typeof value === 'string',
  code: matching(forms.code),
  id: matching(forms.id),
  oid: matching(forms.oid),
  uuid: matching(forms.uuid),
  uri: matching(forms.uri),
  url: matching(forms.uri),
  canonical: matching(forms.uri),
  base64Binary: isBase64,
  date: dated(forms.date),
  dateTime: dated(forms.dateTime),
  instant: dated(forms.instant),
  time: matching(forms.time),
}

/**
 * Whether `value` is a valid FHIR R4 primitive of `type`; false for a type that is none. `sourceText` is the number as it
 * was written, where known: `1.0` is no integer although `JSON.parse` makes it one. `null` is allowed, as it holds a
 * place beside an extension, except in `xhtml`, which cannot have one.
 */
export function isPrimitive(type: string, value: unknown, sourceText?: string): boolean {
  if (!Object.hasOwn(primitiveForms, type)) return false
  if (value === null) return type !== 'xhtml'
  return primitiveForms[type]?.(value, sourceText) ?? false
}
