/** The access rule as SQL over `records r`: part of the query that reads, never a filter afterwards. */
import type { AccessRule } from '../access-rule.ts'
import { textArray } from '../sql/array-literal.ts'
import type { Parameters } from '../sql/parameters.ts'

/** A conjunction that starts with ` AND`, or nothing when the rule admits everything. */
export function accessClause(access: AccessRule, parameters: Parameters): string {
  return [
    access.types === 'all' ? '' : ` AND r.type = ${anyOf(access.types, parameters)}`,
    access.sources === 'all' ? '' : ` AND r.source = ${anyOf(access.sources, parameters)}`,
    access.patients === 'all' ? '' : ` AND ${patientsClause(access, access.patients, parameters)}`,
  ].join('')
}

function patientsClause(access: AccessRule, patients: readonly string[], parameters: Parameters): string {
  const listed = anyOf(patients, parameters)
  const reference = access.referenceData ? ` OR (r.patient_id IS NULL AND r.type <> 'Patient')` : ''
  return `(r.patient_id = ${listed} OR (r.type = 'Patient' AND r.id = ${listed})${reference})`
}

function anyOf(values: readonly string[], parameters: Parameters): string {
  return `ANY(${parameters.add(textArray(values))}::text::text[])`
}
