/**
 * Protobuf (proto3) written by hand, exactly as gogoproto marshals CometBFT's messages: a scalar field that is zero is
 * left out, a non-nullable message field is always written. CONSENSUS: these bytes are hashed and signed.
 */
import { concatBytes, utf8 } from '../bytes.ts'

const EMPTY = new Uint8Array(0)
const VARINT = 0
const FIXED64 = 1
const LENGTH_DELIMITED = 2

/** A base-128 varint; negative numbers as their 64-bit two's complement, ten bytes long. */
export function encodeVarint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

function tag(field: number, wireType: number): Uint8Array {
  return encodeVarint(BigInt(field * 8 + wireType))
}

/** A varint field (int32, int64, uint32, uint64, enum), left out when zero. */
export function varintField(field: number, value: bigint | number): Uint8Array {
  const wide = BigInt(value)
  return wide === 0n ? EMPTY : concatBytes(tag(field, VARINT), encodeVarint(wide))
}

/** An sfixed64 field, little-endian, left out when zero. */
export function sfixed64Field(field: number, value: bigint): Uint8Array {
  if (value === 0n) return EMPTY
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value, true)
  return concatBytes(tag(field, FIXED64), bytes)
}

/** A bytes field, left out when empty. */
export function bytesField(field: number, value: Uint8Array): Uint8Array {
  return value.length === 0 ? EMPTY : messageField(field, value)
}

/** A string field, left out when empty. */
export function stringField(field: number, value: string): Uint8Array {
  return bytesField(field, utf8(value))
}

/** An embedded message or an element of a repeated field: always written, also when it is empty. */
export function messageField(field: number, message: Uint8Array): Uint8Array {
  return concatBytes(tag(field, LENGTH_DELIMITED), encodeVarint(BigInt(message.length)), message)
}
