/** The interactions transaction and batch (R4 §3.1.0.11): one item, or one for each entry, and an answer for every entry. */
import { isRefusal, readCanonicalText } from '@meridian/protocol'
import type { RecordOutcome } from '@meridian/vault'
import type { ArrivedItem } from '../../connect/arrival.ts'
import type { Outcome } from '../../outcome.ts'
import { conditionsIn, type Matches, matchesKey } from '../../standardise/fhir/conditions.ts'
import { readCondition } from '../../standardise/fhir/sender-urls.ts'
import { answerQuestion } from './answer-question.ts'
import { type PostedBundle, type PostedEntry, readPostedBundle } from './bundle-entries.ts'
import { type FhirAnswer, refuseRequest } from './fhir-answer.ts'
import { findMatches } from './find-matches.ts'
import { defaultFhirDoorLimits, type FhirCaller, type FhirDoorNeeds, type OpenDoorNeeds } from './needs.ts'
import { refusedOutcome, requestKey, writtenHeaders, writtenStatus } from './write-record.ts'

/** A posted Bundle. */
export interface BundleCall {
  readonly bytes: Uint8Array
  readonly idempotencyKey?: string | undefined
}

/** POST to the base address. Effects: those of the corridor. */
export async function postBundle(
  needs: OpenDoorNeeds,
  caller: FhirCaller,
  call: BundleCall,
): Promise<FhirAnswer> {
  const bundle = readPostedBundle(call.bytes)
  const key = requestKey(needs, caller, call.idempotencyKey)
  if (key === undefined) return refuseRequest('rest.idempotency-key', needs.explain, 'Idempotency-Key')
  if (bundle !== undefined && bundle.type !== 'transaction' && bundle.type !== 'batch') {
    return refuseRequest('fhir.bundle.type', needs.explain, 'Bundle.type')
  }
  const { maxBundleEntries } = needs.limits ?? defaultFhirDoorLimits
  if (bundle !== undefined && bundle.entries.length > maxBundleEntries) {
    return refuseRequest('rest.too-many-entries', needs.explain, 'Bundle.entry')
  }
  const writes = bundle === undefined || bundle.entries.some((entry) => !isQuestion(entry))
  if (writes && !caller.mayWrite) return refuseRequest('rest.forbidden', needs.explain)
  return needs.inTurn((bundle?.entries ?? []).flatMap(criteriaOf), async () =>
    bundle?.type === 'batch'
      ? postBatch(needs, caller, { ...call, bundle, key })
      : postTransaction(needs, caller, { ...call, bundle, key }),
  )
}

/** What the entry makes its write depend on. */
function criteriaOf({ method, url, ifNoneExist }: PostedEntry): string[] {
  if (ifNoneExist !== undefined) return [`${url}?${ifNoneExist}`]
  return method !== 'GET' && readCondition(url) !== undefined ? [url] : []
}

interface OpenCall<B> extends BundleCall {
  readonly bundle: B
  readonly key: string
}

async function postTransaction(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  { bytes, bundle, key }: OpenCall<PostedBundle | undefined>,
): Promise<FhirAnswer> {
  const matches = bundle?.maybeConditional === true ? await allMatches(needs, caller, bytes) : {}
  if (matches === undefined) return refuseRequest('fhir.condition.unsupported', needs.explain, 'Bundle.entry')
  const writes = bundle === undefined || bundle.entries.some((entry) => !isQuestion(entry))
  const item = bundleItem(bytes, 'document', 1, key, matches)
  const [outcome] = writes ? await needs.takeIn([{ source: caller.source, item }]) : []
  const refused = outcome === undefined ? undefined : refusedOutcome(needs, outcome)
  if (refused !== undefined) return refused
  const answers: FhirAnswer[] = []
  const records = [...recordsOf(outcome)]
  for (const entry of bundle?.entries ?? []) {
    answers.push(await transactionEntry(needs, caller, { entry, matches, records }))
  }
  return bundleAnswer('transaction-response', answers)
}

/** The next record of the transaction is this entry's, unless the entry only reads or found its record there already. */
async function transactionEntry(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  {
    entry,
    matches,
    records,
  }: { readonly entry: PostedEntry; readonly matches: Matches; readonly records: RecordOutcome[] },
): Promise<FhirAnswer> {
  if (isQuestion(entry)) return answerQuestion(needs, caller, entry.url)
  if (entry.ifNoneExist !== undefined) {
    const type = entry.url
    const id = matches[`${type}?${entry.ifNoneExist}`]?.[0]
    if (id !== undefined) return { status: 200, headers: { location: `${needs.baseUrl()}/${type}/${id}` } }
  }
  if (
    entry.method === 'DELETE' &&
    readCondition(entry.url) !== undefined &&
    matches[entry.url]?.length === 0
  ) {
    return { status: 204 }
  }
  const record = records.shift()
  return record === undefined ? { status: 204 } : recordAnswer(needs, entry, record)
}

