/** What a received FHIR item asks for as a whole: one resource, a transaction, a collection, one entry of a batch, or a REST call. */
import type { CanonicalText } from '@meridian/protocol'
import type { Received } from '../../connect/received.ts'
import { isRoomRefusal, type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import { type BundleEntry, readEntries, readEntry, readHead, stringAt } from './bundle-entry.ts'
import {
  type PlannedEntry,
  type Planning,
  planEntry,
  planPlain,
  readVersionTag,
  remainderOf,
} from './plan-entry.ts'
import type { KnownRecord, Plan, PlannedRecord } from './planned-record.ts'
import type { RecordIdentity } from './record-identity.ts'
import { readAddress } from './sender-urls.ts'

/** Plans an item from its canonical text. */
export function planItem(
  text: CanonicalText,
  received: Received,
  identity: RecordIdentity,
): Plan | RoomRefusal {
  if (received.context.shape === 'entry') {
    return planEntries([readEntry(text, 'entry')], { received, identity }, { plain: false })
  }
  const head = readHead(text)
  if (head === undefined) return refuseIn('standardise', 'fhir.resource.no-type', { place: 'resourceType' })
  const bundleType = head.type === 'Bundle' ? stringAt(text, '/type') : undefined
  if (identity.idsAreOurs && received.context.method !== undefined && received.context.type !== undefined) {
    return planCall(text, head, received, identity)
  }
  const entries = bundleType === undefined ? [] : readEntries(text)
  const homeBase = homeBaseOf(entries)
  const planning: Planning = { received, identity, ...(homeBase === undefined ? {} : { homeBase }) }
  if (bundleType === 'transaction') return planEntries(entries, planning, { plain: false })
  if (bundleType === 'collection') return planEntries(entries, planning, { plain: true })
  if (bundleType === 'batch') return refuseIn('standardise', 'fhir.bundle.empty', { place: 'Bundle.entry' })
  const id =
    head.id === undefined ? identity.ofPlace(head.type, head.type) : identity.ofSender(head.type, head.id)
  const keep = head.type === 'Bundle' ? { keepReferences: true } : {}
  const source = head.id === undefined ? {} : { sourceId: `${head.type}/${head.id}` }
  const record: PlannedRecord = {
    type: head.type,
    id,
    operation: 'upsert',
    text,
    place: head.type,
    ...keep,
    ...source,
  }
  return { records: [record], known: [], closed: false }
}

/** A REST create, update or delete of one resource; `context` has method, type, id and ifMatch. */
function planCall(
  text: CanonicalText,
  head: { readonly type: string; readonly id?: string },
  received: Received,
  identity: RecordIdentity,
): Plan | RoomRefusal {
  const { method, type = '', id, ifMatch } = received.context
  if (head.type !== type) return refuseIn('standardise', 'fhir.type-mismatch', { place: 'resourceType' })
  if (method === 'PUT' && head.id !== id)
    return refuseIn('standardise', 'fhir.id-mismatch', { place: `${type}.id` })
  const expected = ifMatch === undefined ? undefined : readVersionTag(ifMatch)
  if (ifMatch !== undefined && expected === undefined) {
    return refuseIn('standardise', 'fhir.if-match.unreadable', { place: 'If-Match' })
  }
  const record: PlannedRecord = {
    type,
    id: id ?? identity.ofPlace(type, type),
    operation: method === 'POST' ? 'create' : 'upsert',
    text,
    place: type,
    ...(type === 'Bundle' ? { keepReferences: true } : {}),
    ...(expected === undefined ? {} : { expectVersion: expected }),
  }
  return { records: [record], known: [], closed: false }
}

/** A REST delete has no body. */
export function planDeletion(received: Received): Plan | undefined {
  const { via, method, type, id } = received.context
  if (via !== 'rest' || method !== 'DELETE' || type === undefined || id === undefined) return undefined
  const record: PlannedRecord = { type, id, operation: 'delete', text: remainderOf(type, id), place: type }
  return { records: [record], known: [], closed: false }
}

function planEntries(
  entries: readonly BundleEntry[],
  planning: Planning,
  { plain }: { readonly plain: boolean },
): Plan | RoomRefusal {
  if (entries.length === 0) return refuseIn('standardise', 'fhir.bundle.empty', { place: 'Bundle.entry' })
  const records: PlannedRecord[] = []
  const known: KnownRecord[] = []
  for (const entry of entries) {
    const planned: PlannedEntry = plain ? planPlain(entry, planning) : planEntry(entry, planning)
    if (planned === 'nothing') continue
    if (isRoomRefusal(planned)) return planned
    if ('operation' in planned) records.push(planned)
    else known.push(planned)
  }
  const twice = plain ? undefined : sameRecordTwice(records)
  if (twice !== undefined) return refuseIn('standardise', 'fhir.entry.same-record', { place: twice.place })
  const { homeBase } = planning
  return { records, known, closed: true, ...(homeBase === undefined ? {} : { homeBase }) }
}

function sameRecordTwice(records: readonly PlannedRecord[]): PlannedRecord | undefined {
  const seen = new Set<string>()
  return records.find(({ type, id }) => seen.size === seen.add(`${type}/${id}`).size)
}

function homeBaseOf(entries: readonly BundleEntry[]): string | undefined {
  for (const { fullUrl } of entries) {
    const base = fullUrl === undefined ? undefined : readAddress(fullUrl)?.base
    if (base !== undefined) return base
  }
  return undefined
}
