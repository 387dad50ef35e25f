/** A rule over one or several records of a person, as it stands in a rule set (`rules.json`). Paths are element paths. */
import type { Bilingual, Severity } from '../finding.ts'

interface Common {
  readonly id: string
  readonly severity: Severity
  /** What must hold, in a few words, for the finding. */
  readonly says: Bilingual
  /** The data element it is about. */
  readonly element?: { readonly id: string; readonly standard: string }
}

/** Every `first` lies at or before every `then`: of one record, or of one person. */
export interface OrderRule extends Common {
  readonly form: 'order'
  readonly first: string
  readonly then: string
  readonly within: 'person' | 'record'
}

/** Codes with one of the prefixes belong to persons of this `Patient.gender` alone. */
export interface SexRule extends Common {
  readonly form: 'sex'
  readonly codes: string
  readonly prefixes: readonly string[]
  readonly gender: 'male' | 'female'
}

/** Where a procedure with a prefix is and diagnoses are coded at all, one of them has one of `codePrefixes`. */
export interface DiagnosisProcedureRule extends Common {
  readonly form: 'diagnosis-procedure'
  readonly procedures: string
  readonly procedurePrefixes: readonly string[]
  readonly codes: string
  readonly codePrefixes: readonly string[]
}

/** No two records of a person have the same values at all paths of the key. */
export interface DuplicateRule extends Common {
  readonly form: 'duplicate'
  readonly key: readonly string[]
}

/** Where there is a record of type `of`, something stands at `path`: in it, or in another record of the person. */
export interface RequiredRule extends Common {
  readonly form: 'required'
  readonly of: string
  readonly path: string
}

/** Values at `path` keep to a format notation. */
export interface FormatRule extends Common {
  readonly form: 'format'
  readonly path: string
  readonly format: string
}

/** Quantities at `path` lie in a range, in a UCUM unit; bounds are decimal text and included. */
export interface RangeRule extends Common {
  readonly form: 'range'
  readonly path: string
  readonly unit: string
  readonly low: string
  readonly high: string
}

/** Any rule. */
export type Rule =
  | OrderRule
  | SexRule
  | DiagnosisProcedureRule
  | DuplicateRule
  | RequiredRule
  | FormatRule
  | RangeRule

/** The members that hold paths, by form. */
export const pathMembers: Readonly<Record<Rule['form'], readonly string[]>> = {
  order: ['first', 'then'],
  sex: ['codes'],
  'diagnosis-procedure': ['procedures', 'codes'],
  duplicate: ['key'],
  required: ['path'],
  format: ['path'],
  range: ['path'],
}
