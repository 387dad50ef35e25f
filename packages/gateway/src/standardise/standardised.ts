/** What leaves the room `standardise`: FHIR R4 resources as canonical text, each with its Provenance. */
import type { CanonicalText } from '@meridian/protocol'
import type { Finding } from '@meridian/standards'
import type { Received } from '../connect/received.ts'
import type { RoomRefusal } from '../room-refusal.ts'
import type { CsvMapping } from './csv-to-fhir/csv-mapping.ts'

/** The times of a record that are known before it is stored; the fourth, committed, is the block's. ISO 8601. */
export interface RecordTimes {
  /** When it happened to the patient (OBX-14, effectiveDateTime). */
  readonly clinical?: string
  /** When the source system said it (EVN-2, MSH-7, meta.lastUpdated of the sender). */
  readonly message?: string
  /** When we had it. */
  readonly received: string
}

/**
 * One FHIR resource on its way to become a record version. `id` is final. `text` is the canonical text with id and
 * resolved references; `provenance` the canonical text of its Provenance. `operation`: `upsert` makes the first or the
 * next version, `create` must not exist, `delete` ends the record with a version that says so.
 */
export interface StandardRecord {
  readonly type: string
  readonly id: string
  readonly text: CanonicalText
  readonly provenance: CanonicalText
  readonly patientId?: string
  readonly operation: 'upsert' | 'create' | 'delete'
  /** If-Match: the version that must be the newest, else the item is refused. */
  readonly expectVersion?: number
  readonly times: RecordTimes
}

declare const standardised: unique symbol

/** A received item in the one standard. Only this room makes it. */
export interface Standardised {
  readonly [standardised]: true
  readonly received: Received
  readonly records: readonly StandardRecord[]
  /** What the conversion noticed and did not refuse for. */
  readonly findings: readonly Finding[]
}

/** What a conversion may use. */
export interface StandardiseTools {
  /** A stable keyed id for a natural key of this source: the same key gives the same id, and no one can guess it. */
  identify(type: string, naturalKey: string): string
  /** Names the node in Provenance as the assembling device. */
  readonly organisationId: string
  /** A CSV mapping by `id|version`: the one a row was read with, also when a newer one is in force by now. */
  readonly csvMapping?: (idAndVersion: string) => CsvMapping | undefined
}

/** One conversion: a pure function from a received item to records, or a refusal naming the place. */
export type Standardise = (received: Received, tools: StandardiseTools) => Standardised | RoomRefusal

/** The one constructor; called by the conversions of this folder only. */
export function standardisedOf(
  received: Received,
  records: readonly StandardRecord[],
  findings: readonly Finding[] = [],
): Standardised {
  return { received, records, findings } as unknown as Standardised
}
