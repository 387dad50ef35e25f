/** Numbers as they were written: finds those whose source text says more than the number `JSON.parse` made of it. */

/** The source text of a number, by the object or array that holds it and its key. */
export type NumberSources = WeakMap<object, Map<string, string>>

/** A number token with a point or an exponent; only those can hide an integer that is not written as one. */
const suspicious = /[:[,]\s*-?\d+(?:\.\d+)?[.eE]|[:[,]\s*-?\d+\.0/

/**
 * The value to check and what is known of its numbers. Without `text`, or when no number in it could mislead, that is the
 * given copy itself; otherwise a second copy, read from the text together with the numbers' sources.
 */
export function readSourceNumbers(
  given: unknown,
  text?: string,
): { value: unknown; numbers?: NumberSources } {
  if (text === undefined || !suspicious.test(text)) return { value: given }
  const numbers: NumberSources = new WeakMap()
  const value = JSON.parse(text, function (this: object, key, item, context?: { source?: string }) {
    const source = context?.source
    if (typeof item === 'number' && source !== undefined && source !== String(item)) {
      const known = numbers.get(this) ?? new Map<string, string>()
      numbers.set(this, known.set(key, source))
    }
    return item
  })
  return { value, numbers }
}
