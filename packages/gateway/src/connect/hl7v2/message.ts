/** A parsed HL7 v2 message and the readers of its fields; nothing is split or unescaped before somebody asks for it. */
import type { Charset } from './charset.ts'
import { unescapeText } from './escapes.ts'

/** MSH-1 and MSH-2 (HL7 v2.8 §2.5.4), and the character set that `\X..\` escapes are in. */
export interface Encoding {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly escape: string
  readonly subcomponent: string
  readonly charset: Charset
}

/** One segment: `fields[n]` is the raw text of field n, counted as HL7 does (MSH-1 is the field separator). */
export interface Segment {
  readonly name: string
  readonly fields: readonly string[]
  readonly encoding: Encoding
  /** Which segment of the message this is, from 1. */
  readonly index: number
}

/** A whole message. `type` is MSH-9: code, trigger event and structure in capitals, the last two possibly empty. */
export interface Hl7Message {
  readonly encoding: Encoding
  readonly segments: readonly Segment[]
  readonly header: Segment
  readonly type: { readonly code: string; readonly event: string; readonly structure: string }
  readonly controlId: string
}

/** One repetition of a field, with its components still raw. */
export interface Composite {
  readonly components: readonly string[]
  readonly encoding: Encoding
}

/** HL7's null: the sender says that there is no value, not that it says nothing (§2.5.3). */
const hl7Null = '""'

/** Text of a component of the first repetition, unescaped and trimmed; undefined when empty or HL7 null. Counts from 1. */
export function text(segment: Segment, field: number, component = 1, subcomponent = 1): string | undefined {
  const raw = segment.fields[field]
  if (raw === undefined || raw === '') return undefined
  const { encoding } = segment
  const first = pick(raw, encoding.repetition, 1)
  return leaf(pick(pick(first, encoding.component, component), encoding.subcomponent, subcomponent), encoding)
}

/** Every repetition of a field that says something. */
export function repetitions(segment: Segment, field: number): Composite[] {
  const raw = segment.fields[field]
  if (raw === undefined || raw === '' || raw === hl7Null) return []
  const { encoding } = segment
  // Almost every field has one repetition. PERF: this is asked for each field of each result.
  if (!raw.includes(encoding.repetition)) return says(raw, encoding) ? [compositeOf(raw, encoding)] : []
  return raw
    .split(encoding.repetition)
    .filter((item) => says(item, encoding))
    .map((item) => compositeOf(item, encoding))
}

function compositeOf(raw: string, encoding: Encoding): Composite {
  return { components: raw.split(encoding.component), encoding }
}

// Separators alone say nothing.
function says(raw: string, encoding: Encoding): boolean {
  if (raw === '' || raw === hl7Null) return false
  for (const letter of raw) if (letter !== encoding.component) return true
  return false
}

/** The first repetition of a field, or undefined when it says nothing. */
export function composite(segment: Segment, field: number): Composite | undefined {
  return repetitions(segment, field)[0]
}

/** Text of a component (and subcomponent) of a repetition; undefined when empty or HL7 null. Counts from 1. */
export function part(value: Composite, component: number, subcomponent = 1): string | undefined {
  const raw = value.components[component - 1]
  if (raw === undefined || raw === '') return undefined
  return leaf(pick(raw, value.encoding.subcomponent, subcomponent), value.encoding)
}

/** A component taken as a composite of its own: its subcomponents become components (CX-4 is an HD, XCN-2 an FN). */
export function subcomposite(value: Composite, component: number): Composite | undefined {
  const raw = value.components[component - 1]
  if (raw === undefined || raw === '' || raw === hl7Null) return undefined
  const components = raw.split(value.encoding.subcomponent)
  return components.some((item) => item !== '') ? { components, encoding: value.encoding } : undefined
}

/** The whole field as text with layout kept: for free text (OBX-5 of TX and FT), whose blanks mean something. */
export function wholeText(raw: string, encoding: Encoding): string | undefined {
  const unescaped = raw === hl7Null ? '' : unescapeText(raw, encoding)
  return unescaped.trim() === '' ? undefined : unescaped.replace(/\s+$/, '')
}

/** Whether the sender says explicitly that the field has no value (`""`). */
export function isNull(segment: Segment, field: number): boolean {
  return segment.fields[field] === hl7Null
}

/** All segments of a name, in order. */
export function segmentsNamed(message: Hl7Message, name: string): Segment[] {
  return message.segments.filter((segment) => segment.name === name)
}

/** The first segment of a name. */
export function firstNamed(message: Hl7Message, name: string): Segment | undefined {
  return message.segments.find((segment) => segment.name === name)
}

function leaf(raw: string, encoding: Encoding): string | undefined {
  if (raw === '' || raw === hl7Null) return undefined
  const value = (raw.includes(encoding.escape) ? unescapeText(raw, encoding) : raw).trim()
  return value === '' ? undefined : value
}

// The n-th piece between separators, without building the others.
function pick(raw: string, separator: string, n: number): string {
  let start = 0
  for (let skipped = 1; skipped < n; skipped++) {
    const at = raw.indexOf(separator, start)
    if (at < 0) return ''
    start = at + 1
  }
  const end = raw.indexOf(separator, start)
  return end < 0 ? (start === 0 ? raw : raw.slice(start)) : raw.slice(start, end)
}
