/**
 * The segments that a site has made for itself (Z-segments), by the mappings that their source names: a segment is a row, its fields are
 * the columns, and everything a table's mapping can say holds here too (ADR 0171).
 */
import { type Segment, text } from '../../connect/hl7v2/message.ts'
import { fieldOf } from '../../connect/segment-field.ts'
import { refuseIn } from '../../room-refusal.ts'
import type { CsvMapping } from '../csv-to-fhir/csv-mapping.ts'
import { createRow, type Row } from '../csv-to-fhir/row.ts'
import { rowFinding } from '../csv-to-fhir/row-findings.ts'
import { rowRecords } from '../csv-to-fhir/row-records.ts'
import type { StandardRecord } from '../standardised.ts'
import { type Conversion, note } from './conversion.ts'
import type { Draft } from './records.ts'

/** The records of every mapped segment. What is wrong with one refuses the message; a segment that no mapping claims is noted. */
export function segmentRecords(conversion: Conversion, drafts: readonly Draft[]): readonly StandardRecord[] {
  const mappings = mappingsOf(conversion)
  if (mappings.length === 0) return []
  const outside = recordsOfMessage(drafts)
  return conversion.message.segments.flatMap((segment, place) => {
    if (!segment.name.startsWith('Z')) return []
    const own = mappings.filter(({ layout }) => layout.segment === segment.name)
    if (own.length === 0) note(conversion, 'hl7v2.segment-unmapped', segment, 1)
    return own.flatMap((mapping) => recordsOfSegment(conversion, segment, { mapping, outside, place }))
  })
}

/** The mappings that the source names, with commas between, by their ids. */
function mappingsOf({ received, tools }: Conversion): readonly CsvMapping[] {
  const names = received.source.mapping?.split(',') ?? []
  return names.flatMap((name) => tools.csvMapping?.(name.trim()) ?? [])
}

function recordsOfMessage(drafts: readonly Draft[]): ReadonlyMap<string, string> {
  const first = (type: string): readonly (readonly [string, string])[] => {
    const found = drafts.find(({ resource }) => resource.resourceType === type)
    return found === undefined ? [] : [[`@${type.toLowerCase()}`, `${type}/${String(found.resource.id)}`]]
  }
  return new Map([...first('Patient'), ...first('Encounter')])
}

interface SegmentParts {
  readonly mapping: CsvMapping
  readonly outside: ReadonlyMap<string, string>
  /** Which segment of the message it is: two segments with the same key in one message stay two. */
  readonly place: number
}

function recordsOfSegment(
  conversion: Conversion,
  segment: Segment,
  { mapping, outside, place }: SegmentParts,
): readonly StandardRecord[] {
  const { received, tools, messageTime } = conversion
  const row = rowOf(segment, mapping)
  const item = { ...received, controlId: `${received.controlId}|${segment.name}|${place}` }
  const { records, absent } = rowRecords(row, mapping, item, tools, outside)
  const [problem] = row.problems
  if (problem !== undefined) {
    const findings = row.problems.map((each) => rowFinding(row, each, 'error'))
    const refused = { place: row.heading(problem.column), detail: { errors: findings.length }, findings }
    conversion.refusals.push(refuseIn('standardise', findings[0]?.code ?? problem.code, refused))
    return []
  }
  conversion.findings.push(...absent.map((each) => rowFinding(row, each, 'warning')))
  if (messageTime === undefined) return records
  return records.map((record) => ({ ...record, times: { message: messageTime, ...record.times } }))
}

/** The fields that the mapping names, as cells under their names. */
function rowOf(segment: Segment, { layout }: CsvMapping): Row {
  const headings = Object.values(layout.columns).map(({ headings: [first = ''] }) => first)
  const cells = headings.map((heading) => {
    const { field = 0, component = 1 } = fieldOf(heading) ?? {}
    return text(segment, field, component) ?? ''
  })
  const indexOf = new Map(Object.keys(layout.columns).map((name, index) => [name, index]))
  return createRow(cells, headings, indexOf, layout)
}
