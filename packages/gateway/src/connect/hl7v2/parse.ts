/** The reader of HL7 v2 messages: bytes to an {@link Hl7Message}, or a coded refusal naming the place. Pure and bounded. */
import type { RoomRefusal } from '../../room-refusal.ts'
import { isRoomRefusal } from '../../room-refusal.ts'
import { type Charset, decodeText, detectCharset, latin1 } from './charset.ts'
import type { Encoding, Hl7Message, Segment } from './message.ts'
import { text } from './message.ts'
import { defaultHl7Limits, type Hl7Limits, refuseHl7 } from './refusals.ts'

/** What a caller may fix: limits, and the character set of a source that does not fill MSH-18. */
export interface ParseOptions {
  readonly limits?: Hl7Limits
  readonly charset?: Charset
}

/** Reads one message. Byte order mark, MLLP framing and blank lines around it are taken off first. */
export function parseMessage(source: Uint8Array, options: ParseOptions = {}): Hl7Message | RoomRefusal {
  const limits = options.limits ?? defaultHl7Limits
  if (source.length > limits.maxMessageBytes) {
    return refuseHl7('hl7v2.too-large', undefined, { bytes: source.length, limit: limits.maxMessageBytes })
  }
  const bytes = trimFraming(source)
  if (bytes.length === 0) return refuseHl7('hl7v2.empty')
  if (!startsWithName(bytes, 'MSH')) return notHl7(bytes)
  const separators = encodingOf(latin1(bytes.subarray(0, 16)))
  if (isRoomRefusal(separators)) return separators
  const headerLength = lineLength(bytes)
  if (headerLength > maxHeaderBytes) return refuseHl7('hl7v2.too-large', 'MSH', { limit: maxHeaderBytes })
  const charset = detectCharset(bytes.subarray(0, headerLength), options.charset)
  if (typeof charset !== 'string') return charset
  const decoded = decodeText(bytes, charset)
  if (decoded === undefined) return refuseHl7('hl7v2.charset-mismatch', 'MSH-18', { charset })
  const encoding = { ...separators, charset }
  const segments = splitSegments(decoded, encoding, limits)
  return isRoomRefusal(segments) ? segments : messageOf(segments, encoding)
}

function messageOf(segments: Segment[], encoding: Encoding): Hl7Message | RoomRefusal {
  const header = segments[0] as Segment
  const code = text(header, 9)?.toUpperCase()
  if (code === undefined) return refuseHl7('hl7v2.message-type-missing', 'MSH-9')
  const controlId = text(header, 10)
  if (controlId === undefined) return refuseHl7('hl7v2.control-id-missing', 'MSH-10')
  const event = text(header, 9, 2)?.toUpperCase() ?? ''
  const structure = text(header, 9, 3)?.toUpperCase() ?? ''
  return { encoding, segments, header, type: { code, event, structure }, controlId }
}

/** Takes off what is around a message and not part of it: BOM, 0x0B, 0x1C, line ends, blanks, NULs. */
export function trimFraming(source: Uint8Array): Uint8Array {
  let start = source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf ? 3 : 0
  let end = source.length
  while (start < end && (source[start] as number) <= 0x20) start++
  while (end > start && ((source[end - 1] as number) <= 0x20 || source[end - 1] === 0x1c)) end--
  return start === 0 && end === source.length ? source : source.subarray(start, end)
}

/** How many bytes the first line has. */
export function lineLength(bytes: Uint8Array): number {
  const ends = [bytes.indexOf(0x0d), bytes.indexOf(0x0a), bytes.length].filter((end) => end >= 0)
  return Math.min(...ends)
}

/** No header is longer: everything that reads or answers a message holds one in memory several times. */
export const maxHeaderBytes = 64 * 1024

/** Whether the bytes begin with a segment of this name. */
export function startsWithName(bytes: Uint8Array, name: string): boolean {
  return name.split('').every((letter, index) => bytes[index] === letter.charCodeAt(0))
}

