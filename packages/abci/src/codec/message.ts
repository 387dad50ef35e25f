/** Messages as tables of fields: one table reads and writes a message, and TypeScript holds it against the message's interface. */
import { AbciFailure } from '../failure.ts'
import type { Field } from './field.ts'
import type { Kind } from './kinds.ts'
import {
  createWireReader,
  malformed,
  readEnd,
  readVarint32,
  skipField,
  type WireReader,
  type WireType,
} from './wire-reader.ts'
import { type WireWriter, writeNumber, writtenLength } from './wire-writer.ts'

/** A table: for every member of `T` its field. */
export type FieldsOf<T> = { readonly [K in keyof Required<T>]: Field<Exclude<T[K], undefined>> }

/** A message as a kind of value, and its content alone (as a frame holds it). */
export interface Message<T> extends Kind<T> {
  readonly readContent: (reader: WireReader) => T
  readonly writeContent: (writer: WireWriter, value: T) => void
}

type AnyField = Field<unknown>

/** The message whose fields are `fields`. A field no table has is skipped; a single one that comes twice is malformed. */
export function message<T extends object>(fields: FieldsOf<T>): Message<T> {
  const named = Object.entries(fields) as [string, AnyField][]
  const byNumber: ([string, AnyField] | undefined)[] = []
  for (const entry of named) byNumber[entry[1].number] = entry
  const neededMarks = named.reduce(
    (marks, [, field]) => (field.needed ? marks | (1 << field.number) : marks),
    0,
  )
  const backwards = named.toSorted(([, a], [, b]) => b.number - a.number)
  return withLength({
    readContent: (reader) => {
      const out: Record<string, unknown> = {}
      for (const [name, field] of named) out[name] = field.initial
      let seen = 0
      while (reader.at < reader.end) {
        const { number, wire } = readTag(reader)
        const entry = byNumber[number]
        if (entry === undefined) skipField(reader, wire)
        else {
          const [name, field] = entry
          if (!field.repeated) seen = markSeen(reader, seen, number)
          out[name] = field.read(reader, wire, out[name])
        }
      }
      if ((seen & neededMarks) !== neededMarks) throw malformed(reader, 'a field is missing')
      return out as T
    },
    writeContent: (writer, value) => {
      for (const [name, field] of backwards) {
        const member = (value as Record<string, unknown>)[name]
        if (member !== undefined) field.write(writer, member)
      }
    },
  })
}

/** A choice: `kind` names the field that is set. */
export type Choice<C> = { [K in keyof C]: { readonly kind: K; readonly value: C[K] } }[keyof C]

/** A message that is one `oneof`. None of the known fields set: `abci.unknown-request`; two: malformed. */
export function choice<C extends object>(
  cases: {
    readonly [K in keyof C]: readonly [number: number, kind: Kind<C[K]>]
  },
): Message<Choice<C>> {
  const named = Object.entries(cases) as [string, readonly [number, Kind<unknown>]][]
  const byNumber = new Map(named.map(([name, [number, kind]]) => [number, { name, kind }]))
  const byName = new Map(named)
  return withLength<Choice<C>>({
    readContent: (reader) => {
      let chosen: { kind: string; value: unknown } | undefined
      let unknown = 0
      while (reader.at < reader.end) {
        const { number, wire } = readTag(reader)
        const entry = byNumber.get(number)
        if (entry === undefined) {
          unknown = number
          skipField(reader, wire)
          continue
        }
        if (chosen !== undefined || wire !== entry.kind.wire) throw malformed(reader, 'a choice made twice')
        chosen = { kind: entry.name, value: entry.kind.read(reader) }
      }
      if (chosen !== undefined) return chosen as Choice<C>
      throw new AbciFailure('abci.unknown-request', 'Unknown request', { field: unknown })
    },
    writeContent: (writer, value) => {
      const [number, kind] = byName.get(value.kind as string) ?? []
      if (number === undefined || kind === undefined) throw new TypeError('unknown kind of a choice')
      kind.write(writer, value.value)
      writeNumber(writer, number * 8 + kind.wire)
    },
  })
}

function readTag(reader: WireReader): { readonly number: number; readonly wire: WireType } {
  const tag = readVarint32(reader)
  if (tag < 8) throw malformed(reader, 'field number 0')
  return { number: tag >>> 3, wire: (tag & 7) as WireType }
}

function markSeen(reader: WireReader, seen: number, number: number): number {
  const mark = 1 << number
  if ((seen & mark) !== 0) throw malformed(reader, `field ${number} twice`)
  return seen | mark
}

function withLength<T>(content: Pick<Message<T>, 'readContent' | 'writeContent'>): Message<T> {
  return {
    ...content,
    wire: 2,
    get initial() {
      return Object.freeze(content.readContent(createWireReader(new Uint8Array(0), 0)))
    },
    isInitial: () => false,
    read: (reader) => {
      const outer = reader.end
      reader.end = readEnd(reader)
      const value = content.readContent(reader)
      reader.end = outer
      return value
    },
    write: (writer, value) => {
      const before = writtenLength(writer)
      content.writeContent(writer, value)
      writeNumber(writer, writtenLength(writer) - before)
    },
  }
}
