/** Answers a GET by its address alone, as an entry of a Bundle asks it. */
import { resourceTypes } from '../../store/resource-types.ts'
import { type FhirAnswer, refuseRequest } from './fhir-answer.ts'
import type { FhirCaller, FhirDoorNeeds } from './needs.ts'
import { readHistory, readRecord, readVersion } from './read-record.ts'
import { searchRecords } from './search-records.ts'

const known = new Set(resourceTypes)
const addressForm = /^([A-Za-z]{2,64})(?:\/([A-Za-z0-9\-.]{1,64})(?:\/_history(?:\/(\d{1,9}))?)?)?$/

/** True for a resource type of R4. */
export function isResourceType(type: string): boolean {
  return known.has(type)
}

/** The answer to `Type/id`, `Type/id/_history`, `Type/id/_history/1` or `Type?…`, relative or at this door's own address. */
export async function answerQuestion(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  url: string,
): Promise<FhirAnswer> {
  const own = `${needs.baseUrl()}/`
  const relative = (url.startsWith(own) ? url.slice(own.length) : url).replace(/^\//, '')
  const question = relative.indexOf('?')
  const path = question === -1 ? relative : relative.slice(0, question)
  const search = question === -1 ? '' : relative.slice(question + 1)
  const [, type, id, version] = addressForm.exec(path) ?? []
  if (type === undefined) return refuseRequest('rest.address-unknown', needs.explain)
  if (!isResourceType(type)) return refuseRequest('rest.type-unknown', needs.explain)
  const query = new URLSearchParams(search)
  if (id === undefined) return searchRecords(needs, caller, { type, query })
  if (version !== undefined) return readVersion(needs, caller, { type, id, version: Number(version) })
  return path.endsWith('/_history')
    ? readHistory(needs, caller, { type, id, query })
    : readRecord(needs, caller, { type, id })
}
