/** PostgreSQL array literals (manual §8.15.2), so that many rows travel as few parameters on both homes alike. */

const PLAIN = /^[A-Za-z0-9_./:+-]+$/

/** A literal for `text[]`, `uuid[]`, `timestamptz[]`, `date[]`. */
export function textArray(values: readonly (string | null)[]): string {
  return literal(values, quote)
}

/** A literal for `bigint[]`, `int[]`. */
export function numberArray(values: readonly (number | bigint | null)[]): string {
  return literal(values, String)
}

/** A literal for `boolean[]`. */
export function booleanArray(values: readonly boolean[]): string {
  return literal(values, (value) => (value ? 't' : 'f'))
}

/** A literal for `bytea[]`, each element in hex. */
export function bytesArray(values: readonly (Uint8Array | null)[]): string {
  return literal(values, (value) => `"\\\\x${hexOf(value)}"`)
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

function literal<T>(values: readonly (T | null)[], print: (value: T) => string): string {
  return `{${values.map((value) => (value === null ? 'NULL' : print(value))).join(',')}}`
}

function quote(value: string): string {
  if (PLAIN.test(value) && value !== 'NULL' && value !== 'null') return value
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}
