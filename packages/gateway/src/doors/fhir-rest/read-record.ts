/** The interactions read, vread and history (R4 §3.1.0.2–3.1.0.4). */
import type { RecordVersion } from '@meridian/vault'
import { type FhirAnswer, refuseRequest } from './fhir-answer.ts'
import type { FhirCaller, FhirDoorNeeds } from './needs.ts'
import { etagOf, presentResource, quoted, versionHeaders } from './present-version.ts'
import { pageOf } from './search-query.ts'

/** GET Type/id. `ifNoneMatch` is the header: when it names the head, nothing is sent. */
export async function readRecord(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  {
    type,
    id,
    ifNoneMatch,
  }: { readonly type: string; readonly id: string; readonly ifNoneMatch?: string | undefined },
): Promise<FhirAnswer> {
  const version = await needs.records.read(type, id, caller.access)
  if (version === undefined) return refuseRequest('rest.not-found', needs.explain)
  if (ifNoneMatch !== undefined && ifNoneMatch === etagOf(version.version)) {
    return { status: 304, headers: versionHeaders(version) }
  }
  return versionAnswer(needs, version)
}

/** GET Type/id/_history/version. */
export async function readVersion(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  { type, id, version }: { readonly type: string; readonly id: string; readonly version: number },
): Promise<FhirAnswer> {
  const found = await needs.records.vread(type, id, version, caller.access)
  return found === undefined ? refuseRequest('rest.not-found', needs.explain) : versionAnswer(needs, found)
}

/** GET Type/id/_history: newest first, deletions among them. */
export async function readHistory(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  { type, id, query }: { readonly type: string; readonly id: string; readonly query: URLSearchParams },
): Promise<FhirAnswer> {
  for (const name of query.keys()) {
    if (name !== '_count' && name !== '_cursor' && name !== '_format') {
      return refuseRequest('rest.search.parameter', needs.explain, name)
    }
  }
  const page = pageOf(query, needs.limits)
  if (page === undefined) return refuseRequest('rest.search.value', needs.explain, '_count')
  const found = await needs.records.history(type, id, page, caller.access)
  if (found === undefined) return refuseRequest('rest.search.cursor', needs.explain, '_cursor')
  if (found.items.length === 0 && page.cursor === undefined)
    return refuseRequest('rest.not-found', needs.explain)
  const entries = found.items.map((version) => historyEntry(needs, version))
  const self = `${needs.baseUrl()}/${type}/${id}/_history`
  const links = pageLinks(self, query, found.next)
  return {
    status: 200,
    body: `{"resourceType":"Bundle","type":"history","link":[${links}],"entry":[${entries}]}`,
  }
}

/** `self` and `next` of a page, as JSON. */
export function pageLinks(self: string, query: URLSearchParams, next: string | undefined): string {
  const link = (relation: string, parameters: URLSearchParams) => {
    const text = parameters.toString()
    return `{"relation":"${relation}","url":${quoted(text === '' ? self : `${self}?${text}`)}}`
  }
  if (next === undefined) return link('self', query)
  const following = new URLSearchParams(query)
  following.set('_cursor', next)
  return `${link('self', query)},${link('next', following)}`
}

function versionAnswer(needs: FhirDoorNeeds, version: RecordVersion): FhirAnswer {
  if (version.operation === 'delete') return refuseRequest('rest.deleted', needs.explain)
  const body = presentResource(version)
  if (body === undefined) return refuseRequest('rest.erased', needs.explain)
  const { type, id, version: number } = version
  const link = `<${needs.receiptUrl(type, id, number)}>; rel="receipt"`
  return { status: 200, headers: { ...versionHeaders(version), link }, body }
}

const methods = { create: 'POST', update: 'PUT', delete: 'DELETE' } as const
const statuses = { create: '201', update: '200', delete: '204' } as const

function historyEntry(needs: FhirDoorNeeds, version: RecordVersion): string {
  const { type, id, operation, storedTime } = version
  const resource = operation === 'delete' ? undefined : presentResource(version)
  const url = operation === 'create' ? type : `${type}/${id}`
  const response = `{"status":"${statuses[operation]}","etag":${quoted(etagOf(version.version))},"lastModified":"${storedTime}"}`
  return (
    `{"fullUrl":${quoted(`${needs.baseUrl()}/${type}/${id}`)},` +
    (resource === undefined ? '' : `"resource":${resource},`) +
    `"request":{"method":"${methods[operation]}","url":"${url}"},"response":${response}}`
  )
}
