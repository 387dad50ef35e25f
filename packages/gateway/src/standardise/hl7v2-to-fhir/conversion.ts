/** What one conversion of one HL7 v2 message carries with it: the message, the tools, and the problems met on the way. */
import type { Finding, Severity } from '@meridian/standards'
import { findingHl7 } from '../../catalogue-hl7v2.ts'
import type { Hl7Message, Segment } from '../../connect/hl7v2/message.ts'
import type { Received } from '../../connect/received.ts'
import { type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import type { RecordTimes, StandardiseTools } from '../standardised.ts'

/**
 * One conversion. `refusals` is filled by whatever meets a value it may not guess about and is looked at once, at the end:
 * a message is atomic. `place` is cheap to keep and only spelled out when something is wrong.
 */
export interface Conversion {
  readonly message: Hl7Message
  readonly received: Received
  readonly tools: StandardiseTools
  readonly refusals: RoomRefusal[]
  readonly findings: Finding[]
  readonly messageTime?: string
}

/** Starts a conversion without problems. */
export function createConversion(
  message: Hl7Message,
  received: Received,
  tools: StandardiseTools,
): Conversion {
  return { message, received, tools, refusals: [], findings: [] }
}

/** `PID-8`, or `OBX[3]-5` when the message has several segments of that name. */
export function placeOf(conversion: Conversion, segment: Segment, field?: number): string {
  const same = conversion.message.segments.filter((other) => other.name === segment.name)
  const name = same.length === 1 ? segment.name : `${segment.name}[${same.indexOf(segment) + 1}]`
  return field === undefined ? name : `${name}-${field}`
}

/**
 * A value that must not be guessed. The whole message is refused, unless its source opted for *value absent, with a finding*.
 * Gives undefined, so that a reader can return it.
 */
export function badValue(conversion: Conversion, code: string, segment: Segment, field: number): undefined {
  if (conversion.received.source.onBadValue !== 'absent') {
    return conversion.refusals.length > 0
      ? undefined
      : cannot(conversion, code, placeOf(conversion, segment, field))
  }
  addFinding(conversion, code, segment, field, 'warning')
  return undefined
}

/** Something without which there is no record: refused whatever the source opted for. */
export function cannot(conversion: Conversion, code: string, place: string): undefined {
  conversion.refusals.push(refuseIn('standardise', code, { place }))
  return undefined
}

/** Something a person may want to know and nobody is refused for. */
export function note(conversion: Conversion, code: string, segment: Segment, field: number): void {
  addFinding(conversion, code, segment, field, 'information')
}

// Nobody reads more of them, and finding a place looks through the message.
const maxFindings = 200

function addFinding(
  conversion: Conversion,
  code: string,
  segment: Segment,
  field: number,
  severity: Severity,
): void {
  if (conversion.findings.length >= maxFindings) return
  conversion.findings.push(findingHl7(code, placeOf(conversion, segment, field), severity))
}

/** The three times known so far. `clinical` is when it happened to the patient. */
export function timesOf(conversion: Conversion, clinical: string | undefined): RecordTimes {
  const { messageTime, received } = conversion
  return {
    ...(clinical === undefined ? {} : { clinical }),
    ...(messageTime === undefined ? {} : { message: messageTime }),
    received: received.receivedTime,
  }
}
