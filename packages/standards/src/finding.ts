/** A finding: what the validator or the unit reader has to say about one place in a resource, in Chinese and English. */

/** The same text in the two languages of the product. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** `error` refuses the record; `warning` and `information` travel with it. */
export type Severity = 'error' | 'warning' | 'information'

/**
 * One finding. `code` is a key of the catalogue (`findings-catalogue.ts`) and never changes its meaning; `path` is
 * FHIRPath-like, with choice elements by their JSON name (`Observation.component[1].valueQuantity.value`); `message` says
 * what is wrong and `hint` how to mend it. Neither ever quotes a value that came from the record: only element names,
 * type names and the codes the standard allows.
 */
export interface Finding {
  readonly code: string
  readonly path: string
  readonly severity: Severity
  readonly message: Bilingual
  readonly hint: Bilingual
  /** The data element it is about, and the standard that defines it. */
  readonly element?: { readonly id: string; readonly standard: string }
}

/** Whether any finding refuses the record. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

/** Tells a finding from what a reader would have returned instead. */
export function isFinding(value: object): value is Finding {
  return 'code' in value && 'severity' in value && 'hint' in value
}
