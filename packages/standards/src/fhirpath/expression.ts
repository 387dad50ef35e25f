/** A parsed FHIRPath expression as plain JSON, as it stands in `generated/r4-rules.json`. */

/**
 * One node: a literal; a name (`code`, `$this`, `%resource`); a call (`exists()`); or two operands with an operator, of
 * which `.` is the step from left to right.
 */
export type Expression =
  | { readonly value: string | number | boolean }
  | { readonly name: string }
  | { readonly call: string; readonly args: readonly Expression[] }
  | { readonly op: string; readonly left: Expression; readonly right: Expression }
