/** One field of a message: its number, how often it stands there, and its kind. */
import { AbciFailure } from '../failure.ts'
import type { Kind } from './kinds.ts'
import { malformed, readEnd, type WireReader, type WireType } from './wire-reader.ts'
import { type WireWriter, writeNumber, writtenLength } from './wire-writer.ts'

/** Reads and writes a field with its tags. */
export interface Field<V> {
  readonly number: number
  /** What the field is when it does not stand there. */
  readonly initial: V
  readonly repeated: boolean
  /** A message without this field is malformed. */
  readonly needed?: boolean
  /** `soFar` is what the field was before this occurrence. */
  readonly read: (reader: WireReader, wire: WireType, soFar: V) => V
  readonly write: (writer: WireWriter, value: V) => void
}

function readAs<T>(kind: Kind<T>, reader: WireReader, wire: WireType): T {
  if (wire !== kind.wire) throw malformed(reader, `wire type ${wire} where ${kind.wire} belongs`)
  return kind.read(reader)
}

function writeTagged<T>(writer: WireWriter, number: number, kind: Kind<T>, value: T): void {
  kind.write(writer, value)
  writeNumber(writer, number * 8 + kind.wire)
}

/** A value that is left out when it is the initial one. */
export function single<T>(number: number, kind: Kind<T>): Field<T> {
  return {
    number,
    initial: kind.initial,
    repeated: false,
    read: (reader, wire) => readAs(kind, reader, wire),
    write: (writer, value) => {
      if (!kind.isInitial(value)) writeTagged(writer, number, kind, value)
    },
  }
}

/** A message that is always written, even an empty one (gogoproto's `nullable = false`). */
export function always<T>(number: number, kind: Kind<T>): Field<T> {
  return { ...single(number, kind), write: (writer, value) => writeTagged(writer, number, kind, value) }
}

/** A message that must be there: its absence has no meaning, or (a time) one that differs between codecs. */
export function needed<T>(number: number, kind: Kind<T>): Field<T> {
  return {
    number,
    initial: undefined as T,
    repeated: false,
    needed: true,
    read: (reader, wire) => readAs(kind, reader, wire),
    write: (writer, value) => writeTagged(writer, number, kind, value),
  }
}

/** A message that may be missing: `null`. */
export function maybe<T>(number: number, kind: Kind<T>): Field<T | null> {
  return {
    number,
    initial: null,
    repeated: false,
    read: (reader, wire) => readAs(kind, reader, wire),
    write: (writer, value) => {
      if (value !== null) writeTagged(writer, number, kind, value)
    },
  }
}

function readElement<T>(kind: Kind<T>, reader: WireReader, list: T[]): void {
  if (reader.elementsLeft-- <= 0)
    throw new AbciFailure('abci.too-many', 'Too many list elements in one message')
  list.push(kind.read(reader))
}

/** A list of values with a tag each. */
export function many<T>(number: number, kind: Kind<T>): Field<readonly T[]> {
  return {
    number,
    initial: Object.freeze([]),
    repeated: true,
    read: (reader, wire, soFar) => {
      if (wire !== kind.wire) throw malformed(reader, `wire type ${wire} where ${kind.wire} belongs`)
      const list = soFar.length === 0 ? [] : (soFar as T[])
      readElement(kind, reader, list)
      return list
    },
    write: (writer, values) => {
      for (let i = values.length - 1; i >= 0; i--) writeTagged(writer, number, kind, values[i] as T)
    },
  }
}

/** A list of numbers, written packed into one value and read either way. */
export function packed<T>(number: number, kind: Kind<T>): Field<readonly T[]> {
  const loose = many(number, kind)
  return {
    ...loose,
    read: (reader, wire, soFar) => {
      if (wire !== 2) return loose.read(reader, wire, soFar)
      const list = soFar.length === 0 ? [] : (soFar as T[])
      const end = readEnd(reader)
      const outer = reader.end
      reader.end = end
      while (reader.at < end) readElement(kind, reader, list)
      reader.end = outer
      return list
    },
    write: (writer, values) => {
      if (values.length === 0) return
      const before = writtenLength(writer)
      for (let i = values.length - 1; i >= 0; i--) kind.write(writer, values[i] as T)
      writeNumber(writer, writtenLength(writer) - before)
      writeNumber(writer, number * 8 + 2)
    },
  }
}
