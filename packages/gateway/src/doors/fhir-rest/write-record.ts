/** The interactions create, update and delete (R4 §3.1.0.6–3.1.0.8): one item through the corridor, answered by what became of it. */
import type { RecordOutcome } from '@meridian/vault'
import type { ArrivedItem } from '../../connect/arrival.ts'
import type { Outcome } from '../../outcome.ts'
import { type FhirAnswer, outcomeAnswer, refuseItem, refuseRequest } from './fhir-answer.ts'
import { findMatches } from './find-matches.ts'
import type { FhirCaller, FhirDoorNeeds, OpenDoorNeeds } from './needs.ts'
import { etagOf } from './present-version.ts'
import { readRecord } from './read-record.ts'

/** One write as HTTP brought it. Header values are undefined when they were not sent. */
export interface WriteCall {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly type: string
  readonly id?: string | undefined
  readonly bytes: Uint8Array
  readonly ifMatch?: string | undefined
  readonly ifNoneExist?: string | undefined
  readonly idempotencyKey?: string | undefined
  readonly prefer?: string | undefined
}

/** Takes one write through the corridor. Effects: those of the corridor. */
export async function writeRecord(
  needs: OpenDoorNeeds,
  caller: FhirCaller,
  call: WriteCall,
): Promise<FhirAnswer> {
  if (!caller.mayWrite) return refuseRequest('rest.forbidden', needs.explain)
  const key = requestKey(needs, caller, call.idempotencyKey)
  if (key === undefined) return refuseRequest('rest.idempotency-key', needs.explain, 'Idempotency-Key')
  const criteria = call.ifNoneExist === undefined ? [] : [`${call.type}?${call.ifNoneExist}`]
  return needs.inTurn(criteria, () => writeInTurn(needs, caller, call, key))
}

async function writeInTurn(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  call: WriteCall,
  key: string,
): Promise<FhirAnswer> {
  if (call.ifNoneExist !== undefined) {
    const existing = await answerExisting(needs, caller, call.type, call.ifNoneExist)
    if (existing !== undefined) return existing
  }
  if (call.method === 'DELETE') {
    const head = await needs.records.read(call.type, call.id ?? '', caller.access)
    if (head === undefined || head.operation === 'delete') return { status: 204 }
  }
  const [outcome] = await needs.takeIn([{ source: caller.source, item: itemOf(call, key) }])
  if (outcome === undefined) throw new Error('the corridor gave no outcome')
  return writeAnswer(needs, caller, call, outcome)
}

/** The control id of a request: what its sender calls it, else a fresh one. Undefined for a key of the wrong form. */
export function requestKey(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  key: string | undefined,
): string | undefined {
  if (key === undefined) return `rest:${needs.newRequestId()}`
  if (!/^[\w.:-]{1,128}$/.test(key)) return undefined
  return `rest:${needs.fingerprint('request', JSON.stringify([caller.name, key]))}`
}

/** The headers that name a version and lead to its receipt. */
export function writtenHeaders(needs: FhirDoorNeeds, record: RecordOutcome): Record<string, string> {
  const { type, id, version } = record
  return {
    location: `${needs.baseUrl()}/${type}/${id}/_history/${version}`,
    etag: etagOf(version),
    link: `<${needs.receiptUrl(type, id, version)}>; rel="receipt"`,
  }
}

/** 201 for a first version, 200 for a later or an unchanged one. */
export function writtenStatus(record: RecordOutcome): number {
  return record.outcome === 'stored' && record.version === 1 ? 201 : 200
}

/** The answer to an outcome that is not "taken in"; undefined when it is, or was the first time. */
export function refusedOutcome(needs: FhirDoorNeeds, outcome: Outcome): FhirAnswer | undefined {
  if (outcome.state === 'refused') return refuseItem(outcome.refusal, needs.explain)
  if (outcome.state === 'duplicate' && outcome.records.length === 0) {
    return refuseRequest('rest.repeated-refused', needs.explain)
  }
  return undefined
}

function itemOf(call: WriteCall, controlId: string): ArrivedItem {
  const { method, type, id, ifMatch } = call
  return {
    form: 'fhir',
    bytes: call.bytes,
    context: {
      via: 'rest',
      shape: 'document',
      method,
      type,
      ...(id === undefined ? {} : { id }),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    },
    position: { index: 1 },
    controlId,
  }
}

async function writeAnswer(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  call: WriteCall,
  outcome: Outcome,
): Promise<FhirAnswer> {
  const refused = refusedOutcome(needs, outcome)
  if (refused !== undefined) return refused
  const record = outcome.state === 'refused' ? undefined : outcome.records[0]
  if (record === undefined) return { status: 204 }
  if (record.outcome === 'older') return refuseRequest('rest.older', needs.explain)
  if (call.method === 'DELETE') return { status: 204, headers: { etag: etagOf(record.version) } }
  const headers = writtenHeaders(needs, record)
  const status = writtenStatus(record)
  if (/return=minimal/.test(call.prefer ?? '')) return { status, headers }
  if (/return=OperationOutcome/.test(call.prefer ?? ''))
    return { ...outcomeAnswer(status, findingsOf(outcome)), headers }
  const read = await readRecord(needs, caller, record)
  return read.body === undefined || read.status !== 200
    ? { status, headers }
    : { status, headers: { ...read.headers, ...headers }, body: read.body }
}

const storedIssue = {
  severity: 'information',
  code: 'rest.stored',
  message: { zh: '已入库。', en: 'Taken in.' },
  hint: { zh: '回执见 Link 头。', en: 'The receipt is in the Link header.' },
} as const

function findingsOf(outcome: Outcome) {
  const findings = outcome.state === 'taken-in' ? outcome.findings : []
  if (findings.length === 0) return [storedIssue]
  return findings.map(({ path, ...finding }) => ({ ...finding, place: path }))
}

/** If-None-Exist: with one match nothing is created and it is named; with several it is not certain which is meant. */
async function answerExisting(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  type: string,
  condition: string,
): Promise<FhirAnswer | undefined> {
  const matches = await findMatches(needs, caller, `${type}?${condition}`)
  if (matches === undefined)
    return refuseRequest('fhir.condition.unsupported', needs.explain, 'If-None-Exist')
  if (matches.length > 1) return refuseRequest('fhir.condition.many', needs.explain, 'If-None-Exist')
  const [match] = matches
  if (match === undefined) return undefined
  const headers = writtenHeaders(needs, { type, id: match.id, version: match.version, outcome: 'unchanged' })
  return { status: 200, headers }
}
