/**
 * Takes a FHIR JSON document apart into what is counted (design: At the door): a resource, a transaction or collection Bundle and
 * every other Bundle are one item each; a batch Bundle is one item per entry, with the entry's bytes exactly as they stood.
 */
import { itemSlices, memberSlices, readString, type Slice } from '../json-slices.ts'
import { refuseIn } from '../room-refusal.ts'
import type { Arrival } from './arrival.ts'
import { defaultReadingLimits, onSameIdUpdate, type ReadingTools } from './reading.ts'
import type { Position } from './received.ts'

/** Where a document stands in what was sent. `file` is a base name. */
export interface DocumentPlace {
  readonly file: string
  readonly line?: number
}

/** `context.shape` of a FHIR item: a whole document, or one entry of a batch. */
export type FhirItemShape = 'document' | 'entry'

const byteOrderMark = 0xfeff

/**
 * The items of one JSON document. What is not a readable JSON object at its top is still one item: the next room refuses it,
 * naming line and column. Control ids: `Type/id`, a Bundle's identifier or id, otherwise the place in the file.
 */
export function readFhirDocument(
  bytes: Uint8Array,
  place: DocumentPlace,
  { fingerprint, limits = defaultReadingLimits }: ReadingTools,
): readonly Arrival[] {
  const placeId = `place:${fingerprint('file', place.file)}:${place.line ?? 1}`
  const whole = itemOf(bytes, 'document', positionOf(place, 1), { controlId: placeId, amends: true })
  if (bytes.length > limits.maxDocumentBytes) return [tooLarge(whole, limits.maxDocumentBytes)]
  const text = decode(bytes)
  const members = text === undefined ? undefined : memberSlices(text, textStart(text))
  if (text === undefined || members === undefined) return [whole]
  const entries = entriesOfBatch(text, members)
  if (entries !== undefined) {
    return entries.map((entry, at) =>
      entryItem(text, entry, positionOf(place, at + 1), `${placeId}:${at + 1}`),
    )
  }
  return [itemOf(bytes, 'document', positionOf(place, 1), identityOf(text, members, placeId))]
}

function entryItem(text: string, slice: Slice, position: Position, placeId: string): Arrival {
  const bytes = new TextEncoder().encode(text.slice(slice.from, slice.to))
  const resource = memberSlices(text, slice.from)?.get('resource')
  const members = resource === undefined ? undefined : memberSlices(text, resource.from)
  return itemOf(bytes, 'entry', position, identityOf(text, members ?? new Map(), placeId))
}

function itemOf(
  bytes: Uint8Array,
  shape: FhirItemShape,
  position: Position,
  { controlId, amends }: ItemIdentity,
): Arrival {
  const context = { via: 'file', shape, ...(amends ? onSameIdUpdate : {}) }
  return { form: 'fhir', bytes, context, position, controlId }
}

function positionOf(place: DocumentPlace, index: number): Position {
  const line = place.line === undefined ? {} : { line: place.line }
  return { file: place.file, index, ...line }
}

function tooLarge(item: Arrival, limit: number): Arrival {
  const detail = { bytes: item.bytes.length, limit }
  return {
    ...item,
    bytes: new Uint8Array(),
    refusal: refuseIn('connect', 'fhir.document.too-large', { detail }),
  }
}

interface ItemIdentity {
  readonly controlId: string
  /** Other content under the same id amends it; otherwise it contradicts it. */
  readonly amends: boolean
}

// A Bundle's identifier is for ever (FHIR R4 Bundle.identifier): other content under it is a contradiction.
function identityOf(text: string, members: Map<string, Slice>, placeId: string): ItemIdentity {
  const type = stringMember(text, members, 'resourceType')
  const id = stringMember(text, members, 'id')
  const identifier = type === 'Bundle' ? members.get('identifier') : undefined
  const parts = identifier === undefined ? undefined : memberSlices(text, identifier.from)
  const value = parts === undefined ? undefined : stringMember(text, parts, 'value')
  if (parts !== undefined && value !== undefined) {
    const system = stringMember(text, parts, 'system') ?? ''
    return { controlId: `Bundle?${system}|${value}`, amends: false }
  }
  return { controlId: type === undefined || id === undefined ? placeId : `${type}/${id}`, amends: true }
}

function entriesOfBatch(text: string, members: Map<string, Slice>): Slice[] | undefined {
  if (stringMember(text, members, 'resourceType') !== 'Bundle') return undefined
  if (stringMember(text, members, 'type') !== 'batch') return undefined
  const entry = members.get('entry')
  const items = entry === undefined ? undefined : itemSlices(text, entry.from)
  return items === undefined || items.length === 0 ? undefined : items
}

function stringMember(text: string, members: Map<string, Slice>, name: string): string | undefined {
  const slice = members.get(name)
  return slice === undefined ? undefined : readString(text.slice(slice.from, slice.to))
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function textStart(text: string): number {
  return text.charCodeAt(0) === byteOrderMark ? 1 : 0
}
