/** The interactions of the door as one table: what is registered, and what the CapabilityStatement says, come from it. */
import type { FhirAnswer } from './fhir-answer.ts'
import type { FhirCaller, OpenDoorNeeds } from './needs.ts'
import { postBundle } from './post-bundle.ts'
import { readHistory, readRecord, readVersion } from './read-record.ts'
import { searchRecords } from './search-records.ts'
import { writeRecord } from './write-record.ts'

/** One request, apart from HTTP. `type` is a known resource type where the path has one. */
export interface FhirCall {
  readonly type: string
  readonly id: string
  readonly version: string
  readonly query: URLSearchParams
  readonly body: Uint8Array
  header(name: string): string | undefined
}

/** `code` is of R4 valueset-type-restful-interaction or -system-restful-interaction; `path` follows the base address. */
export interface Interaction {
  readonly code: string
  /** An `operation` belongs to the type in its path. */
  readonly level: 'type' | 'system' | 'operation'
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  /** What the body is: a resource, a Bundle, or a form of search parameters. */
  readonly body?: 'resource' | 'bundle' | 'form'
  answer(needs: OpenDoorNeeds, caller: FhirCaller, call: FhirCall): Promise<FhirAnswer>
}

const create: Interaction = {
  code: 'create',
  level: 'type',
  method: 'POST',
  path: '/:type',
  body: 'resource',
  answer: (needs, caller, call) => writeRecord(needs, caller, { ...writeParts(call), method: 'POST' }),
}

const update: Interaction = {
  code: 'update',
  level: 'type',
  method: 'PUT',
  path: '/:type/:id',
  body: 'resource',
  answer: (needs, caller, call) => {
    const { ifNoneExist: _, ...parts } = writeParts(call)
    return writeRecord(needs, caller, {
      ...parts,
      method: 'PUT',
      id: call.id,
      ifMatch: call.header('if-match'),
    })
  },
}

const remove: Interaction = {
  code: 'delete',
  level: 'type',
  method: 'DELETE',
  path: '/:type/:id',
  answer: (needs, caller, call) =>
    writeRecord(needs, caller, { method: 'DELETE', type: call.type, id: call.id, bytes: new Uint8Array() }),
}

const read: Interaction = {
  code: 'read',
  level: 'type',
  method: 'GET',
  path: '/:type/:id',
  answer: (needs, caller, { type, id, header }) =>
    readRecord(needs, caller, { type, id, ifNoneMatch: header('if-none-match') }),
}

const vread: Interaction = {
  code: 'vread',
  level: 'type',
  method: 'GET',
  path: '/:type/:id/_history/:version',
  answer: (needs, caller, { type, id, version }) =>
    readVersion(needs, caller, { type, id, version: /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0 }),
}

const history: Interaction = {
  code: 'history-instance',
  level: 'type',
  method: 'GET',
  path: '/:type/:id/_history',
  answer: (needs, caller, { type, id, query }) => readHistory(needs, caller, { type, id, query }),
}

const search: Interaction = {
  code: 'search-type',
  level: 'type',
  method: 'GET',
  path: '/:type',
  answer: (needs, caller, { type, query }) => searchRecords(needs, caller, { type, query }),
}

/** The same search with its parameters in the body, so that they stay out of the logs of proxies. */
const searchByPost: Interaction = {
  ...search,
  method: 'POST',
  path: '/:type/_search',
  body: 'form',
  answer: (needs, caller, { type, body }) =>
    searchRecords(needs, caller, { type, query: new URLSearchParams(new TextDecoder().decode(body)) }),
}

/** One route serves both; the Bundle's type says which. */
const bundle = (code: 'transaction' | 'batch'): Interaction => ({
  code,
  level: 'system',
  method: 'POST',
  path: '/',
  body: 'bundle',
  answer: (needs, caller, call) =>
    postBundle(needs, caller, { bytes: call.body, idempotencyKey: call.header('idempotency-key') }),
})

/** Every interaction, in the order of R4 §3.1.0. */
export const interactions: readonly Interaction[] = [
  read,
  vread,
  update,
  remove,
  history,
  create,
  search,
  searchByPost,
  bundle('transaction'),
  bundle('batch'),
]

function writeParts({ type, body, header }: FhirCall) {
  return {
    type,
    bytes: body,
    ifNoneExist: header('if-none-exist'),
    idempotencyKey: header('idempotency-key'),
    prefer: header('prefer'),
  }
}
