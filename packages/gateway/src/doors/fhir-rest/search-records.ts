/** The interaction search-type (R4 §3.1.0.9): a page of heads as a searchset Bundle, put together as text. */
import type { RecordVersion } from '@meridian/vault'
import { type FhirAnswer, refuseRequest } from './fhir-answer.ts'
import type { FhirCaller, FhirDoorNeeds } from './needs.ts'
import { presentResource, quoted } from './present-version.ts'
import { pageLinks } from './read-record.ts'
import { isSearchRefusal, readSearch } from './search-query.ts'

// An exact count costs; beyond this it is not worth what it costs, and the Bundle then has no total.
const countUpTo = 10_000

/** GET Type?… */
export async function searchRecords(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  { type, query }: { readonly type: string; readonly query: URLSearchParams },
): Promise<FhirAnswer> {
  const search = readSearch(type, query, { ...needs, baseUrl: needs.baseUrl() })
  if (isSearchRefusal(search)) return refuseRequest(search.code, needs.explain, search.parameter)
  const { criteria, page } = search
  const found = await needs.records.search({ type, criteria, ...page }, caller.access)
  if (found === undefined) return refuseRequest('rest.search.cursor', needs.explain, '_cursor')
  const count = search.total
    ? await needs.records.countMatches({ type, criteria }, caller.access, countUpTo + 1)
    : undefined
  const total = count === undefined || count > countUpTo ? '' : `"total":${count},`
  const entries = found.items.map((version) => entryOf(needs.baseUrl(), version))
  const links = pageLinks(`${needs.baseUrl()}/${type}`, query, found.next)
  const entry = entries.length === 0 ? '' : `,"entry":[${entries}]`
  return {
    status: 200,
    body: `{"resourceType":"Bundle","type":"searchset",${total}"link":[${links}]${entry}}`,
  }
}

function entryOf(baseUrl: string, version: RecordVersion): string {
  const fullUrl = quoted(`${baseUrl}/${version.type}/${version.id}`)
  const resource = presentResource(version)
  return `{"fullUrl":${fullUrl},${resource === undefined ? '' : `"resource":${resource},`}"search":{"mode":"match"}}`
}
