/** A search url as criteria of the vault (R4 §3.1.1): only what the table of search parameters has; anything else is said, not ignored. */
import type { PageRequest, SearchCriterion } from '@meridian/vault'
import { type ResourceAddress, readAddress } from '../../standardise/fhir/sender-urls.ts'
import { type SearchParameter, searchParametersOf } from '../../store/search-parameters.ts'
import { defaultFhirDoorLimits, type FhirDoorLimits, type FhirDoorNeeds } from './needs.ts'
import { dateMatch, identifierMatch, referenceTargets, splitValues, tokenMatch } from './search-values.ts'

/** A search that can be run. `total` is true when the client asks for an exact count. */
export interface SearchQuery {
  readonly criteria: readonly SearchCriterion[]
  readonly page: PageRequest
  readonly total: boolean
}

/** Why it cannot: a code of the catalogue and the parameter's name, never its value. */
export interface SearchRefusal {
  readonly code: string
  readonly parameter: string
}

/** What reading a search needs to know of the door. */
export interface SearchContext {
  readonly baseUrl: string
  readonly zone: string
  readonly limits?: FhirDoorLimits | undefined
  readonly idOfSender: FhirDoorNeeds['idOfSender']
}

/** Reads the parameters of a search in one resource type. */
export function readSearch(
  type: string,
  query: URLSearchParams,
  context: SearchContext,
): SearchQuery | SearchRefusal {
  const criteria: SearchCriterion[] = []
  for (const [name, value] of query) {
    if (controls.has(name)) continue
    const criterion = criterionOf(type, name, value, context)
    if (typeof criterion === 'string') return { code: criterion, parameter: name.slice(0, 64) }
    if (criterion !== undefined) criteria.push(criterion)
  }
  const wrong = wrongControl(query)
  if (wrong !== undefined) return { code: 'rest.search.value', parameter: wrong }
  const page = pageOf(query, context.limits)
  if (page === undefined) return { code: 'rest.search.value', parameter: '_count' }
  return { criteria, page, total: query.get('_total') === 'accurate' }
}

/** Tells a refusal from a search. */
export function isSearchRefusal(read: SearchQuery | SearchRefusal): read is SearchRefusal {
  return 'code' in read
}

/** `_count` and `_cursor`; undefined when the count is no number. A larger count than allowed is cut, as R4 permits. */
export function pageOf(
  query: URLSearchParams,
  limits: FhirDoorLimits = defaultFhirDoorLimits,
): PageRequest | undefined {
  const asked = query.get('_count')
  const cursor = query.get('_cursor')
  if (asked !== null && !/^\d{1,6}$/.test(asked)) return undefined
  const count = Math.min(Math.max(asked === null ? limits.pageSize : Number(asked), 1), limits.maxPageSize)
  return cursor === null ? { count } : { count, cursor }
}

const controls = new Set(['_count', '_cursor', '_total', '_format'])

function wrongControl(query: URLSearchParams): string | undefined {
  const total = query.get('_total')
  if (total !== null && !['none', 'estimate', 'accurate'].includes(total)) return '_total'
  const format = query.get('_format')
  return format === null || /^(application\/(fhir\+)?json|json)/.test(format.replace(' ', '+'))
    ? undefined
    : '_format'
}

/** The criterion, a refusal's code, or undefined for an empty value, which R4 says to ignore. */
function criterionOf(
  type: string,
  name: string,
  value: string,
  context: SearchContext,
): SearchCriterion | string | undefined {
  const [base = '', modifier] = name.split(':', 2)
  const values = splitValues(value)
  if (base === '_id') return modifier === undefined ? idCriterion(values) : 'rest.search.modifier'
  if (base === sourceIdParameter)
    return modifier === undefined ? sourceIdCriterion(type, values, context) : 'rest.search.modifier'
  if (base === '_lastUpdated') {
    if (modifier !== undefined) return 'rest.search.modifier'
    const anyOf = all(values.map((one) => dateMatch(one, context.zone)))
    return anyOf === undefined ? 'rest.search.value' : { kind: 'lastUpdated', anyOf }
  }
  const parameter = searchParametersOf(type).find((one) => one.name === base)
  if (parameter === undefined) return 'rest.search.parameter'
  if (modifier !== undefined && !takesType(parameter, modifier)) return 'rest.search.modifier'
  if (values.length === 0) return undefined
  return typedCriterion(parameter, modifier, values, context) ?? 'rest.search.value'
}

/** `:Type` says where a reference leads; one that leads to a single type takes no other. */
function takesType({ kind, target }: SearchParameter, modifier: string): boolean {
  return kind === 'reference' && (target === undefined || target === modifier)
}

function typedCriterion(
  parameter: SearchParameter,
  modifier: string | undefined,
  values: readonly string[],
  { baseUrl, zone }: SearchContext,
): SearchCriterion | undefined {
  const { name, among: param = name, kind } = parameter
  if (kind === 'token') {
    const anyOf = all(values.map(tokenMatch))
    return anyOf === undefined ? undefined : { kind, param, anyOf }
  }
  if (kind === 'identifier') {
    const anyOf = all(values.map(identifierMatch))
    return anyOf === undefined ? undefined : { kind, param, anyOf }
  }
  if (kind === 'date') {
    const anyOf = all(values.map((one) => dateMatch(one, zone)))
    return anyOf === undefined ? undefined : { kind, param, anyOf }
  }
  const anyOf = all(values.map((one) => referenceTargets(one, modifier ?? parameter.target, baseUrl)))?.flat()
  return anyOf === undefined ? undefined : { kind, param, anyOf }
}

function idCriterion(values: readonly string[]): SearchCriterion | string {
  const wrong = values.length === 0 || values.some((id) => !/^[A-Za-z0-9\-.]{1,64}$/.test(id))
  return wrong ? 'rest.search.value' : { kind: 'id', anyOf: values }
}

/**
 * `-source-id=source|id`: what a file-based source calls the record. The hyphen marks a parameter of this server (R4 §3.1.1.1); an
 * `identifier` it is not, since the resource holds none such. A source of another kind has no such ids: nothing is found.
 */
export const sourceIdParameter = '-source-id'

function sourceIdCriterion(
  type: string,
  values: readonly string[],
  { idOfSender }: SearchContext,
): SearchCriterion | string {
  const ids = all(values.map((value) => sourceAndAddress(type, value)))?.flatMap(
    ([source, address]) => idOfSender(source, address) ?? [],
  )
  return ids === undefined || values.length === 0 ? 'rest.search.value' : { kind: 'id', anyOf: ids }
}

function sourceAndAddress(type: string, value: string): [string, ResourceAddress] | undefined {
  const { system, value: id = '' } = identifierMatch(value) ?? {}
  const address = readAddress(id.includes('/') ? id : `${type}/${id}`)
  if (typeof system !== 'string' || address === undefined || address.type !== type) return undefined
  return [system, address]
}

/** The values when every one could be read. */
function all<T>(values: readonly (T | undefined)[]): T[] | undefined {
  const read = values.filter((value) => value !== undefined)
  return read.length === values.length ? read : undefined
}
