/** Which character set an HL7 v2 message is in (MSH-18, HL7 table 0211) and the strict decoding of its bytes. */
import iconv from 'iconv-lite'
import type { RoomRefusal } from '../../room-refusal.ts'
import { refuseHl7 } from './refusals.ts'

/** The character sets we read; the value is the name `TextDecoder` and iconv know it by. */
export type Charset = 'utf-8' | 'gb18030' | 'iso-8859-1' | `iso-8859-${number}` | 'big5'

// Written as table 0211 has them and as Chinese systems write them, without blanks, dots, dashes and slashes.
const names: Readonly<Record<string, Charset>> = {
  ASCII: 'utf-8',
  ISOIR6: 'utf-8',
  UTF8: 'utf-8',
  UNICODE: 'utf-8',
  UNICODEUTF8: 'utf-8',
  GB18030: 'gb18030',
  GB180302000: 'gb18030',
  GB180302005: 'gb18030',
  GB180302022: 'gb18030',
  GBK: 'gb18030',
  GB2312: 'gb18030',
  GB23121980: 'gb18030',
  CP936: 'gb18030',
  MS936: 'gb18030',
  BIG5: 'big5',
  LATIN1: 'iso-8859-1',
}

/** The character set of a name in MSH-18, or undefined when it is none we read. ASCII is read as its superset UTF-8. */
export function charsetNamed(name: string): Charset | undefined {
  const key = name.toUpperCase().replace(/[\s./_-]/g, '')
  const latin = /^(?:ISO)?8859(\d{1,2})$/.exec(key)
  if (latin !== null) {
    const part = Number(latin[1])
    return part >= 1 && part <= 16 && part !== 12 ? `iso-8859-${part}` : undefined
  }
  return names[key]
}

/**
 * Finds the character set in the raw bytes of the first segment. Bytes of GB18030 can look like `|` or `^`, so when MSH-18 read
 * byte by byte is not a name, it is read again as GB18030. Empty MSH-18 means `fallback`.
 */
export function detectCharset(header: Uint8Array, fallback: Charset = 'utf-8'): Charset | RoomRefusal {
  const plain = charsetField(latin1(header))
  const named = plain === '' ? fallback : charsetNamed(plain)
  if (named !== undefined && plain !== '') return named
  if (isAscii(header)) return named ?? refuseHl7('hl7v2.charset-unknown', 'MSH-18')
  const chinese = charsetNamed(charsetField(iconv.decode(Buffer.from(header), 'gb18030')))
  return chinese === 'gb18030' ? chinese : (named ?? refuseHl7('hl7v2.charset-unknown', 'MSH-18'))
}

// MSH-1 is the separator itself, so splitting puts MSH-18 at index 17. Only the first repetition is the default set.
function charsetField(header: string): string {
  const separator = header[3]
  if (separator === undefined) return ''
  const field = header.split(separator, 18)[17] ?? ''
  const repetition = header[5] ?? '~'
  return (field.split(repetition)[0] ?? '').trim()
}

/** Decodes strictly; undefined when the bytes are not in that character set. */
export function decodeText(bytes: Uint8Array, charset: Charset): string | undefined {
  if (charset === 'iso-8859-1') return latin1(bytes)
  try {
    return strictDecoder(charset).decode(bytes)
  } catch {
    return undefined
  }
}

// A decoder without `stream` keeps nothing between calls, so one per character set can be shared.
const decoders = new Map<Charset, InstanceType<typeof TextDecoder>>()

function strictDecoder(charset: Charset): InstanceType<typeof TextDecoder> {
  let decoder = decoders.get(charset)
  if (decoder === undefined) {
    decoder = new TextDecoder(charset, { fatal: true, ignoreBOM: true })
    decoders.set(charset, decoder)
  }
  return decoder
}

/** Bytes of `text` in `charset`, for acknowledgements; what the set lacks becomes `?`. */
export function encodeText(text: string, charset: Charset): Uint8Array {
  return charset === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, charset)
}

/** Each byte as the character of the same number: loses nothing and never fails. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80)
}
