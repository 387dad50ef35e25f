/** Reads any JSON text strictly (RFC 8259) and prints its canonical form (spec 1 §3), or names the place that is wrong. */
import { literalEnd, numberEnd, plainRunEnd } from './json-scan.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { RefusalCode } from './refusal-codes.ts'
import type { TextLimits } from './text-limits.ts'

interface Reader {
  readonly text: string
  readonly limits: TextLimits
  at: number
  members: number
  failure: Refusal | undefined
}

interface Member {
  readonly key: string
  readonly printed: string
  readonly at: number
}

/** The canonical form of a JSON text without lone surrogates among its raw characters. */
export function printCanonical(text: string, limits: TextLimits): string | Refusal {
  const reader: Reader = { text, limits, at: 0, members: 0, failure: undefined }
  skipSpace(reader)
  const printed = readValue(reader, 0)
  if (reader.failure !== undefined) return reader.failure
  skipSpace(reader)
  if (reader.at < text.length) fail(reader, 'text.trailing-content', reader.at)
  return reader.failure ?? (printed as string)
}

/** Always `undefined`, so that it can be returned; the first failure stays. */
function fail(reader: Reader, code: RefusalCode, at: number, limit?: number): undefined {
  const { text } = reader
  const place = placeOf(text, at)
  const tooEarly = at >= text.length && limit === undefined
  reader.failure ??= refuse(
    'protocol',
    tooEarly ? 'text.unexpected-end' : code,
    limit === undefined ? place : { ...place, limit },
  )
  return undefined
}

/** Line and column of an index, both from 1; CR, LF and CRLF each end a line; columns count UTF-16 units. */
function placeOf(text: string, at: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let i = 0; i < at; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(i + 1) !== 0x0a)) {
      line++
      start = i + 1
    }
  }
  return { line, column: at - start + 1 }
}

function skipSpace(reader: Reader): void {
  const { text } = reader
  let i = reader.at
  for (;;) {
    const code = text.charCodeAt(i)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break
    i++
  }
  reader.at = i
}

function readValue(reader: Reader, depth: number): string | undefined {
  const { text, at } = reader
  const code = text.charCodeAt(at)
  if (code === 0x22) return readString(reader)
  if (code === 0x7b) return readContainer(reader, depth + 1, readMembers)
  if (code === 0x5b) return readContainer(reader, depth + 1, readItems)
  if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return readNumber(reader)
  const end = literalEnd(text, at)
  if (end < 0) return fail(reader, 'text.syntax', at)
  reader.at = end
  return text.slice(at, end)
}

function readNumber(reader: Reader): string | undefined {
  const { text, at } = reader
  const end = numberEnd(text, at)
  if (end < 0) return fail(reader, 'text.bad-number', -end - 1)
  reader.at = end
  return text.slice(at, end)
}

/** The string in its shortest escape form, quotes included. */
function readString(reader: Reader): string | undefined {
  const { text, at } = reader
  let i = plainRunEnd(text, at + 1)
  if (text.charCodeAt(i) === 0x22) {
    reader.at = i + 1
    return text.slice(at, i + 1)
  }
  while (text.charCodeAt(i) === 0x5c) {
    const end = escapeEnd(reader, i)
    if (end === undefined) return undefined
    i = plainRunEnd(text, end)
  }
  if (text.charCodeAt(i) !== 0x22) return fail(reader, 'text.control-character', i)
  reader.at = i + 1
  return JSON.stringify(JSON.parse(text.slice(at, i + 1)))
}

/** The end of the escape at `at`; both halves of a surrogate pair are one escape. */
function escapeEnd(reader: Reader, at: number): number | undefined {
  const { text } = reader
  const letter = text[at + 1]
  if (letter !== 'u') {
    if (letter !== undefined && '"\\/bfnrt'.includes(letter)) return at + 2
    return fail(reader, 'text.bad-escape', letter === undefined ? text.length : at)
  }
  const unit = escapedUnit(text, at)
  if (unit < 0) return fail(reader, 'text.bad-escape', at)
  if (unit < 0xd800 || unit > 0xdfff) return at + 6
  const low = escapedUnit(text, at + 6)
  if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) return fail(reader, 'text.lone-surrogate', at)
  return at + 12
}

