/** Edits canonical text in place: one value changes, every other byte stays (spec 1 §3). */
import { type CanonicalText, canonicalTextOf } from './canonical-text.ts'
import { trustedStringEnd, trustedValueEnd } from './json-scan.ts'

interface Span {
  readonly start: number
  readonly end: number
}

/** The value at a JSON Pointer, or `undefined` when there is none. */
export function valueAt(text: CanonicalText, pointer: string): CanonicalText | undefined {
  const span = spanAt(text, pointer)
  return span === undefined ? undefined : (text.slice(span.start, span.end) as CanonicalText)
}

/** The text with the value at `pointer` replaced. Throws a `RangeError` when there is no value there. */
export function replaceValue(text: CanonicalText, pointer: string, value: CanonicalText): CanonicalText {
  const { start, end } = spanOrThrow(text, pointer)
  return (text.slice(0, start) + value + text.slice(end)) as CanonicalText
}

/**
 * The text with the member `name` of the object at `pointer` set, put in its sorted place when it is new.
 * Throws a `RangeError` when there is no object at `pointer`.
 */
export function setMember(
  text: CanonicalText,
  pointer: string,
  member: { readonly name: string; readonly value: CanonicalText },
): CanonicalText {
  const members = membersAt(text, pointer)
  const printed = `${canonicalTextOf(member.name)}:${member.value}`
  const place = members.findIndex((each) => each.name >= member.name)
  const found = members[place]
  if (found?.name === member.name) return splice(text, found, printed)
  if (found !== undefined) return splice(text, { start: found.start, end: found.start }, `${printed},`)
  const end = spanOrThrow(text, pointer).end - 1
  return splice(text, { start: end, end }, members.length === 0 ? printed : `,${printed}`)
}

/** The text without the member `name` of the object at `pointer`; unchanged when it has none. */
export function removeMember(text: CanonicalText, pointer: string, name: string): CanonicalText {
  const members = membersAt(text, pointer)
  const place = members.findIndex((each) => each.name === name)
  const found = members[place]
  if (found === undefined) return text
  const next = members[place + 1]
  if (next !== undefined) return splice(text, { start: found.start, end: next.start }, '')
  return splice(text, { start: members[place - 1]?.end ?? found.start, end: found.end }, '')
}

function splice(text: string, span: Span, replacement: string): CanonicalText {
  return (text.slice(0, span.start) + replacement + text.slice(span.end)) as CanonicalText
}

function spanOrThrow(text: string, pointer: string): Span {
  const span = spanAt(text, pointer)
  if (span === undefined) throw new RangeError('no value at this pointer')
  return span
}

function membersAt(text: string, pointer: string): (Span & { readonly name: string })[] {
  const { start } = spanOrThrow(text, pointer)
  if (text.charCodeAt(start) !== 0x7b) throw new RangeError('no object at this pointer')
  return children(text, start).map(({ token, from, end }) => ({ name: token, start: from, end }))
}

/** The members of an object, in order, each with the text of its value: one pass over the text. None for anything else. */
export function membersOf(text: CanonicalText): Map<string, CanonicalText> {
  const members = new Map<string, CanonicalText>()
  if (text.charCodeAt(0) !== 0x7b) return members
  for (const { token, start, end } of children(text, 0))
    members.set(token, text.slice(start, end) as CanonicalText)
  return members
}

/** The items of an array as texts; none for anything else. */
export function itemsOf(text: CanonicalText): CanonicalText[] {
  if (text.charCodeAt(0) !== 0x5b) return []
  return children(text, 0).map(({ start, end }) => text.slice(start, end) as CanonicalText)
}

interface Child extends Span {
  /** Decoded name, or decimal index. */
  readonly token: string
  /** Where the member starts, with its name; equals `start` for an array item. */
  readonly from: number
}

function spanAt(text: string, pointer: string): Span | undefined {
  if (pointer === '') return { start: 0, end: text.length }
  if (!pointer.startsWith('/')) return undefined
  let span: Span | undefined = { start: 0, end: text.length }
  for (const escaped of pointer.slice(1).split('/')) {
    const token = escaped.replaceAll('~1', '/').replaceAll('~0', '~')
    span = childAt(text, span.start, token)
    if (span === undefined) return undefined
  }
  return span
}

/** The member or item of that name. PERF: looks no further, and keeps nothing of what it passes. */
function childAt(text: string, at: number, token: string): Span | undefined {
  const open = text.charCodeAt(at)
  if (open !== 0x7b && open !== 0x5b) return undefined
  const close = open + 2
  let i = at + 1
  for (let index = 0; text.charCodeAt(i) !== close; index++) {
    if (index > 0) i++
    const nameEnd = open === 0x7b ? trustedStringEnd(text, i) : i
    const isIt = open === 0x7b ? isName(text, i, nameEnd, token) : String(index) === token
    const start = open === 0x7b ? nameEnd + 1 : i
    i = trustedValueEnd(text, start)
    if (isIt) return { start, end: i }
  }
  return undefined
}

function isName(text: string, from: number, to: number, name: string): boolean {
  if (to - from - 2 === name.length && text.startsWith(name, from + 1)) return !name.includes('\\')
  const written = text.slice(from, to)
  return written.includes('\\') && JSON.parse(written) === name
}

/** The members or items of the container at `at`; none for a leaf. */
function children(text: string, at: number): Child[] {
  const open = text.charCodeAt(at)
  const found: Child[] = []
  if (open !== 0x7b && open !== 0x5b) return found
  let i = at + 1
  while (text.charCodeAt(i) !== (open === 0x7b ? 0x7d : 0x5d)) {
    if (found.length > 0) i++
    const from = i
    const nameEnd = open === 0x7b ? trustedStringEnd(text, from) : from
    const start = open === 0x7b ? nameEnd + 1 : from
    const token = open === 0x7b ? nameOf(text.slice(from, nameEnd)) : String(found.length)
    i = trustedValueEnd(text, start)
    found.push({ token, from, start, end: i })
  }
  return found
}

function nameOf(written: string): string {
  return written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1)
}
