/** Looks up what a condition matches (R4 §3.1.0.8.1): at most two, for more than one is as bad as many. */
import { readCondition } from '../../standardise/fhir/sender-urls.ts'
import type { FhirCaller, FhirDoorNeeds } from './needs.ts'
import { isSearchRefusal, readSearch } from './search-query.ts'

/** The records of `Type?query`, at most two; undefined when the condition is none we can search by, or asks for everything. */
export async function findMatches(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  condition: string,
): Promise<readonly { readonly id: string; readonly version: number }[] | undefined> {
  const parts = readCondition(condition)
  if (parts === undefined) return undefined
  const query = new URLSearchParams(parts.query)
  const search = readSearch(parts.type, query, { ...needs, baseUrl: needs.baseUrl() })
  if (isSearchRefusal(search) || search.criteria.length === 0) return undefined
  const request = { type: parts.type, criteria: search.criteria, count: 2 }
  const found = await needs.records.search(request, caller.access)
  return found?.items.map(({ id, version }) => ({ id, version }))
}
