/** Instants in the one form that is kept: ISO 8601 in UTC with milliseconds. */

/** Gives an instant in that form. Throws a `RangeError` for what is none: a bug of the caller. */
export type ReadInstant = (text: string) => string

/** Remembers what it read, since the records of a group mostly name the same few instants. */
export function createInstants(): ReadInstant {
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const read = new Date(text).toISOString()
    known.set(text, read)
    return read
  }
}
