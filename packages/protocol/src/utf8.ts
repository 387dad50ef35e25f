/**
 * Strict UTF-8 both ways (RFC 3629), the same answer in every host. Written by hand because the ledger runs in a
 * context without `TextEncoder`; where the host has the native coders, long texts use them.
 */

interface HostCoders {
  readonly encoder: { encode(text: string): Uint8Array }
  readonly decoder: { decode(bytes: Uint8Array): string }
}

/** Under this many units a loop in JavaScript beats the call into the host. */
const SHORT = 48

const host = hostCoders()

function hostCoders(): HostCoders | undefined {
  if (typeof TextEncoder === 'undefined' || typeof TextDecoder === 'undefined') return undefined
  return { encoder: new TextEncoder(), decoder: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }) }
}

/** True when no surrogate stands alone, so that the text has a UTF-8 form. */
export function isWellFormed(text: string): boolean {
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed()
}

/** UTF-8 of a text. Throws a `RangeError` for a lone surrogate: such a text never gets past our readers. */
export function utf8(text: string): Uint8Array {
  if (text.length < SHORT) {
    const ascii = asciiBytes(text)
    if (ascii !== undefined) return ascii
  }
  if (!isWellFormed(text)) throw new RangeError('text with a lone surrogate has no UTF-8 form')
  return host === undefined ? encodeByHand(text) : host.encoder.encode(text)
}

/** Text of UTF-8 bytes; `undefined` when they are not valid UTF-8. A byte order mark is kept as U+FEFF. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  if (bytes.length < SHORT) {
    const ascii = asciiText(bytes)
    if (ascii !== undefined) return ascii
  }
  if (host === undefined) return decodeByHand(bytes)
  try {
    return host.decoder.decode(bytes)
  } catch {
    return undefined
  }
}

function asciiBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return undefined
    bytes[i] = code
  }
  return bytes
}

function asciiText(bytes: Uint8Array): string | undefined {
  let text = ''
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    if (byte > 0x7f) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}

/** The encoder for hosts without one; exported for the test that compares it with the host's. */
export function encodeByHand(text: string): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) as number
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f))
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f))
    else
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      )
  }
  return Uint8Array.from(bytes)
}

/** The decoder for hosts without one; exported for the test that compares it with the host's. */
export function decodeByHand(bytes: Uint8Array): string | undefined {
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const first = bytes[at] as number
    const length = sequenceLength(first)
    if (length === 0 || at + length > bytes.length) return undefined
    const point = readSequence(bytes, at, length)
    if (point === undefined) return undefined
    text += String.fromCodePoint(point)
    at += length
  }
  return text
}

function sequenceLength(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc2 && first < 0xe0) return 2
  if (first >= 0xe0 && first < 0xf0) return 3
  return first >= 0xf0 && first < 0xf5 ? 4 : 0
}

const SMALLEST: readonly number[] = [0, 0, 0x80, 0x800, 0x10000]

function readSequence(bytes: Uint8Array, at: number, length: number): number | undefined {
  const first = bytes[at] as number
  let point = length === 1 ? first : first & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] as number
    if ((next & 0xc0) !== 0x80) return undefined
    point = (point << 6) | (next & 0x3f)
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff
  return point < (SMALLEST[length] as number) || point > 0x10ffff || surrogate ? undefined : point
}

/** The offset of the first byte that is not valid UTF-8, or −1. Slow: only to name a place in a refusal. */
export function invalidUtf8Offset(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at] as number)
    if (length === 0 || at + length > bytes.length || readSequence(bytes, at, length) === undefined) return at
    at += length
  }
  return -1
}
