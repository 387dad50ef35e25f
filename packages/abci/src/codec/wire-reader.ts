/** Reads the wire format of protobuf from one frame, forwards, never past the end of the message at hand. */
import { AbciFailure } from '../failure.ts'

/** A place in a frame. `end` is where the innermost message ends. */
export interface WireReader {
  readonly bytes: Uint8Array
  at: number
  end: number
  /** List elements that may still be read. */
  elementsLeft: number
}

/** How a value stands on the wire: varint, 8 bytes, length and bytes, 4 bytes. Groups (3, 4) are not proto3. */
export type WireType = 0 | 1 | 2 | 5

/** A reader of a whole frame. */
export function createWireReader(bytes: Uint8Array, maxElements: number): WireReader {
  return { bytes, at: 0, end: bytes.length, elementsLeft: maxElements }
}

/** The failure every function here throws. */
export function malformed(reader: WireReader, what: string): AbciFailure {
  return new AbciFailure('abci.malformed', `Malformed message: ${what} (at byte ${reader.at})`, {
    offset: reader.at,
  })
}

function nextByte(reader: WireReader): number {
  if (reader.at >= reader.end) throw malformed(reader, 'it ends inside a value')
  return reader.bytes[reader.at++] as number
}

/** Up to `count` further groups of 7 bits, and whether the varint ended. */
function readGroups(reader: WireReader, count: number): { readonly bits: number; readonly done: boolean } {
  let bits = 0
  for (let i = 0; i < count; i++) {
    const byte = nextByte(reader)
    bits |= (byte & 0x7f) << (7 * i)
    if (byte < 0x80) return { bits, done: true }
  }
  return { bits, done: false }
}

/** An unsigned varint of at most 64 bits. */
export function readVarint(reader: WireReader): bigint {
  const low = readGroups(reader, 4)
  if (low.done) return BigInt(low.bits)
  const mid = readGroups(reader, 4)
  const value = BigInt(low.bits) | (BigInt(mid.bits) << 28n)
  if (mid.done) return value
  const high = readGroups(reader, 2)
  if (!high.done || high.bits > 0xff) throw malformed(reader, 'a number of more than 64 bits')
  return value | (BigInt(high.bits) << 56n)
}

/** An unsigned varint of at most 32 bits: tags, lengths, small numbers. */
export function readVarint32(reader: WireReader): number {
  const first = nextByte(reader)
  if (first < 0x80) return first
  reader.at--
  const value = readVarint(reader)
  if (value > 0xffff_ffffn) throw malformed(reader, 'a number of more than 32 bits')
  return Number(value)
}

/** The length of what follows, which must lie inside the message. Returns where it ends. */
export function readEnd(reader: WireReader): number {
  const length = readVarint32(reader)
  const end = reader.at + length
  if (end > reader.end) throw malformed(reader, 'a length beyond the end')
  return end
}

/** Bytes, as a view into the frame. */
export function readBytes(reader: WireReader): Uint8Array {
  const end = readEnd(reader)
  const bytes = reader.bytes.subarray(reader.at, end)
  reader.at = end
  return bytes
}

/** Steps over a field nobody knows; nothing in it is looked at, however deep it is. */
export function skipField(reader: WireReader, wire: number): void {
  if (wire === 0) readVarint(reader)
  else if (wire === 2) reader.at = readEnd(reader)
  else if (wire === 1 || wire === 5) {
    const end = reader.at + (wire === 1 ? 8 : 4)
    if (end > reader.end) throw malformed(reader, 'it ends inside a value')
    reader.at = end
  } else throw malformed(reader, `wire type ${wire}`)
}