/** The refusal of bytes that do not begin with MSH: the XML encoding is told from everything else. */
export function notHl7(bytes: Uint8Array): RoomRefusal {
  return bytes[0] === 0x3c ? refuseHl7('hl7v2.xml-encoding') : refuseHl7('hl7v2.not-hl7')
}

/** MSH-1 and MSH-2 at the start of a message, which are ASCII in every character set: two to five encoding characters, all different (§2.5.4). */
export function encodingOf(message: string): Omit<Encoding, 'charset'> | RoomRefusal {
  const field = message[3] ?? ''
  const end = message.indexOf(field, 4)
  const characters = end < 0 ? '' : message.slice(4, end)
  const all = field + characters
  const valid =
    characters.length >= 2 &&
    characters.length <= 5 &&
    /^[!-/:-@[-`{-~]$/.test(field) &&
    /^[!-~]+$/.test(characters)
  if (!valid || new Set(all).size !== all.length) return refuseHl7('hl7v2.separators', 'MSH-2')
  const [component = '', repetition = '', escaping = '', subcomponent = ''] = characters
  return {
    field,
    component,
    repetition,
    escape: escaping,
    subcomponent: subcomponent === '' ? '\u0000' : subcomponent,
  }
}

function splitSegments(message: string, encoding: Encoding, limits: Hl7Limits): Segment[] | RoomRefusal {
  const tooMany = refuseHl7('hl7v2.too-many-segments', undefined, { limit: limits.maxSegments })
  // Counted before splitting; CRLF and blank lines between segments are two ends each.
  const enough = limits.maxSegments * 4
  if (countOf(message, '\r', enough) + countOf(message, '\n', enough) > enough) return tooMany
  const segments: Segment[] = []
  for (const line of splitLines(message, encoding.field)) {
    if (line === '' || line.trim() === '') continue
    if (segments.length === limits.maxSegments) return tooMany
    const segment = segmentOf(line, segments.length + 1, encoding, limits)
    if (isRoomRefusal(segment)) return segment
    segments.push(segment)
  }
  return segments
}

/**
 * Segments end with CR (§2.5.2); LF and CRLF are common on disk. In a message whose header ends with a bare CR a line feed is
 * text, unless what follows it is plainly a segment.
 */
function splitLines(message: string, field: string): string[] {
  if (!message.includes('\n')) return message.split('\r')
  const end = message.search(/[\r\n]/)
  if (message[end] === '\n' || message[end + 1] === '\n') return message.split(/\r\n|\r|\n/)
  const separator = field.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  return message.split(
    new RegExp(`\\r\\n?|\\n(?=[A-Z][A-Z0-9]{2}(?:${separator}|\\r|\\n|$))|\\n(?=[\\r\\n]|$)`),
  )
}

function segmentOf(
  line: string,
  index: number,
  encoding: Encoding,
  limits: Hl7Limits,
): Segment | RoomRefusal {
  const fields = line.split(encoding.field, limits.maxFields + 1)
  const name = (fields[0] as string).trim()
  if (!/^[A-Z][A-Z0-9]{2}$/.test(name) || (name === 'MSH') !== (index === 1)) {
    return refuseHl7('hl7v2.segment', `segment ${index}`, { segment: index })
  }
  if (fields.length > limits.maxFields) return refuseHl7('hl7v2.too-many-fields', name, { segment: index })
  const crowded = fields.findIndex((field) => isCrowded(field, encoding))
  if (crowded >= 0) return refuseHl7('hl7v2.too-many-fields', `${name}-${crowded}`, { segment: index })
  if (name === 'MSH') fields.splice(1, 0, encoding.field)
  return { name, fields, encoding, index }
}

/** More components and repetitions than this in one field are no message of a hospital. */
const maxParts = 50_000

function isCrowded(field: string, { component, repetition }: Encoding): boolean {
  if (field.length <= maxParts) return false
  return countOf(field, component, maxParts) + countOf(field, repetition, maxParts) > maxParts
}

// How often a sign stands in a text, counted no further than one beyond `enough`.
function countOf(text: string, sign: string, enough: number): number {
  let count = 0
  for (let at = text.indexOf(sign); at >= 0 && count <= enough; at = text.indexOf(sign, at + 1)) count++
  return count
}
