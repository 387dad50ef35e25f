/** The codes with which the room `connect` refuses what came as HL7 v2, and the limits it keeps. */
import { type RoomRefusal, refuseIn } from '../../room-refusal.ts'

/** Codes of this connector; their texts are in `catalogue-hl7v2.ts`. */
export type Hl7ConnectCode =
  | 'hl7v2.not-hl7'
  | 'hl7v2.xml-encoding'
  | 'hl7v2.empty'
  | 'hl7v2.too-large'
  | 'hl7v2.too-many-segments'
  | 'hl7v2.too-many-fields'
  | 'hl7v2.separators'
  | 'hl7v2.segment'
  | 'hl7v2.charset-unknown'
  | 'hl7v2.charset-mismatch'
  | 'hl7v2.control-id-missing'
  | 'hl7v2.message-type-missing'
  | 'hl7v2.unexpected-sender'
  | 'hl7v2.batch-count'
  | 'hl7v2.batch-structure'

/** Upper bounds, checked before anything is built from the bytes. */
export interface Hl7Limits {
  readonly maxMessageBytes: number
  readonly maxSegments: number
  readonly maxFields: number
}

/** 16 MiB a message, 20,000 segments, 1,000 fields in a segment: ten times what real systems send. */
export const defaultHl7Limits: Hl7Limits = {
  maxMessageBytes: 16 * 1024 * 1024,
  maxSegments: 20_000,
  maxFields: 1_000,
}

/** A refusal by this connector. `place` is a segment, field or line, never a value. */
export function refuseHl7(
  code: Hl7ConnectCode,
  place?: string,
  detail: Record<string, string | number> = {},
): RoomRefusal {
  return refuseIn('connect', code, { ...(place === undefined ? {} : { place }), detail })
}
