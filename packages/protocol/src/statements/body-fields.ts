/** Reads the fields of a statement body: a CBOR map with keys 1, 2, 3 … each checked, none unknown (spec 1 §6). */
import { type CborMap, type CborValue, isCborMap } from '../cbor.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { RefusalCode } from '../refusal-codes.ts'

/** A body being read. The first wrong field is kept in `refusal`; later fields are then of no meaning. */
export interface BodyFields {
  readonly kind: string
  readonly map: CborMap
  refusal: Refusal | undefined
}

/** Starts reading a body that has at most `count` fields; each is asked for by its own reader. */
export function readBody(kind: string, value: CborValue, count: number): BodyFields {
  const map: CborMap = isCborMap(value) ? value : new Map()
  const fields: BodyFields = { kind, map, refusal: undefined }
  if (!isCborMap(value)) note(fields, 'statement.field-invalid', 'body')
  else if (map.size > count) note(fields, 'statement.field-unknown', 'body')
  return fields
}

function note(fields: BodyFields, code: RefusalCode, field: string): void {
  fields.refusal ??= refuse('protocol', code, { kind: fields.kind, field })
}

/** The body, or what was wrong with it. */
export function bodyOr<Body>(fields: BodyFields, body: Body): Body | Refusal {
  return fields.refusal ?? body
}

/** A field that `accepts`; otherwise the refusal is noted and `fallback` stands in. */
export function field<Value extends CborValue>(
  fields: BodyFields,
  place: { readonly key: number; readonly name: string },
  accepts: (value: CborValue) => value is Value,
  fallback: Value,
): Value {
  const value = fields.map.get(place.key)
  if (value === undefined) note(fields, 'statement.field-missing', place.name)
  else if (!accepts(value)) note(fields, 'statement.field-invalid', place.name)
  else return value
  return fallback
}

/** A whole number, whichever way it came out of CBOR. */
export function isInteger(value: CborValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

const NO_BYTES = new Uint8Array(0)

/** A byte string of exactly `length` bytes. */
export function bytesField(fields: BodyFields, key: number, name: string, length: number): Uint8Array {
  const accepts = (value: CborValue): value is Uint8Array =>
    value instanceof Uint8Array && value.length === length
  return field(fields, { key, name }, accepts, NO_BYTES)
}

/** A byte string of exactly `length` bytes that may be left out, as the last field of its body. */
export function optionalBytesField(
  fields: BodyFields,
  key: number,
  name: string,
  length: number,
): Uint8Array | undefined {
  return fields.map.has(key) ? bytesField(fields, key, name, length) : undefined
}

/** Notes a field as invalid when what it says does not go with the others. */
export function demand(fields: BodyFields, name: string, holds: boolean): void {
  if (!holds) note(fields, 'statement.field-invalid', name)
}

/** A text that matches a pattern. */
export function textField(fields: BodyFields, key: number, name: string, pattern: RegExp): string {
  const accepts = (value: CborValue): value is string => typeof value === 'string' && pattern.test(value)
  return field(fields, { key, name }, accepts, '')
}

/** A text out of a closed list. */
export function choiceField<Choice extends string>(
  fields: BodyFields,
  key: number,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const accepts = (value: CborValue): value is Choice => (choices as readonly CborValue[]).includes(value)
  return field(fields, { key, name }, accepts, choices[0])
}

/** The map of a body from its values in the order of their keys, 1 first. */
export function bodyMap(...values: readonly CborValue[]): CborMap {
  return new Map(values.map((value, index) => [index + 1, value]))
}
