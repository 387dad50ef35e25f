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

/** Reads MSH, or refuses what is not HL7 v2. Bytes after the first line are not looked at. */
export function readHeader(source: Uint8Array, fallback?: Charset): Hl7Header | RoomRefusal {
  const bytes = trimFraming(source)
  if (bytes.length === 0) return refuseHl7('hl7v2.empty')
  if (!startsWithName(bytes, 'MSH')) return notHl7(bytes)
  const separators = encodingOf(latin1(bytes.subarray(0, 16)))
  if (isRoomRefusal(separators)) return separators
  const length = lineLength(bytes)
  if (length > maxHeaderBytes) return refuseHl7('hl7v2.too-large', 'MSH', { limit: maxHeaderBytes })
  const line = bytes.subarray(0, length)
  const charset = detectCharset(line, fallback)
  if (typeof charset !== 'string') return charset
  const decoded = decodeText(line, charset)
  if (decoded === undefined) return refuseHl7('hl7v2.charset-mismatch', 'MSH-18', { charset })
  const encoding = { ...separators, charset }
  const [name = '', ...rest] = decoded.split(encoding.field)
  return { encoding, fields: [name, encoding.field, ...rest] }
}

/** A component of a header field as it came; empty when absent. */
export function headerPart(header: Hl7Header, field: number, component = 1): string {
  const first = (header.fields[field] ?? '').split(header.encoding.repetition)[0] ?? ''
  return (first.split(header.encoding.component)[component - 1] ?? '').trim()
}
