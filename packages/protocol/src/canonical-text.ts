/**
 * Canonical text (spec 1 §3): JSON with members sorted, no whitespace, shortest escapes and every number as its source
 * text. It is what is sealed, committed and exported; libraries get a plain copy.
 */
import { fromUtf8, isWellFormed } from './bytes.ts'
import { isCanonicalJson } from './canonical-check.ts'
import { printCanonical } from './json-reader.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { DEEPEST, DEFAULT_TEXT_LIMITS, type TextLimits } from './text-limits.ts'
import { invalidUtf8Offset } from './utf8.ts'

export type { TextLimits } from './text-limits.ts'

declare const canonical: unique symbol

/** A JSON text in canonical form. Only this module and the editing functions make one. */
export type CanonicalText = string & { readonly [canonical]: true }

const BYTE_ORDER_MARK = 0xfeff

/**
 * Reads JSON (RFC 8259) strictly and gives its canonical form. One leading byte order mark is skipped. Refusals:
 * `text.not-utf8`, `text.too-large`, `text.too-deep`, `text.too-many-members`, and, with line and column,
 * `text.syntax`, `text.unexpected-end`, `text.trailing-content`, `text.duplicate-key`, `text.lone-surrogate`,
 * `text.bad-escape`, `text.control-character`, `text.bad-number`.
 */
export function readCanonicalText(
  source: Uint8Array | string,
  limits: Partial<TextLimits> = {},
): CanonicalText | Refusal {
  const bounds = { ...DEFAULT_TEXT_LIMITS, ...limits }
  if (bounds.maxDepth > DEEPEST) bounds.maxDepth = DEEPEST
  if (source.length > bounds.maxBytes) return refuse('protocol', 'text.too-large', { limit: bounds.maxBytes })
  const whole = typeof source === 'string' ? source : fromUtf8(source)
  if (whole === undefined) return notUtf8(source as Uint8Array)
  const text = whole.charCodeAt(0) === BYTE_ORDER_MARK ? whole.slice(1) : whole
  if (typeof source === 'string' && !isWellFormed(text)) return loneSurrogate(text)
  const printed = isCanonicalJson(text, bounds) ? text : printCanonical(text, bounds)
  return printed as CanonicalText | Refusal
}

function notUtf8(bytes: Uint8Array): Refusal {
  return refuse('protocol', 'text.not-utf8', { offset: invalidUtf8Offset(bytes) })
}

/** Only a source given as a string can hold a raw one. */
function loneSurrogate(text: string): Refusal {
  const before = text.slice(0, text.search(/\p{Surrogate}/u)).split(/\r\n|\r|\n/)
  return refuse('protocol', 'text.lone-surrogate', {
    line: before.length,
    column: (before[before.length - 1] as string).length + 1,
  })
}

/**
 * The canonical text of a plain JSON value that our own code made. `JSON.rawJSON('36.50')` keeps a number's source
 * text. Throws a `TypeError` for what JSON cannot hold: a bug of ours.
 */
export function canonicalTextOf(value: unknown): CanonicalText {
  const source = JSON.stringify(value) as string | undefined
  const text = source === undefined ? undefined : readCanonicalText(source)
  if (text === undefined || isRefusal(text)) throw new TypeError('value has no canonical text')
  return text
}

export { plainCopy } from './plain-copy.ts'
