/** Writes deterministic CBOR (RFC 8949 §4.2) item by item; the hot statements and leaves are written with this. */
import { compareBytes, isWellFormed, utf8 } from './bytes.ts'
import { type CborKey, type CborMap, type CborValue, isCborMap, isCborTagged } from './cbor-value.ts'

/** What is written so far: the first `length` of `bytes`. The buffer is replaced by a larger one when it is full. */
export interface CborWriter {
  bytes: Uint8Array
  length: number
}

/** Major types of RFC 8949 §3.1. */
export const MAJOR = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const

/** An empty writer; `capacity` is a first guess in bytes. */
export function createCborWriter(capacity = 256): CborWriter {
  return { bytes: new Uint8Array(capacity), length: 0 }
}

/** A copy of what was written. */
export function writtenBytes(writer: CborWriter): Uint8Array {
  return writer.bytes.slice(0, writer.length)
}

/** Makes room for `more` bytes. */
export function reserve(writer: CborWriter, more: number): void {
  const needed = writer.length + more
  if (needed <= writer.bytes.length) return
  const larger = new Uint8Array(Math.max(needed, writer.bytes.length * 2))
  larger.set(writer.bytes.subarray(0, writer.length))
  writer.bytes = larger
}

/** The initial bytes of an item: major type and the shortest argument. `argument` is a safe non-negative integer. */
export function writeHead(writer: CborWriter, major: number, argument: number): void {
  reserve(writer, 9)
  const { bytes } = writer
  const type = major << 5
  if (argument < 24) {
    bytes[writer.length++] = type | argument
  } else if (argument < 0x100) {
    bytes[writer.length++] = type | 24
    bytes[writer.length++] = argument
  } else if (argument < 0x10000) {
    bytes[writer.length++] = type | 25
    bytes[writer.length++] = argument >>> 8
    bytes[writer.length++] = argument
  } else if (argument < 0x100000000) {
    bytes[writer.length++] = type | 26
    writeWord(writer, argument)
  } else {
    bytes[writer.length++] = type | 27
    writeWord(writer, Math.floor(argument / 0x100000000))
    writeWord(writer, argument >>> 0)
  }
}

function writeWord(writer: CborWriter, word: number): void {
  const { bytes } = writer
  bytes[writer.length++] = word >>> 24
  bytes[writer.length++] = word >>> 16
  bytes[writer.length++] = word >>> 8
  bytes[writer.length++] = word
}

/** An integer of either sign, −2^64 to 2^64 − 1. Throws a `RangeError` outside, or for a number that is not safe. */
export function writeInteger(writer: CborWriter, value: number | bigint): void {
  if (typeof value === 'bigint') {
    writeBigInteger(writer, value)
    return
  }
  if (!Number.isSafeInteger(value)) throw new RangeError('CBOR numbers are safe integers here')
  if (value >= 0) writeHead(writer, MAJOR.unsigned, value)
  else writeHead(writer, MAJOR.negative, -1 - value)
}

function writeBigInteger(writer: CborWriter, value: bigint): void {
  const argument = value >= 0n ? value : -1n - value
  const major = value >= 0n ? MAJOR.unsigned : MAJOR.negative
  if (argument >> 64n !== 0n) throw new RangeError('CBOR integers have 64 bits')
  if (argument <= 0xffffffffn) {
    writeHead(writer, major, Number(argument))
    return
  }
  reserve(writer, 9)
  writer.bytes[writer.length++] = (major << 5) | 27
  writeWord(writer, Number(argument >> 32n))
  writeWord(writer, Number(argument & 0xffffffffn))
}

/** A byte string. */
export function writeByteString(writer: CborWriter, value: Uint8Array): void {
  writeHead(writer, MAJOR.bytes, value.length)
  writeRaw(writer, value)
}

/** Bytes that are already an encoding. */
export function writeRaw(writer: CborWriter, encoded: Uint8Array): void {
  reserve(writer, encoded.length)
  const { bytes } = writer
  // PERF: a loop beats `set` for the short strings that statements are made of.
  if (encoded.length > 64) bytes.set(encoded, writer.length)
  else for (let i = 0; i < encoded.length; i++) bytes[writer.length + i] = encoded[i] as number
  writer.length += encoded.length
}

/** A text string. Throws a `RangeError` for a lone surrogate. */
export function writeText(writer: CborWriter, text: string): void {
  if (text.length < 64 && writeAscii(writer, text)) return
  if (!isWellFormed(text)) throw new RangeError('text with a lone surrogate has no UTF-8 form')
  const encoded = utf8(text)
  writeHead(writer, MAJOR.text, encoded.length)
  writeRaw(writer, encoded)
}

function writeAscii(writer: CborWriter, text: string): boolean {
  const start = writer.length
  writeHead(writer, MAJOR.text, text.length)
  reserve(writer, text.length)
  const { bytes } = writer
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) {
      writer.length = start
      return false
    }
    bytes[writer.length++] = code
  }
  return true
}

/** Any value. */
export function writeValue(writer: CborWriter, value: CborValue): void {
  if (typeof value === 'number' || typeof value === 'bigint') writeInteger(writer, value)
  else if (typeof value === 'string') writeText(writer, value)
  else if (value instanceof Uint8Array) writeByteString(writer, value)
  else if (typeof value === 'boolean') writeSimple(writer, value ? 21 : 20)
  else if (value === null) writeSimple(writer, 22)
  else if (Array.isArray(value)) writeArray(writer, value)
  else if (isCborMap(value)) writeMap(writer, value)
  else if (isCborTagged(value)) {
    writeHead(writer, MAJOR.tag, value.tag)
    writeValue(writer, value.value)
  } else throw new TypeError('not a CBOR value')
}

function writeSimple(writer: CborWriter, simple: number): void {
  reserve(writer, 1)
  writer.bytes[writer.length++] = 0xe0 | simple
}

function writeArray(writer: CborWriter, items: readonly CborValue[]): void {
  writeHead(writer, MAJOR.array, items.length)
  for (const item of items) writeValue(writer, item)
}

function writeMap(writer: CborWriter, map: CborMap): void {
  writeHead(writer, MAJOR.map, map.size)
  if (hasAscendingSmallKeys(map)) {
    for (const [key, value] of map) {
      writeInteger(writer, key as number)
      writeValue(writer, value)
    }
    return
  }
  const entries = [...map].map(([key, value]) => ({ key: encodedKey(key), value }))
  entries.sort((a, b) => compareBytes(a.key, b.key))
  for (const entry of entries) {
    writeRaw(writer, entry.key)
    writeValue(writer, entry.value)
  }
}

/** Non-negative integers in ascending order are already in the order of RFC 8949 §4.2.1. */
function hasAscendingSmallKeys(map: CborMap): boolean {
  let last = -1
  for (const key of map.keys()) {
    if (typeof key !== 'number' || key <= last) return false
    last = key
  }
  return true
}

function encodedKey(key: CborKey): Uint8Array {
  const writer = createCborWriter(32)
  writeValue(writer, key)
  return writtenBytes(writer)
}
