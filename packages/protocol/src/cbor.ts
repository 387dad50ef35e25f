/** Deterministic CBOR (RFC 8949 §4.2) both ways, strict: one value, one encoding, all else refused (spec 1 §2). */
import { fromUtf8 } from './bytes.ts'
import type { CborKey, CborValue } from './cbor-value.ts'
import { createCborWriter, MAJOR, writeValue, writtenBytes } from './cbor-writer.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { RefusalCode } from './refusal-codes.ts'

export type { CborKey, CborMap, CborTagged, CborValue } from './cbor-value.ts'
export { isCborMap, isCborTagged } from './cbor-value.ts'

/** Bounds of a decoding. */
export interface CborLimits {
  /** Bytes of the whole input. */
  readonly maxBytes: number
  /** Nested arrays, maps and tags. */
  readonly maxDepth: number
}

const DEFAULT_LIMITS: CborLimits = { maxBytes: 16 * 1024 * 1024, maxDepth: 16 }

const MOST_KEPT = 16 * 1024

/** PERF: every encoding begins in the same room, and a copy of what was written leaves it. */
const writer = createCborWriter(MOST_KEPT)

/** The one encoding of a value. Throws a `RangeError` or `TypeError` for a value outside the model: a bug of ours. */
export function encodeCbor(value: CborValue): Uint8Array {
  writer.length = 0
  writeValue(writer, value)
  const written = writtenBytes(writer)
  if (writer.bytes.length > MOST_KEPT) writer.bytes = new Uint8Array(MOST_KEPT)
  return written
}

interface Reader {
  readonly bytes: Uint8Array
  readonly maxDepth: number
  at: number
  failure: Refusal | undefined
}

/**
 * Reads exactly one item. Byte strings are views into `bytes`. Refusals: `cbor.truncated`, `cbor.trailing-bytes`,
 * `cbor.not-deterministic`, `cbor.unsupported`, `cbor.invalid-text`, `cbor.too-deep`, `cbor.too-large`.
 */
export function decodeCbor(bytes: Uint8Array, limits: Partial<CborLimits> = {}): CborValue | Refusal {
  const { maxBytes = DEFAULT_LIMITS.maxBytes, maxDepth = DEFAULT_LIMITS.maxDepth } = limits
  if (bytes.length > maxBytes) return refuse('protocol', 'cbor.too-large', { limit: maxBytes })
  const reader: Reader = { bytes, maxDepth, at: 0, failure: undefined }
  const value = readItem(reader, 0)
  if (reader.failure !== undefined) return reader.failure
  if (reader.at < bytes.length) return refuse('protocol', 'cbor.trailing-bytes', { offset: reader.at })
  return value as CborValue
}

function fail(reader: Reader, code: RefusalCode, offset: number): undefined {
  reader.failure ??= refuse('protocol', code, { offset, limit: reader.maxDepth })
  return undefined
}

/** `undefined` exactly when `reader.failure` is set. */
function readItem(reader: Reader, depth: number): CborValue | undefined {
  const start = reader.at
  const initial = reader.bytes[reader.at++]
  if (initial === undefined) return fail(reader, 'cbor.truncated', start)
  const major = initial >> 5
  if (major === 7) return readSimple(reader, initial & 31)
  const argument = readArgument(reader, initial & 31)
  if (argument === undefined) return undefined
  if (major === MAJOR.unsigned) return argument
  if (major === MAJOR.negative) return negativeOf(argument)
  if (typeof argument === 'bigint') return fail(reader, 'cbor.truncated', start)
  if (major === MAJOR.bytes) return readBytes(reader, argument)
  if (major === MAJOR.text) return readText(reader, argument)
  if (depth >= reader.maxDepth) return fail(reader, 'cbor.too-deep', start)
  if (major === MAJOR.array) return readArray(reader, argument, depth + 1)
  if (major === MAJOR.map) return readMap(reader, argument, depth + 1)
  return readTagged(reader, argument, depth + 1)
}

