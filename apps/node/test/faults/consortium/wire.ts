/** Just enough protobuf to read and change what CometBFT says to its application and to its signer. */
import type { Socket } from 'node:net'

/** One field of a message. */
export interface WireField {
  readonly number: number
  /** What is in it, where it has a length; empty otherwise. */
  readonly body: Buffer
  /** The field as it stood, tag and all. */
  readonly raw: Buffer
  /** A varint's value; 0 otherwise. */
  readonly value: bigint
}

const VARINT = 0
const FIXED64 = 1
const LENGTH = 2

/** Unsigned. */
export function varint(value: bigint): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.from([...bytes, Number(rest)])
}

/** A field with a length. */
export function lengthField(number: number, body: Buffer): Buffer {
  return Buffer.concat([tag(number, LENGTH), framed(body)])
}

/** A field with a varint; left out when it is zero. */
export function varintField(number: number, value: bigint): Buffer {
  return value === 0n ? Buffer.alloc(0) : Buffer.concat([tag(number, VARINT), varint(value)])
}

/** A field of eight bytes; left out when it is zero. */
export function sfixed64Field(number: number, value: bigint): Buffer {
  if (value === 0n) return Buffer.alloc(0)
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return Buffer.concat([tag(number, FIXED64), bytes])
}

/** A message with its length before it. */
export function framed(body: Buffer): Buffer {
  return Buffer.concat([varint(BigInt(body.length)), body])
}

function tag(number: number, kind: number): Buffer {
  return varint(BigInt((number << 3) | kind))
}

/** The fields of a message that is whole. */
export function fieldsOf(message: Buffer): readonly WireField[] {
  const fields: WireField[] = []
  for (let at = 0; at < message.length; ) {
    const head = readVarint(message, at)
    const kind = Number(head.value & 7n)
    const second = kind === FIXED64 ? { value: 0n, end: head.end + 8 } : readVarint(message, head.end)
    const end = kind === LENGTH ? second.end + Number(second.value) : second.end
    fields.push({
      number: Number(head.value >> 3n),
      body: kind === LENGTH ? message.subarray(second.end, end) : Buffer.alloc(0),
      raw: message.subarray(at, end),
      value: kind === VARINT ? second.value : 0n,
    })
    at = end
  }
  return fields
}

/** A varint at `from`; `end` is -1 when it is not whole. */
function readVarint(bytes: Buffer, from: number): { readonly value: bigint; readonly end: number } {
  let value = 0n
  for (let i = from, shift = 0n; i < bytes.length; i++, shift += 7n) {
    const byte = BigInt(bytes[i] as number)
    value |= (byte & 127n) << shift
    if (byte < 128n) return { value, end: i + 1 }
  }
  return { value, end: -1 }
}

/** Calls `onMessage` with every message that a socket brings, each once it is whole. */
export function readFrames(from: Socket, onMessage: (message: Buffer) => void): void {
  let held: Buffer = Buffer.alloc(0)
  from.on('data', (bytes) => {
    held = Buffer.concat([held, bytes])
    for (;;) {
      const { value, end } = readVarint(held, 0)
      const whole = end + Number(value)
      if (end < 0 || held.length < whole) return
      onMessage(held.subarray(end, whole))
      held = held.subarray(whole)
    }
  })
}
