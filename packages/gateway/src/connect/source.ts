/** A source: one configured system of the institution that sends records (design: At the door). */
import type { ProfileName } from '@meridian/standards'

/** What a source's records are judged by. */
export type SourceProfile = ProfileName

/** How a value reached the source system (Y17: device readings are worth more than typed ones). */
export type CaptureMethod = 'device' | 'interface' | 'manual' | 'file'

/**
 * One sending system. `name` is unique in the institution and is the namespace of every id derived from its
 * messages; `timeZone` is an IANA name or a fixed offset such as `+08:00`, applied to times without one.
 */
export interface Source {
  readonly name: string
  readonly kind: 'hl7v2' | 'fhir' | 'csv'
  readonly profile: SourceProfile
  readonly timeZone: string
  readonly captureMethod: CaptureMethod
  /** Id of the CSV mapping in force for this source; only for `csv`. */
  readonly mapping?: string
  /** Expected MSH-3 and MSH-4; a message that names others is refused. Only for `hl7v2`. */
  readonly sendingApplication?: string
  readonly sendingFacility?: string
  /** Character set of a source that does not fill MSH-18, and units of results that come without; see `hl7v2/hl7-source.ts`. */
  readonly charset?: string
  readonly units?: Readonly<Record<string, string>>
  /** When an HL7 v2 message is acknowledged: once durable in the inbox, or once its record is stored. */
  readonly ackAfter: 'stored' | 'validated'
  /** A source may opt for *value absent, with a finding* instead of refusing the whole message. */
  readonly onBadValue: 'refuse' | 'absent'
}