async function postBatch(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  { bundle, key }: OpenCall<PostedBundle>,
): Promise<FhirAnswer> {
  const answers: (FhirAnswer | undefined)[] = []
  let waiting: WaitingEntry[] = []
  const takeWaiting = async () => {
    await takeEntries(needs, caller, waiting, answers)
    waiting = []
  }
  for (const [at, entry] of bundle.entries.entries()) {
    if (isQuestion(entry)) {
      answers[at] = await answerQuestion(needs, caller, entry.url)
      continue
    }
    // What an entry before this one creates by the same criteria must be there to be found.
    const criteria = criteriaOf(entry)
    if (waiting.some((one) => one.criteria.some((same) => criteria.includes(same)))) await takeWaiting()
    const bytes = new TextEncoder().encode(entry.text)
    const matches = bundle.maybeConditional ? await entryMatches(needs, caller, entry) : {}
    if (matches === undefined) answers[at] = refuseRequest('fhir.condition.unsupported', needs.explain)
    else {
      const item = bundleItem(bytes, 'entry', at + 1, `${key}:${at + 1}`, matches)
      waiting.push({ at, entry, item, criteria, matches })
    }
  }
  await takeWaiting()
  return bundleAnswer('batch-response', answers as FhirAnswer[])
}

/** An entry of a batch that is still to be taken in, and its place. */
interface WaitingEntry {
  readonly at: number
  readonly entry: PostedEntry
  readonly item: ArrivedItem
  readonly criteria: readonly string[]
  readonly matches: Matches
}

async function takeEntries(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  waiting: readonly WaitingEntry[],
  answers: (FhirAnswer | undefined)[],
): Promise<void> {
  if (waiting.length === 0) return
  const outcomes = await needs.takeIn(waiting.map(({ item }) => ({ source: caller.source, item })))
  for (const [index, { at, entry, matches }] of waiting.entries()) {
    const outcome = outcomes[index] as Outcome
    const records = [...recordsOf(outcome)]
    answers[at] =
      refusedOutcome(needs, outcome) ?? (await transactionEntry(needs, caller, { entry, matches, records }))
  }
}

function bundleItem(
  bytes: Uint8Array,
  shape: 'document' | 'entry',
  index: number,
  controlId: string,
  matches: Matches,
): ArrivedItem {
  const noted: Record<string, string> =
    Object.keys(matches).length === 0 ? {} : { [matchesKey]: JSON.stringify(matches) }
  return { form: 'fhir', bytes, context: { via: 'rest', shape, ...noted }, position: { index }, controlId }
}

async function allMatches(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  bytes: Uint8Array,
): Promise<Matches | undefined> {
  const text = readCanonicalText(bytes)
  // What is no JSON is refused by its room, with line and column.
  return isRefusal(text) ? {} : matchesFor(needs, caller, conditionsIn(text))
}

async function entryMatches(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  entry: PostedEntry,
): Promise<Matches | undefined> {
  return allMatches(needs, caller, new TextEncoder().encode(`{"entry":[${entry.text}]}`))
}

async function matchesFor(
  needs: FhirDoorNeeds,
  caller: FhirCaller,
  conditions: readonly string[],
): Promise<Matches | undefined> {
  const matches: Record<string, readonly string[]> = {}
  for (const condition of conditions) {
    const found = await findMatches(needs, caller, condition)
    if (found === undefined) return undefined
    matches[condition] = found.map(({ id }) => id)
  }
  return matches
}

function isQuestion({ method }: PostedEntry): boolean {
  return method === 'GET' || method === 'HEAD'
}

function recordsOf(outcome: Outcome | undefined): readonly RecordOutcome[] {
  return outcome === undefined || outcome.state === 'refused' ? [] : outcome.records
}

function recordAnswer(needs: FhirDoorNeeds, entry: PostedEntry, record: RecordOutcome): FhirAnswer {
  const status = entry.method === 'DELETE' ? 204 : writtenStatus(record)
  return { status, headers: writtenHeaders(needs, record) }
}

function bundleAnswer(type: string, answers: readonly FhirAnswer[]): FhirAnswer {
  const entries = answers.map(responseEntry)
  const entry = entries.length === 0 ? '' : `,"entry":[${entries}]`
  return { status: 200, body: `{"resourceType":"Bundle","type":"${type}"${entry}}` }
}

/** R4 Bundle.entry.response: an answer with a resource carries it beside, a refusal carries its OperationOutcome inside. */
function responseEntry({ status, headers = {}, body }: FhirAnswer): string {
  const { location, etag, link } = headers
  const receipt =
    link === undefined
      ? undefined
      : { url: 'urn:meridian:extension:receipt', valueUrl: link.slice(1, link.indexOf('>')) }
  const response = JSON.stringify({
    ...(receipt === undefined ? {} : { extension: [receipt] }),
    status: String(status),
    ...(location === undefined ? {} : { location }),
    ...(etag === undefined ? {} : { etag }),
  })
  if (body === undefined) return `{"response":${response}}`
  if (status >= 400) return `{"response":${response.slice(0, -1)},"outcome":${body}}}`
  return `{"resource":${body},"response":${response}}`
}
