/** One search criterion as SQL over the search rows; the values are bound, the operators come from here only. */

import { textArray } from '../sql/array-literal.ts'
import type { Parameters } from '../sql/parameters.ts'
import type { VaultContext } from '../vault-context.ts'
import type { DateMatch, SearchCriterion } from './records.ts'
import { blindIndex } from './search-entry.ts'

/** A criterion answered by `search_values`. */
export type ValueCriterion = Extract<SearchCriterion, { kind: 'token' | 'identifier' | 'reference' }>

/** True for criteria that `search_values` answers. */
export function isValueCriterion(criterion: SearchCriterion): criterion is ValueCriterion {
  return criterion.kind === 'token' || criterion.kind === 'identifier' || criterion.kind === 'reference'
}

/** ` AND …` over `records r` for any criterion. `type` is the placeholder of the searched type. */
export function criterionClause(
  vault: VaultContext,
  criterion: SearchCriterion,
  { parameters, type }: { readonly parameters: Parameters; readonly type: string },
): string {
  if (criterion.kind === 'id')
    return ` AND r.id = ANY(${parameters.add(textArray(criterion.anyOf))}::text::text[])`
  if (criterion.kind === 'lastUpdated') return ` AND EXISTS (${storedTimes(criterion.anyOf, parameters)})`
  if (criterion.kind === 'date') {
    return ` AND EXISTS (SELECT 1 FROM search_dates s WHERE s.organisation_id = r.organisation_id
      AND s.record = r.record AND s.param = ${parameters.add(criterion.param)}
      AND (${dateMatches(criterion.anyOf, parameters, ['s.from_time', 's.to_time'])}))`
  }
  return ` AND EXISTS (SELECT 1 FROM search_values s WHERE s.organisation_id = r.organisation_id
    AND s.type = ${type} AND s.record = r.record AND ${valueMatches(vault, criterion, parameters)})`
}

/** Conditions over `search_values s` besides organisation, type and record. */
export function valueMatches(vault: VaultContext, criterion: ValueCriterion, parameters: Parameters): string {
  const matches = matchesOf(vault, criterion)
  const param = `s.param = ${parameters.add(criterion.param)}`
  if (matches.length === 0) return `${param} AND false`
  const values = [...new Set(matches.map((match) => match.value))]
  // One value in front lets the index give the rows in order; the systems are looked at on the row.
  const anyValue =
    values.length === 1 && values[0] !== undefined
      ? `s.value = ${parameters.add(values[0])}`
      : values.includes(undefined)
        ? 'true'
        : `s.value = ANY(${parameters.add(textArray(values as string[]))}::text::text[])`
  const each = matches.map((match) => systemAndValue(match, parameters, values.length > 1))
  return `${param} AND ${anyValue}${each.includes('true') ? '' : ` AND (${each.join(' OR ')})`}`
}

interface ValueMatch {
  readonly value: string | undefined
  readonly system: string | null | undefined
}

function matchesOf(vault: VaultContext, criterion: ValueCriterion): ValueMatch[] {
  if (criterion.kind === 'reference') return criterion.anyOf.map((value) => ({ value, system: undefined }))
  if (criterion.kind === 'token') return criterion.anyOf.map(({ code, system }) => ({ value: code, system }))
  return criterion.anyOf.map(({ value, system }) => ({ value: blindIndex(vault, value), system }))
}

function systemAndValue({ value, system }: ValueMatch, parameters: Parameters, withValue: boolean): string {
  const conditions = [
    ...(withValue && value !== undefined ? [`s.value = ${parameters.add(value)}`] : []),
    ...(system === undefined
      ? []
      : [system === null ? 's.system IS NULL' : `s.system = ${parameters.add(system)}`]),
  ]
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

function storedTimes(anyOf: readonly DateMatch[], parameters: Parameters): string {
  return `SELECT 1 FROM record_versions u WHERE u.organisation_id = r.organisation_id AND u.record = r.record
    AND u.version = r.head AND (${dateMatches(anyOf, parameters, ['u.stored_time', 'u.stored_time'])})`
}

/** FHIR R4 §3.1.1.4.7: how the period of a row compares with the searched period. */
function dateMatches(
  anyOf: readonly DateMatch[],
  parameters: Parameters,
  [from, to]: readonly [string, string],
): string {
  if (anyOf.length === 0) return 'false'
  const each = anyOf.map((match) => {
    const start = () => `${parameters.add(new Date(match.from).toISOString())}::timestamptz`
    const end = () => `${parameters.add(new Date(match.to).toISOString())}::timestamptz`
    return `(${DATE_MATCH[match.prefix]({ from, to, start, end })})`
  })
  return each.join(' OR ')
}

/** The period of a row as SQL, and that which is searched, bound when it is used. */
interface Periods {
  readonly from: string
  readonly to: string
  readonly start: () => string
  readonly end: () => string
}

const DATE_MATCH: Record<DateMatch['prefix'], (periods: Periods) => string> = {
  eq: ({ from, to, start, end }) => `${from} >= ${start()} AND ${to} <= ${end()}`,
  ne: ({ from, to, start, end }) => `${from} < ${start()} OR ${to} > ${end()}`,
  gt: ({ to, end }) => `${to} > ${end()}`,
  ge: ({ from, to, start, end }) => `${from} >= ${start()} OR ${to} > ${end()}`,
  lt: ({ from, start }) => `${from} < ${start()}`,
  le: ({ from, to, start, end }) => `${from} < ${start()} OR ${to} <= ${end()}`,
  sa: ({ from, end }) => `${from} >= ${end()}`,
  eb: ({ to, start }) => `${to} <= ${start()}`,
}
