/**
 * Tries a mapping on real rows without storing anything: what each row would become, what would refuse it, and where every heading goes.
 * The rooms are the corridor's own, so a preview never promises what intake would not do.
 */
import type { Finding, Validator } from '@meridian/standards'
import { isRefusedArrival } from '../connect/arrival.ts'
import { byteRows } from '../connect/csv-bytes.ts'
import { findDelimiter, readCells } from '../connect/csv-cells.ts'
import { decodeTable, findEncoding } from '../connect/csv-encoding.ts'
import { readCsvRows } from '../connect/csv-rows.ts'
import { defaultReadingLimits } from '../connect/reading.ts'
import type { Received } from '../connect/received.ts'
import type { Source } from '../connect/source.ts'
import { isRoomRefusal, type RoomRefusal } from '../room-refusal.ts'
import { columnsOf } from '../standardise/csv-to-fhir/columns-of.ts'
import type { CsvMapping } from '../standardise/csv-to-fhir/csv-mapping.ts'
import { standardise } from '../standardise/standardise.ts'
import type { StandardiseTools } from '../standardise/standardised.ts'
import { validate } from '../validate/validate.ts'
import { type HeadingUse, headingUses, unusedColumns } from './column-uses.ts'

/** What a sample is tried with. `source` gives profile and time zone. */
export interface PreviewParts {
  readonly mapping: CsvMapping
  readonly source: Source
  readonly validator: Validator
  /** ISO 8601: counts as the time of arrival. */
  readonly now: string
  /** Rows whose records are shown; all are judged. */
  readonly shownRows: number
}

/** One row. `records` are canonical texts; with a refusal there are none. */
export interface PreviewedRow {
  readonly line: number
  readonly records: readonly string[]
  readonly findings: readonly Finding[]
  readonly refusal?: RoomRefusal
}

/** What a sample shows. */
export interface MappingPreview {
  readonly headings: readonly HeadingUse[]
  readonly unusedColumns: readonly string[]
  readonly rows: readonly PreviewedRow[]
  readonly total: number
  readonly refused: number
  /** How often each reason refused a row, the most frequent first. */
  readonly reasons: readonly { readonly code: string; readonly count: number }[]
  /** Rows beyond the limit of a preview were not looked at. */
  readonly isCut: boolean
}

/** More rows tell nothing new about a mapping. */
const mostRows = 1000

/** Tries the rows of a file in memory. Effects: none. */
export async function previewMapping(bytes: Uint8Array, parts: PreviewParts): Promise<MappingPreview> {
  const { mapping, shownRows } = parts
  const rows: PreviewedRow[] = []
  const reasons = new Map<string, number>()
  let total = 0
  let isCut = false
  for await (const received of receivedRows(bytes, parts)) {
    if (total === mostRows) {
      isCut = true
      break
    }
    total += 1
    const row = tryRow(received, parts)
    if (row.refusal !== undefined) reasons.set(row.refusal.code, (reasons.get(row.refusal.code) ?? 0) + 1)
    if (rows.length < shownRows) rows.push(row)
  }
  return {
    headings: headingUses(mapping, await headingsOf(bytes, mapping)),
    unusedColumns: unusedColumns(mapping),
    rows,
    total,
    refused: [...reasons.values()].reduce((sum, count) => sum + count, 0),
    reasons: [...reasons].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
    isCut,
  }
}

async function* receivedRows(
  bytes: Uint8Array,
  { mapping, source, now }: PreviewParts,
): AsyncGenerator<Received> {
  const { id, version, layout } = mapping
  const reading = { mappingId: id, mappingVersion: version, layout }
  const tools = { fingerprint: (_kind: string, text: string) => `preview ${text}` }
  let count = 0
  for await (const arrival of readCsvRows(inOnePiece(bytes), 'sample', reading, tools)) {
    const item = { ...arrival, deliveryId: `preview-${++count}`, source, receivedTime: now }
    yield isRefusedArrival(arrival) ? { ...item, refusal: arrival.refusal } : item
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function tryRow(received: Received, parts: PreviewParts): PreviewedRow {
  const line = received.position.line ?? received.position.index
  const tools = toolsOf(parts)
  const converted = received.refusal ?? standardise(received, tools)
  if (isRoomRefusal(converted)) return refusedRow(line, converted)
  const validated = validate(converted, parts.validator, columnsOf(received, tools))
  if (isRoomRefusal(validated)) return refusedRow(line, validated)
  return { line, records: validated.records.map(({ text }) => text), findings: validated.findings }
}

function refusedRow(line: number, refusal: RoomRefusal): PreviewedRow {
  return { line, records: [], findings: refusal.findings ?? [], refusal }
}

/** Ids of a preview are readable on purpose: they are never stored, and one sees which records hang together. */
function toolsOf({ mapping, source }: PreviewParts): StandardiseTools {
  return {
    organisationId: 'preview',
    identify: (type, key) => `${type.toLowerCase()}-${fold(`${source.name}|${key}`)}`,
    csvMapping: () => mapping,
  }
}

/** FNV-1a: the same key gives the same id. */
function fold(text: string): string {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

/** The headings as they stand, also those that refuse the file: they are what a mapping is mended by. */
async function headingsOf(bytes: Uint8Array, { layout }: CsvMapping): Promise<readonly string[]> {
  const found = findEncoding(bytes.subarray(0, 65_536))
  if (found.utf16) return []
  let seen = 0
  for await (const row of byteRows(
    inOnePiece(bytes.subarray(found.skip)),
    defaultReadingLimits.maxRowBytes,
  )) {
    if (++seen <= layout.skipLines) continue
    if (row.wrong !== undefined) return []
    const encoding = layout.encoding === 'auto' ? (found.encoding ?? 'utf-8') : layout.encoding
    const text = decodeTable(row.bytes, encoding)
    if (text === undefined) return []
    const delimiter = layout.delimiter === 'auto' ? findDelimiter(text) : layout.delimiter
    return (readCells(text, delimiter) ?? []).slice(0, defaultReadingLimits.maxColumns)
  }
  return []
}
