/** The canonical source text of a leaf as a person reads it: strings without quotes and escapes, numbers as written. */

/** Never rewrites a number: `1.00` stays `1.00`. */
export function plainValue(source: string): string {
  if (!source.startsWith('"')) return source
  try {
    return String(JSON.parse(source))
  } catch {
    return source
  }
}