function negativeOf(argument: number | bigint): number | bigint {
  if (typeof argument === 'number' && argument < Number.MAX_SAFE_INTEGER) return -1 - argument
  return -1n - BigInt(argument)
}

/** The argument of RFC 8949 §3, refused unless it is in its shortest form. */
function readArgument(reader: Reader, info: number): number | bigint | undefined {
  const { bytes } = reader
  const start = reader.at
  if (info < 24) return info
  if (info > 27) return fail(reader, 'cbor.not-deterministic', start - 1)
  const width = 1 << (info - 24)
  if (start + width > bytes.length) return fail(reader, 'cbor.truncated', start - 1)
  reader.at += width
  if (width === 8) return readLong(reader, start)
  let value = 0
  for (let i = 0; i < width; i++) value = value * 256 + (bytes[start + i] as number)
  const least = width === 1 ? 24 : width === 2 ? 0x100 : 0x10000
  return value < least ? fail(reader, 'cbor.not-deterministic', start - 1) : value
}

function readLong(reader: Reader, start: number): number | bigint | undefined {
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + start, 8)
  const high = view.getUint32(0)
  if (high === 0) return fail(reader, 'cbor.not-deterministic', start - 1)
  return high < 0x200000 ? high * 0x100000000 + view.getUint32(4) : view.getBigUint64(0)
}

function readSimple(reader: Reader, info: number): CborValue | undefined {
  if (info === 20) return false
  if (info === 21) return true
  if (info === 22) return null
  return fail(reader, info === 31 ? 'cbor.not-deterministic' : 'cbor.unsupported', reader.at - 1)
}

function readBytes(reader: Reader, length: number): Uint8Array | undefined {
  const start = reader.at
  if (start + length > reader.bytes.length) return fail(reader, 'cbor.truncated', start)
  reader.at += length
  return reader.bytes.subarray(start, start + length)
}

function readText(reader: Reader, length: number): string | undefined {
  const start = reader.at
  const encoded = readBytes(reader, length)
  if (encoded === undefined) return undefined
  return fromUtf8(encoded) ?? fail(reader, 'cbor.invalid-text', start)
}

function readArray(reader: Reader, length: number, depth: number): CborValue[] | undefined {
  const items: CborValue[] = []
  for (let i = 0; i < length; i++) {
    const item = readItem(reader, depth)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function readMap(reader: Reader, size: number, depth: number): Map<CborKey, CborValue> | undefined {
  const map = new Map<CborKey, CborValue>()
  let lastStart = -1
  let lastEnd = -1
  for (let i = 0; i < size; i++) {
    const start = reader.at
    const key = readKey(reader, depth)
    if (key === undefined) return undefined
    if (lastStart >= 0 && !isAscending(reader.bytes, [lastStart, lastEnd], [start, reader.at]))
      return fail(reader, 'cbor.not-deterministic', start)
    lastStart = start
    lastEnd = reader.at
    const value = readItem(reader, depth)
    if (value === undefined) return undefined
    map.set(key, value)
  }
  return map
}

function readKey(reader: Reader, depth: number): CborKey | undefined {
  const start = reader.at
  const key = readItem(reader, depth)
  if (typeof key === 'number' || typeof key === 'string' || typeof key === 'bigint') return key
  return key === undefined ? undefined : fail(reader, 'cbor.unsupported', start)
}

/** Bytewise order of two encoded keys, strictly: an equal key is a duplicate. */
function isAscending(bytes: Uint8Array, a: [number, number], b: [number, number]): boolean {
  const shared = Math.min(a[1] - a[0], b[1] - b[0])
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[b[0] + i] as number) - (bytes[a[0] + i] as number)
    if (difference !== 0) return difference > 0
  }
  return false
}

function readTagged(reader: Reader, tag: number, depth: number): CborValue | undefined {
  const value = readItem(reader, depth)
  return value === undefined ? undefined : { tag, value }
}
