/** What one entry of a transaction or batch asks for, as a planned record (FHIR R4 §3.1.0.11). */
import { type CanonicalText, canonicalTextOf } from '@meridian/protocol'
import type { Received } from '../../connect/received.ts'
import { type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import { type BundleEntry, type EntryRequest, readHead } from './bundle-entry.ts'
import { matchesOf } from './conditions.ts'
import type { KnownRecord, PlannedRecord } from './planned-record.ts'
import type { RecordIdentity } from './record-identity.ts'
import { readAddress, readCondition } from './sender-urls.ts'

/** What planning knows about the item around the entry. */
export interface Planning {
  readonly received: Received
  readonly identity: RecordIdentity
  readonly homeBase?: string
}

/** `'nothing'`: the entry reads, or deletes what is not there. */
export type PlannedEntry = PlannedRecord | KnownRecord | RoomRefusal | 'nothing'

/** The record an entry asks for. */
export function planEntry(entry: BundleEntry, planning: Planning): PlannedEntry {
  const { request } = entry
  if (request === undefined) return refuse('fhir.entry.no-request', entry)
  if (/^[^?]*\$/.test(request.url)) return refuse('fhir.entry.operation', entry)
  if (request.method === 'GET' || request.method === 'HEAD') {
    return planning.identity.idsAreOurs ? 'nothing' : refuse('fhir.entry.question-in-file', entry)
  }
  if (request.method === 'DELETE') return planDelete(entry, request, planning)
  if (request.method === 'POST') return planCreate(entry, request, planning)
  if (request.method === 'PUT') return planUpdate(entry, request, planning)
  return refuse('fhir.entry.method', entry)
}

/** Plans an entry that only holds a resource (a collection): as if it were put under its own id. */
export function planPlain(entry: BundleEntry, planning: Planning): PlannedEntry {
  const found = headOf(entry)
  if ('refusedBy' in found) return found
  const { head, resource } = found
  const base = entry.fullUrl === undefined ? undefined : readAddress(entry.fullUrl)?.base
  const id =
    head.id === undefined
      ? planning.identity.ofPlace(head.type, entry.place)
      : planning.identity.ofSender(head.type, head.id, foreign(base, planning))
  return planned(entry, {
    type: head.type,
    id,
    operation: 'upsert',
    text: resource,
    ...sender(head.type, head.id),
  })
}

/** `base` when it is another than the sender's own. */
export function foreign(base: string | undefined, planning: Pick<Planning, 'homeBase'>): string | undefined {
  return base === planning.homeBase ? undefined : base
}

function planCreate(entry: BundleEntry, request: EntryRequest, planning: Planning): PlannedEntry {
  const found = headOf(entry)
  if ('refusedBy' in found) return found
  const { head, resource } = found
  const { identity } = planning
  if (lastPart(request.url) !== head.type) return refuse('fhir.entry.url-mismatch', entry)
  const condition = request.ifNoneExist === undefined ? undefined : `${head.type}?${request.ifNoneExist}`
  const matches = condition === undefined ? [] : (matchesOf(planning.received, condition) ?? [])
  if (matches.length > 1) return refuse('fhir.condition.many', entry)
  if (matches[0] !== undefined) return { fullUrl: entry.fullUrl ?? '', type: head.type, id: matches[0] }
  const id =
    identity.idsAreOurs || (head.id === undefined && request.ifNoneExist === undefined)
      ? identity.ofPlace(head.type, entry.place)
      : request.ifNoneExist === undefined
        ? identity.ofSender(head.type, head.id ?? '')
        : identity.ofCondition(head.type, request.ifNoneExist)
  return planned(entry, {
    type: head.type,
    id,
    operation: 'upsert',
    text: resource,
    ...sender(head.type, head.id),
  })
}

function planUpdate(entry: BundleEntry, request: EntryRequest, planning: Planning): PlannedEntry {
  const found = headOf(entry)
  if ('refusedBy' in found) return found
  const { head, resource } = found
  const target = targetOf(entry, request, planning)
  if (typeof target !== 'object' || 'refusedBy' in target) return target
  if (target.type !== head.type) return refuse('fhir.entry.url-mismatch', entry)
  const sameId = target.senderId === undefined || head.id === undefined || target.senderId === head.id
  if (!sameId) return refuse('fhir.entry.url-mismatch', entry)
  const expected = planning.identity.idsAreOurs ? expectVersion(request) : undefined
  if (expected === 'unreadable') return refuse('fhir.if-match.unreadable', entry)
  return planned(entry, {
    type: head.type,
    id: target.id,
    operation: 'upsert',
    text: resource,
    ...sender(head.type, target.senderId ?? head.id),
    ...(expected === undefined ? {} : { expectVersion: expected }),
  })
}

function planDelete(entry: BundleEntry, request: EntryRequest, planning: Planning): PlannedEntry {
  const target = targetOf(entry, request, planning)
  if (typeof target !== 'object' || 'refusedBy' in target) return target
  const { type, id } = target
  const text = remainderOf(type, id)
  return planned(entry, { type, id, operation: 'delete', text, ...sender(type, target.senderId) })
}

/** What remains to be said of a deleted record. */
export function remainderOf(type: string, id: string): CanonicalText {
  return canonicalTextOf({ resourceType: type, id })
}

interface Target {
  readonly type: string
  readonly id: string
  readonly senderId?: string
}

/** The record that a PUT or DELETE names, by address or by condition. A condition that matches nothing makes a new one, or deletes nothing. */
function targetOf(
  entry: BundleEntry,
  request: EntryRequest,
  planning: Planning,
): Target | RoomRefusal | 'nothing' {
  const { identity, received } = planning
  const condition = readCondition(request.url)
  if (condition !== undefined) {
    const matches = matchesOf(received, request.url)
    if (matches !== undefined && matches.length > 1) return refuse('fhir.condition.many', entry)
    const match = matches?.[0]
    if (match !== undefined) return { type: condition.type, id: match }
    if (matches !== undefined && request.method === 'DELETE') return 'nothing'
    return { type: condition.type, id: unmatchedId(entry, condition, planning) }
  }
  const address = readAddress(request.url.replace(/^\//, ''))
  if (address === undefined) return refuse('fhir.entry.url', entry)
  const { type, id, base } = address
  return { type, id: identity.ofSender(type, id, foreign(base ?? planning.homeBase, planning)), senderId: id }
}

// From a file the condition itself is the natural key, so that the next file with it reaches the same record.
function unmatchedId(
  entry: BundleEntry,
  condition: { readonly type: string; readonly query: string },
  { identity }: Planning,
): string {
  const { type, query } = condition
  if (!identity.idsAreOurs) return identity.ofCondition(type, query)
  const own = entry.resource === undefined ? undefined : readHead(entry.resource)?.id
  return own ?? identity.ofPlace(type, entry.place)
}

/** If-Match of an entry: `W/"3"` is 3. In a file it speaks of the sender's versions, not ours, and is not compared. */
export function readVersionTag(tag: string): number | undefined {
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(tag.trim())?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function expectVersion(request: EntryRequest): number | 'unreadable' | undefined {
  return request.ifMatch === undefined ? undefined : (readVersionTag(request.ifMatch) ?? 'unreadable')
}

function headOf(
  entry: BundleEntry,
): { head: { type: string; id?: string }; resource: CanonicalText } | RoomRefusal {
  const { resource } = entry
  if (resource === undefined) return refuse('fhir.entry.no-resource', entry)
  const head = readHead(resource)
  return head === undefined ? refuse('fhir.resource.no-type', entry) : { head, resource }
}

function planned(
  entry: BundleEntry,
  record: Omit<PlannedRecord, 'place' | 'fullUrl' | 'base'>,
): PlannedRecord {
  const base = entry.fullUrl === undefined ? undefined : readAddress(entry.fullUrl)?.base
  return {
    ...record,
    place: entry.place,
    ...(entry.fullUrl === undefined ? {} : { fullUrl: entry.fullUrl }),
    ...(base === undefined ? {} : { base }),
  }
}

function sender(type: string, id: string | undefined): { sourceId?: string } {
  return id === undefined ? {} : { sourceId: `${type}/${id}` }
}

function lastPart(url: string): string {
  return url.replace(/\/+$/, '').split('/').at(-1) ?? ''
}

function refuse(code: string, entry: BundleEntry): RoomRefusal {
  return refuseIn('standardise', code, { place: entry.place })
}