/** The UTF-16 unit written as `\uXXXX` at `at`, or −1. */
function escapedUnit(text: string, at: number): number {
  const written = text.slice(at, at + 6)
  return /^\\u[0-9a-fA-F]{4}$/.test(written) ? Number.parseInt(written.slice(2), 16) : -1
}

type ReadInside = (reader: Reader, depth: number) => string | undefined

function readContainer(reader: Reader, depth: number, inside: ReadInside): string | undefined {
  const { maxDepth } = reader.limits
  if (depth > maxDepth) return fail(reader, 'text.too-deep', reader.at, maxDepth)
  reader.at++
  skipSpace(reader)
  return inside(reader, depth)
}

function readItems(reader: Reader, depth: number): string | undefined {
  if (takes(reader, 0x5d)) return '[]'
  let printed = '['
  for (;;) {
    if (!counts(reader)) return undefined
    const item = readValue(reader, depth)
    if (item === undefined) return undefined
    printed += item
    skipSpace(reader)
    if (takes(reader, 0x5d)) return `${printed}]`
    if (!takes(reader, 0x2c)) return fail(reader, 'text.syntax', reader.at)
    printed += ','
    skipSpace(reader)
  }
}

function readMembers(reader: Reader, depth: number): string | undefined {
  if (takes(reader, 0x7d)) return '{}'
  const members: Member[] = []
  let sorted = true
  for (;;) {
    const member = readMember(reader, depth)
    if (member === undefined) return undefined
    const last = members[members.length - 1]
    if (last !== undefined && member.key <= last.key) sorted = false
    members.push(member)
    skipSpace(reader)
    if (takes(reader, 0x7d)) return sorted ? printMembers(members) : printSorted(reader, members)
    if (!takes(reader, 0x2c)) return fail(reader, 'text.syntax', reader.at)
    skipSpace(reader)
  }
}

function readMember(reader: Reader, depth: number): Member | undefined {
  const { at, text } = reader
  if (!counts(reader)) return undefined
  if (text.charCodeAt(at) !== 0x22) return fail(reader, 'text.syntax', at)
  const name = readString(reader)
  if (name === undefined) return undefined
  skipSpace(reader)
  if (!takes(reader, 0x3a)) return fail(reader, 'text.syntax', reader.at)
  skipSpace(reader)
  const value = readValue(reader, depth)
  if (value === undefined) return undefined
  const key = name.includes('\\') ? (JSON.parse(name) as string) : name.slice(1, -1)
  return { key, printed: `${name}:${value}`, at }
}

/** By UTF-16 code units, which is how JavaScript compares (RFC 8785 §3.2.3). */
function printSorted(reader: Reader, members: Member[]): string | undefined {
  members.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.at - b.at))
  for (let i = 1; i < members.length; i++) {
    const member = members[i] as Member
    if (member.key === members[i - 1]?.key) return fail(reader, 'text.duplicate-key', member.at)
  }
  return printMembers(members)
}

function printMembers(members: readonly Member[]): string {
  let printed = `{${(members[0] as Member).printed}`
  for (let i = 1; i < members.length; i++) printed += `,${(members[i] as Member).printed}`
  return `${printed}}`
}

function takes(reader: Reader, code: number): boolean {
  if (reader.text.charCodeAt(reader.at) !== code) return false
  reader.at++
  return true
}

function counts(reader: Reader): boolean {
  const { maxMembers } = reader.limits
  if (++reader.members <= maxMembers) return true
  fail(reader, 'text.too-many-members', reader.at, maxMembers)
  return false
}
