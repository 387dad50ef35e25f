/** Builds HL7 v2 acknowledgements (ACK: MSH, MSA, ERR) in the separators and character set of the message they answer. */
import { explainHl7 } from '../../catalogue-hl7v2.ts'
import type { RoomRefusal } from '../../room-refusal.ts'
import { encodeText } from './charset.ts'
import { type Hl7Header, headerPart } from './header.ts'

/** MSA-1 (HL7 table 0008): application accept, error, reject; commit accept, error, reject. */
export type AcknowledgementCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR'

/** What goes into the acknowledgement besides what the message itself says. */
export interface AcknowledgementParts {
  readonly code: AcknowledgementCode
  /** Our own control id for it, and the time it is made (`YYYYMMDDHHMMSS+ZZZZ`). */
  readonly controlId: string
  readonly time: string
  /** Why, when it is not an acceptance; only the code, the place and our own words leave. */
  readonly refusal?: RoomRefusal
}

const plainHeader: Hl7Header = {
  encoding: {
    field: '|',
    component: '^',
    repetition: '~',
    escape: '\\',
    subcomponent: '&',
    charset: 'utf-8',
  },
  fields: ['MSH', '|', '^~\\&'],
}

/** The bytes of an ACK. Without a readable header it is written in the usual separators and names no message. */
export function acknowledgementOf(header: Hl7Header | undefined, parts: AcknowledgementParts): Uint8Array {
  const answered = header ?? plainHeader
  const segments = [mshOf(answered, parts), msaOf(answered, parts), ...errOf(answered, parts)]
  return encodeText(segments.map((segment) => `${segment}\r`).join(''), answered.encoding.charset)
}

// Sender and receiver change places; processing id, version and character set stay.
function mshOf(header: Hl7Header, parts: AcknowledgementParts): string {
  const { field, component } = header.encoding
  // What is no name of an event is content, and is not sent back.
  const event = /^[A-Z][A-Z0-9]{2}$/.exec(headerPart(header, 9, 2))?.[0] ?? ''
  const type = event === '' ? 'ACK' : ['ACK', event, 'ACK'].join(component)
  const at = (index: number): string => header.fields[index] ?? ''
  const fields = [
    at(5),
    at(6),
    at(3),
    at(4),
    parts.time,
    '',
    type,
    parts.controlId,
    at(11) || 'P',
    at(12) || '2.5.1',
  ]
  const charset = at(18) === '' ? [] : ['', '', '', '', '', at(18)]
  return [`MSH${field}${at(2)}`, ...fields, ...charset].join(field)
}

function msaOf(header: Hl7Header, parts: AcknowledgementParts): string {
  return ['MSA', parts.code, header.fields[10] ?? ''].join(header.encoding.field)
}

// ERR-2 place, ERR-3 HL7's class (table 0357), ERR-4 severity, ERR-5 our code, ERR-8 our words.
function errOf(header: Hl7Header, parts: AcknowledgementParts): string[] {
  const { refusal } = parts
  if (refusal === undefined) return []
  const { field, component } = header.encoding
  const own = [refusal.code, '', 'MERIDIAN'].join(component)
  const words = explainHl7(refusal.code)
  const text = words === undefined ? '' : escaped(`${words.message.zh} ${words.message.en}`, header)
  return [
    [
      'ERR',
      '',
      placeOf(refusal.place, component),
      errorClass(refusal.code, component),
      'E',
      own,
      '',
      '',
      text,
    ].join(field),
  ]
}

// `OBX[3]-5` as ERL: segment, its sequence, field.
function placeOf(place: string | undefined, component: string): string {
  const found = /^([A-Z][A-Z0-9]{2})(?:\[(\d+)\])?(?:-(\d+))?$/.exec(place ?? '')
  return found === null ? '' : [found[1], found[2] ?? '1', found[3] ?? ''].join(component)
}

function errorClass(code: string, component: string): string {
  const classes: Readonly<Record<string, [string, string]>> = {
    'hl7v2.unsupported-message': ['200', 'Unsupported message type'],
    'hl7v2.segment-missing': ['100', 'Segment sequence error'],
    'hl7v2.field-missing': ['101', 'Required field missing'],
    'hl7v2.code': ['103', 'Table value not found'],
    'hl7v2.sex-code': ['103', 'Table value not found'],
    'hl7v2.time': ['102', 'Data type error'],
    'hl7v2.number': ['102', 'Data type error'],
  }
  const [number, words] = classes[code] ?? ['207', 'Application internal error']
  return [number, words, 'HL70357'].join(component)
}

function escaped(text: string, header: Hl7Header): string {
  const { field, component, repetition, escape: mark, subcomponent } = header.encoding
  const signs: readonly [string, string][] = [
    [mark, 'E'],
    [field, 'F'],
    [component, 'S'],
    [repetition, 'R'],
    [subcomponent, 'T'],
  ]
  return [...text]
    .map((letter) => {
      const sign = signs.find(([own]) => own === letter)
      return sign === undefined || mark === '' ? letter : `${mark}${sign[1]}${mark}`
    })
    .join('')
}
