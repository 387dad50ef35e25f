/** Builds the `$1`, `$2`, … of a statement that is put together from clauses. */
import type { SqlValue } from './driver.ts'

/** `add` binds a value and gives its placeholder; `values` are all bound so far, in order. */
export interface Parameters {
  readonly values: SqlValue[]
  add(value: SqlValue): string
}

/** A builder that starts with the given values as `$1`, `$2`, …. */
export function createParameters(...first: readonly SqlValue[]): Parameters {
  const values = [...first]
  return {
    values,
    add: (value) => `$${values.push(value)}`,
  }
}
