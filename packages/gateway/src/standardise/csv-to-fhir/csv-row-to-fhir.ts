/** One CSV row to FHIR records by the mapping it was read with; pure, and the same row gives the same bytes for ever. */
import type { Finding } from '@meridian/standards'
import { readCells } from '../../connect/csv-cells.ts'
import { decodeTable, type TableEncoding } from '../../connect/csv-encoding.ts'
import { findColumns } from '../../connect/csv-layout.ts'
import type { Received } from '../../connect/received.ts'
import { type RoomRefusal, refuseIn } from '../../room-refusal.ts'
import { type Standardised, type StandardiseTools, standardisedOf } from '../standardised.ts'
import type { CsvMapping } from './csv-mapping.ts'
import { createRow, type Row } from './row.ts'
import { rowFinding } from './row-findings.ts'
import { rowRecords } from './row-records.ts'

/** Stage 2 for a CSV row. Refusals: `csv.*` and the unit reader's codes, with the column's heading and every other mistake of the row. */
export function csvRowToFhir(received: Received, tools: StandardiseTools): Standardised | RoomRefusal {
  const mapping = tools.csvMapping?.(received.context.mapping ?? '')
  if (mapping === undefined) return refuseIn('standardise', 'csv.mapping.unknown')
  const row = openRow(received, mapping)
  if ('refusedBy' in row) return row
  const { records, absent } = rowRecords(row, mapping, received, tools)
  const [first] = row.problems
  if (first !== undefined) return rowRefused(row)
  return standardisedOf(
    received,
    records,
    absent.map((problem) => rowFinding(row, problem, 'warning')),
  )
}

/** The cells of a received row under its headings, or why it is no row of this mapping. */
export function openRow(received: Received, mapping: CsvMapping): Row | RoomRefusal {
  const { encoding = 'utf-8', delimiter = ',', headings = '[]' } = received.context
  const text = decodeTable(received.bytes, encoding as TableEncoding)
  if (text === undefined) return refuseIn('standardise', 'csv.row.encoding')
  const cells = readCells(text, delimiter)
  if (cells === undefined) return refuseIn('standardise', 'csv.row.malformed')
  const table = openHeadings(headings, mapping)
  if (table === undefined) return refuseIn('standardise', 'csv.headings.unreadable', { place: 'headings' })
  if (cells.length !== table.headings.length) {
    // The first cell too many, or the last one there is.
    const column = Math.min(cells.length, table.headings.length + 1)
    return refuseIn('standardise', 'csv.row.columns', {
      place: `column ${column}`,
      detail: { columns: cells.length, expected: table.headings.length },
    })
  }
  return createRow(cells, table.headings, table.indexOf, mapping.layout)
}

interface OpenedHeadings {
  readonly headings: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
}

// PERF: a file's rows share their headings; matching them again for each row costs more than the row.
const openedHeadings = new WeakMap<CsvMapping, Map<string, OpenedHeadings>>()

function openHeadings(json: string, mapping: CsvMapping): OpenedHeadings | undefined {
  const known = openedHeadings.get(mapping)?.get(json)
  if (known !== undefined) return known
  const headings = JSON.parse(json) as string[]
  const places = findColumns(mapping.layout, headings)
  if (!places.ok) return undefined
  const opened = { headings, indexOf: places.indexOf }
  openedHeadings.set(mapping, new Map([[json, opened]]))
  return opened
}

function rowRefused(row: Row): RoomRefusal {
  const findings: Finding[] = row.problems.map((problem) => rowFinding(row, problem, 'error'))
  const first = findings[0] as Finding
  const detail = { errors: findings.length }
  return refuseIn('standardise', first.code, { place: first.path, detail, findings })
}
