/** Reads only the first segment of an HL7 v2 message: enough to acknowledge, to name and to route it. */
import { isRoomRefusal, type RoomRefusal } from '../../room-refusal.ts'
import { type Charset, decodeText, detectCharset, latin1 } from './charset.ts'
import type { Encoding } from './message.ts'
import { encodingOf, lineLength, maxHeaderBytes, notHl7, startsWithName, trimFraming } from './parse.ts'
import { refuseHl7 } from './refusals.ts'

/** MSH as raw fields, counted as HL7 does (`fields[10]` is MSH-10). */
export interface Hl7Header {
  readonly encoding: Encoding
  readonly fields: readonly string[]
}

/**
 * Reads MSH, or refuses what is not HL7 v2. Bytes after the first line are not looked at. A header whose character set cannot be
 * told is read byte by byte: the message is HL7, and the next room says what is wrong with its letters.
 */
export function readHeader(source: Uint8Array, fallback?: Charset): Hl7Header | RoomRefusal {
  const bytes = trimFraming(source)
  if (bytes.length === 0) return refuseHl7('hl7v2.empty')
  if (!startsWithName(bytes, 'MSH')) return notHl7(bytes)
  const separators = encodingOf(latin1(bytes.subarray(0, 16)))
  if (isRoomRefusal(separators)) return separators
  const length = lineLength(bytes)
  if (length > maxHeaderBytes) return refuseHl7('hl7v2.too-large', 'MSH', { limit: maxHeaderBytes })
  const { text, charset } = readLine(bytes.subarray(0, length), fallback)
  const [name = '', ...rest] = text.split(separators.field)
  return { encoding: { ...separators, charset }, fields: [name, separators.field, ...rest] }
}

function readLine(line: Uint8Array, fallback: Charset | undefined): { text: string; charset: Charset } {
  const charset = detectCharset(line, fallback)
  const text = typeof charset === 'string' ? decodeText(line, charset) : undefined
  return typeof charset === 'string' && text !== undefined
    ? { text, charset }
    : { text: latin1(line), charset: 'iso-8859-1' }
}

/** A component of a header field as it came; empty when absent. */
export function headerPart(header: Hl7Header, field: number, component = 1): string {
  const first = (header.fields[field] ?? '').split(header.encoding.repetition)[0] ?? ''
  return (first.split(header.encoding.component)[component - 1] ?? '').trim()
}
