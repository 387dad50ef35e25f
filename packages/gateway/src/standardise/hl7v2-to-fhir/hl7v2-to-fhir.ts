/** The room `standardise` for HL7 v2: one message to FHIR R4 records with Provenance, or one refusal naming the place. */

import { hl7SettingsOf } from '../../connect/hl7v2/hl7-source.ts'
import { firstNamed, type Hl7Message, text } from '../../connect/hl7v2/message.ts'
import { parseMessage } from '../../connect/hl7v2/parse.ts'
import { refuseHl7 } from '../../connect/hl7v2/refusals.ts'
import type { Received } from '../../connect/received.ts'
import type { Source } from '../../connect/source.ts'
import { isRoomRefusal, type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import type { FhirObject } from '../fhir-json.ts'
import type { ProvenanceFacts } from '../provenance.ts'
import {
  type Standardise,
  type Standardised,
  type StandardiseTools,
  standardisedOf,
} from '../standardised.ts'
import { adtDrafts } from './adt.ts'
import { unlinkDrafts } from './adt-unlink.ts'
import { concept } from './coded.ts'
import { eventReasons } from './concept-tables.ts'
import { type Conversion, createConversion } from './conversion.ts'
import { mergeDrafts } from './merge.ts'
import { oruDrafts } from './oru.ts'
import { type Draft, recordsOf } from './records.ts'
import { segmentRecords } from './segment-records.ts'
import { dateTimeText } from './time.ts'
import { vxuDrafts } from './vxu.ts'

/** How one kind of message is converted, and what it does to the records it names. */
interface MessageKind {
  readonly drafts: (conversion: Conversion) => Draft[]
  readonly activity?: ProvenanceFacts['activity']
}

const created: MessageKind = { drafts: adtDrafts, activity: 'CREATE' }
const updated: MessageKind = { drafts: adtDrafts, activity: 'UPDATE' }
const cancelled: MessageKind = { drafts: adtDrafts, activity: 'CANCEL' }

/** The kinds that are taken in; every other is refused by name and kept. */
const kinds: Readonly<Record<string, MessageKind>> = {
  'ADT^A01': created,
  'ADT^A02': updated,
  'ADT^A03': updated,
  'ADT^A04': created,
  'ADT^A05': created,
  'ADT^A06': updated,
  'ADT^A07': updated,
  'ADT^A08': updated,
  'ADT^A11': cancelled,
  'ADT^A12': cancelled,
  'ADT^A13': cancelled,
  'ADT^A28': created,
  'ADT^A31': updated,
  'ADT^A37': { drafts: unlinkDrafts, activity: 'UPDATE' },
  'ADT^A40': { drafts: mergeDrafts, activity: 'UPDATE' },
  'ORU^R01': { drafts: oruDrafts },
  'VXU^V04': { drafts: vxuDrafts },
}

/** Names of the supported kinds, in order. */
export const supportedHl7Kinds: readonly string[] = Object.keys(kinds)

/** Converts one HL7 v2 message. Pure: the same bytes and received time give the same bytes. Effects: none. */
export const hl7v2ToFhir: Standardise = (received, tools) => {
  const { charset } = hl7SettingsOf(received.source)
  const message = parseMessage(received.bytes, charset === undefined ? {} : { charset })
  return isRoomRefusal(message) ? message : standardiseMessage(message, received, tools)
}

/** The same for a message that is already parsed. */
export function standardiseMessage(
  message: Hl7Message,
  received: Received,
  tools: StandardiseTools,
): Standardised | RoomRefusal {
  const stranger = unexpectedSender(message, received.source)
  if (stranger !== undefined) return stranger
  const name = `${message.type.code}^${message.type.event}`
  const kind = kinds[name]
  if (kind === undefined) return unsupported(name)
  const conversion = withMessageTime(createConversion(message, received, tools))
  const drafts = kind.drafts(conversion)
  const ofSegments = segmentRecords(conversion, drafts)
  const [refusal] = conversion.refusals
  if (refusal !== undefined) return refusal
  const reason = reasonOf(conversion)
  const facts = {
    ...(kind.activity === undefined ? {} : { activity: kind.activity }),
    ...(reason === undefined ? {} : { reason }),
  }
  const records = [...recordsOf(conversion, drafts, facts), ...ofSegments]
  return standardisedOf(received, records, conversion.findings)
}

// A source may say who it is; a message of another system on its door is a mistake of wiring.
function unexpectedSender(message: Hl7Message, source: Source): RoomRefusal | undefined {
  const { sendingApplication, sendingFacility } = source
  if (sendingApplication !== undefined && text(message.header, 3) !== sendingApplication) {
    return refuseHl7('hl7v2.unexpected-sender', 'MSH-3')
  }
  const wrong = sendingFacility !== undefined && text(message.header, 4) !== sendingFacility
  return wrong ? refuseHl7('hl7v2.unexpected-sender', 'MSH-4') : undefined
}

// The kind is a name of the standard when it looks like one; anything else is content and stays out of the refusal.
function unsupported(name: string): RoomRefusal {
  const kind = /^[A-Z]{3}\^(?:[A-Z][A-Z0-9]{2})?$/.test(name) ? name : 'unnamed'
  return refuseIn('standardise', 'hl7v2.unsupported-message', { place: 'MSH-9', detail: { kind } })
}

/** EVN-4: why the event was recorded. */
function reasonOf(conversion: Conversion): FhirObject | undefined {
  const evn = firstNamed(conversion.message, 'EVN')
  return evn === undefined ? undefined : concept(conversion, evn, 4, { table: '0062', map: eventReasons })
}

/** EVN-2, else MSH-7: the order of messages about one patient. */
function withMessageTime(conversion: Conversion): Conversion {
  const evn = firstNamed(conversion.message, 'EVN')
  const said = (evn === undefined ? undefined : text(evn, 2)) ?? text(conversion.message.header, 7)
  const messageTime = said === undefined ? undefined : dateTimeText(said, conversion)
  return messageTime === undefined ? conversion : { ...conversion, messageTime }
}
