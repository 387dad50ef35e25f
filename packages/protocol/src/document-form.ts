/**
 * The form of a document of ours: one table says both how it is written and how it is read, so that a file can be
 * decoded, encoded again and compared (spec 5 §2). Every member is required, none is unknown.
 */
import { fromBase64url, fromHex, fromUtf8, toBase64url, toHex } from './bytes.ts'
import { canonicalTextOf, readCanonicalText, type TextLimits } from './canonical-text.ts'
import { plainCopy } from './plain-copy.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { RefusalCode } from './refusal-codes.ts'

/** Where a document does not have its form: a JSON Pointer made of our own member names. */
export interface Misfit {
  readonly misfit: string
}

/** One value both ways. `encode` gives plain JSON; `decode` answers a {@link Misfit} instead of throwing. */
export interface Form<T> {
  encode(value: T): unknown
  decode(json: unknown, place: string): T | Misfit
}

/** True for what `decode` answers when the value does not fit. */
export function isMisfit(value: unknown): value is Misfit {
  return typeof value === 'object' && value !== null && 'misfit' in value
}

function misfit(place: string): Misfit {
  return { misfit: place === '' ? '/' : place }
}

/** A string that `read` understands. */
export function textForm<T>(print: (value: T) => string, read: (text: string) => T | undefined): Form<T> {
  return {
    encode: print,
    decode: (json, place) => (typeof json === 'string' ? read(json) : undefined) ?? misfit(place),
  }
}

/** A string that matches a pattern. */
export function patternForm(pattern: RegExp): Form<string> {
  return textForm(
    (text) => text,
    (text) => (pattern.test(text) ? text : undefined),
  )
}

/** Exactly this string. */
export function literalForm<L extends string>(literal: L): Form<L> {
  return textForm<L>(
    (text) => text,
    (text) => (text === literal ? literal : undefined),
  )
}

/** Bytes as lower-case hex; of any length unless one is given. */
export function hexForm(length?: number): Form<Uint8Array> {
  return textForm(toHex, (text) => {
    const bytes = fromHex(text)
    return length === undefined || bytes?.length === length ? bytes : undefined
  })
}

/** 32 bytes as hex. */
export const hashForm: Form<Uint8Array> = hexForm(32)

/** Bytes as base64url without padding. */
export const base64urlForm: Form<Uint8Array> = textForm(toBase64url, fromBase64url)

/** A whole number from 0 to 2^63 − 1 as a decimal string: JSON numbers lose what is above 2^53. */
export const wholeForm: Form<bigint> = textForm(
  (value) => value.toString(),
  (text) => (/^(?:0|[1-9]\d{0,18})$/.test(text) && BigInt(text) < 2n ** 63n ? BigInt(text) : undefined),
)

/** A count or a place as a JSON number. */
export const countForm: Form<number> = {
  encode: (value) => value,
  decode: (json, place) =>
    Number.isSafeInteger(json) && (json as number) >= 0 ? (json as number) : misfit(place),
}

/** `null`, or a value of the form. */
export function nullableForm<T>(form: Form<T>): Form<T | null> {
  return {
    encode: (value) => (value === null ? null : form.encode(value)),
    decode: (json, place) => (json === null ? null : form.decode(json, place)),
  }
}

/** A list of values of one form. */
export function listForm<T>(
  form: Form<T>,
  bounds: { readonly min?: number; readonly max: number },
): Form<readonly T[]> {
  return {
    encode: (values) => values.map((value) => form.encode(value)),
    decode(json, place) {
      if (!Array.isArray(json) || json.length > bounds.max || json.length < (bounds.min ?? 0))
        return misfit(place)
      const values: T[] = []
      for (const [index, item] of json.entries()) {
        const value = form.decode(item, `${place}/${index}`)
        if (isMisfit(value)) return value
        values.push(value)
      }
      return values
    },
  }
}

/** An object with exactly these members. */
export function objectForm<T extends object>(members: { readonly [K in keyof T]: Form<T[K]> }): Form<T> {
  // In canonical order, so that the text needs no sorting afterwards.
  const names = (Object.keys(members) as (keyof T & string)[]).sort()
  return {
    encode: (value) => Object.fromEntries(names.map((name) => [name, members[name].encode(value[name])])),
    decode(json, place) {
      if (typeof json !== 'object' || json === null || Object.keys(json).length !== names.length)
        return misfit(place)
      const values: Partial<T> = {}
      for (const name of names) {
        if (!Object.hasOwn(json, name)) return misfit(`${place}/${name}`)
        const value = members[name].decode((json as Record<string, unknown>)[name], `${place}/${name}`)
        if (isMisfit(value)) return value
        values[name] = value
      }
      return values as T
    },
  }
}

/** A whole document: an object whose `format` member names it and its version, and which has exactly these others. */
export function formatForm<T extends object>(
  format: string,
  members: { readonly [K in keyof T]: Form<T[K]> },
): Form<T> {
  type Named = T & { readonly format: string }
  const form = objectForm<Named>({ ...members, format: literalForm(format) } as {
    readonly [K in keyof Named]: Form<Named[K]>
  })
  return {
    encode: (value) => form.encode({ ...value, format }),
    decode(json, place) {
      const named = form.decode(json, place)
      if (isMisfit(named)) return named
      const { format: _, ...rest } = named
      return rest as unknown as T
    },
  }
}

/** A value of one form seen as another type: both directions must be inverse to each other. */
export function mappedForm<A, B>(form: Form<A>, to: (a: A) => B | undefined, from: (b: B) => A): Form<B> {
  return {
    encode: (value) => form.encode(from(value)),
    decode(json, place) {
      const value = form.decode(json, place)
      return isMisfit(value) ? value : (to(value) ?? misfit(place))
    },
  }
}

/** The refusals of one kind of document. */
export interface DocumentCodes {
  readonly malformed: RefusalCode
  readonly notCanonical: RefusalCode
}

/** What a document may cost: a longer one asks for more signature checks than a page should make. */
const LIMITS: Partial<TextLimits> = { maxBytes: 4 * 1024 * 1024, maxDepth: 24, maxMembers: 200_000 }

/** The canonical text of a document; its bytes are UTF-8. */
export function encodeDocument<T>(form: Form<T>, value: T): string {
  return canonicalTextOf(form.encode(value))
}

/**
 * Reads a document that must be byte for byte what {@link encodeDocument} writes of it. Refusals: the two codes given,
 * and the `text.*` codes when it is not JSON at all.
 */
export function decodeDocument<T>(bytes: Uint8Array, form: Form<T>, codes: DocumentCodes): T | Refusal {
  const text = readCanonicalText(bytes, LIMITS)
  if (isRefusal(text)) return text
  if (text !== fromUtf8(bytes)) return refuse('protocol', codes.notCanonical)
  const value = form.decode(plainCopy(text), '')
  if (isMisfit(value)) return refuse('protocol', codes.malformed, { place: value.misfit })
  return encodeDocument(form, value) === text ? value : refuse('protocol', codes.notCanonical)
}
