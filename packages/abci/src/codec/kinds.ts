/** The kinds of single values in ABCI messages. Reading is strict, and so is writing: a wrong answer is not sent. */
import {
  malformed,
  readBytes,
  readVarint,
  readVarint32,
  type WireReader,
  type WireType,
} from './wire-reader.ts'
import { type WireWriter, writeBig, writeBytes, writeNumber, writeText } from './wire-writer.ts'

/** How one value is read and written, without its tag. `initial` is the value of a field that is not there. */
export interface Kind<T> {
  readonly wire: WireType
  readonly initial: T
  readonly isInitial: (value: T) => boolean
  readonly read: (reader: WireReader) => T
  /** Throws a `TypeError` or `RangeError` for a value the field cannot hold. */
  readonly write: (writer: WireWriter, value: T) => void
}

function wholeNumber(value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new RangeError(`expected a whole number from ${min} to ${max}`)
}

function bigWithin(value: bigint, fits: boolean): bigint {
  if (typeof value !== 'bigint') throw new TypeError('expected a bigint')
  if (!fits) throw new RangeError('expected a number of 64 bits')
  return value
}

/** 0 to 2^32 − 1. */
export const uint32: Kind<number> = {
  wire: 0,
  initial: 0,
  isInitial: (value) => value === 0,
  read: readVarint32,
  write: (writer, value) => writeNumber(writer, wholeNumber(value, 0, 0xffff_ffff)),
}

/** −2^31 to 2^31 − 1; negative ones are sign-extended to 64 bits on the wire. */
export const int32: Kind<number> = {
  wire: 0,
  initial: 0,
  isInitial: (value) => value === 0,
  read: (reader) => {
    const value = BigInt.asIntN(64, readVarint(reader))
    if (value !== BigInt.asIntN(32, value)) throw malformed(reader, 'a number of more than 32 bits')
    return Number(value)
  },
  write: (writer, value) => writeBig(writer, BigInt(wholeNumber(value, -0x8000_0000, 0x7fff_ffff))),
}

/** 0 to 2^64 − 1. */
export const uint64: Kind<bigint> = {
  wire: 0,
  initial: 0n,
  isInitial: (value) => value === 0n,
  read: readVarint,
  write: (writer, value) => writeBig(writer, bigWithin(value, value === BigInt.asUintN(64, value))),
}

/** −2^63 to 2^63 − 1. */
export const int64: Kind<bigint> = {
  wire: 0,
  initial: 0n,
  isInitial: (value) => value === 0n,
  read: (reader) => BigInt.asIntN(64, readVarint(reader)),
  write: (writer, value) => writeBig(writer, bigWithin(value, value === BigInt.asIntN(64, value))),
}

/** A truth value; any varint but 0 is true. */
export const bool: Kind<boolean> = {
  wire: 0,
  initial: false,
  isInitial: (value) => value === false,
  read: (reader) => readVarint(reader) !== 0n,
  write: (writer, value) => writeNumber(writer, value ? 1 : 0),
}

const NOTHING = new Uint8Array(0)

/** Bytes; what is read is a view into the frame. */
export const bytes: Kind<Uint8Array> = {
  wire: 2,
  initial: NOTHING,
  isInitial: (value) => value.length === 0,
  read: readBytes,
  write: (writer, value) => {
    if (!(value instanceof Uint8Array)) throw new TypeError('expected a Uint8Array')
    writeBytes(writer, value)
  },
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text; bytes that are not UTF-8 are malformed. */
export const text: Kind<string> = {
  wire: 2,
  initial: '',
  isInitial: (value) => value === '',
  read: (reader) => {
    const raw = readBytes(reader)
    try {
      return utf8.decode(raw)
    } catch {
      throw malformed(reader, 'text that is not UTF-8')
    }
  },
  write: (writer, value) => {
    if (typeof value !== 'string') throw new TypeError('expected a string')
    writeText(writer, value)
  },
}

/** One of a few names; the order of `names` gives their numbers from 0. `null` marks a number that may not be used. */
export function oneName<T extends string>(names: readonly (T | null)[], initial: T): Kind<T> {
  const numbers = new Map(names.map((name, number) => [name, number]))
  return {
    wire: 0,
    initial,
    isInitial: (value) => numbers.get(value) === 0,
    read: (reader) => {
      const name = names[readVarint32(reader)]
      if (name === undefined || name === null) throw malformed(reader, 'a number that names nothing')
      return name
    },
    write: (writer, value) => {
      const number = numbers.get(value)
      if (number === undefined) throw new TypeError(`expected one of ${names.filter(Boolean).join(', ')}`)
      writeNumber(writer, number)
    },
  }
}
