/** The rows a record can be found by, taken from its resource by the table of search parameters. */
import type { SearchRow } from '@meridian/vault'
import { type InstantPeriod, periodBetween, periodOf } from './fhir-periods.ts'
import { type SearchParameter, searchParametersOf } from './search-parameters.ts'

type Members = Readonly<Record<string, unknown>>

// An index row has a bound; a longer code is no code anybody searches for, and must not stop the record.
const longestCode = 300

/**
 * The rows of a resource (a plain copy with its final id and references). `zone` is the offset of times that name none.
 * What has an unexpected shape gives no row: judging it is the validator's work.
 */
export function searchRowsOf(resource: unknown, zone = 'Z'): SearchRow[] {
  if (!isMembers(resource) || typeof resource.resourceType !== 'string') return []
  const rows = new Map<string, SearchRow>()
  for (const parameter of searchParametersOf(resource.resourceType)) {
    if (parameter.among !== undefined) continue
    for (const path of parameter.paths) {
      for (const value of valuesAt(resource, path.split('.'))) {
        for (const row of rowsOf(parameter, value, zone)) rows.set(JSON.stringify(row), row)
      }
    }
  }
  return [...rows.values()]
}

function rowsOf(parameter: SearchParameter, value: unknown, zone: string): SearchRow[] {
  switch (parameter.kind) {
    case 'token':
      return tokenRows(parameter.name, value)
    case 'identifier':
      return identifierRows(parameter.name, value)
    case 'reference':
      return referenceRows(parameter, value)
    case 'date':
      return dateRows(parameter.name, value, zone)
  }
}

/** A code, a Coding or a CodeableConcept. */
function tokenRows(param: string, value: unknown): SearchRow[] {
  if (typeof value === 'string') return fits(value) ? [{ kind: 'token', param, code: value }] : []
  if (!isMembers(value)) return []
  const codings = Array.isArray(value.coding) ? value.coding : [value]
  return codings.flatMap((coding: unknown): SearchRow[] => {
    if (!isMembers(coding) || typeof coding.code !== 'string' || !fits(coding.code)) return []
    const { system, code } = coding
    return typeof system === 'string' && fits(system)
      ? [{ kind: 'token', param, system, code }]
      : [{ kind: 'token', param, code }]
  })
}

function identifierRows(param: string, value: unknown): SearchRow[] {
  if (!isMembers(value) || typeof value.value !== 'string') return []
  const { system, value: number } = value
  return typeof system === 'string'
    ? [{ kind: 'identifier', param, system, value: number }]
    : [{ kind: 'identifier', param, value: number }]
}

function referenceRows({ name, target }: SearchParameter, value: unknown): SearchRow[] {
  const reference = isMembers(value) ? value.reference : undefined
  if (typeof reference !== 'string') return []
  const local = /^([A-Z][A-Za-z]{1,40})\/[A-Za-z0-9\-.]{1,64}$/.exec(reference)
  if (local === null || (target !== undefined && local[1] !== target)) return []
  return [{ kind: 'reference', param: name, target: reference }]
}

function dateRows(param: string, value: unknown, zone: string): SearchRow[] {
  const period = datePeriod(value, zone)
  return period === undefined ? [] : [{ kind: 'date', param, ...period }]
}

function datePeriod(value: unknown, zone: string): InstantPeriod | undefined {
  if (typeof value === 'string') return periodOf(value, zone)
  return isMembers(value) ? periodBetween(value.start, value.end, zone) : undefined
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path))
  const [name, ...rest] = path
  if (name === undefined) return [value]
  return isMembers(value) && value[name] !== undefined ? valuesAt(value[name], rest) : []
}

function fits(text: string): boolean {
  return text.length > 0 && text.length <= longestCode
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
