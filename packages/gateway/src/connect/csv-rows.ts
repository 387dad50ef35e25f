/** Reads a CSV file as a stream of rows, each one item with its headings, by the layout of the source's mapping. */
import { refuseIn } from '../room-refusal.ts'
import type { Arrival } from './arrival.ts'
import { type ByteRow, byteRows } from './csv-bytes.ts'
import { findDelimiter, readCells } from './csv-cells.ts'
import { decodeTable, encodingOf, findEncoding, type TableEncoding } from './csv-encoding.ts'
import { type CsvLayout, findColumns } from './csv-layout.ts'
import { defaultReadingLimits, onSameIdUpdate, type ReadingTools } from './reading.ts'

/** The mapping in force, as far as reading needs it. */
export interface CsvReading {
  readonly mappingId: string
  readonly mappingVersion: string
  readonly layout: CsvLayout
}

/** What the rows of a file share once its headings are read; becomes the `context` of every item. */
interface OpenTable {
  readonly delimiter: string
  /** JSON array of the headings as they came: a row means nothing without them. */
  readonly headings: string
  readonly columns: number
  readonly keyIndexes: readonly number[]
}

interface TableReader extends CsvReading {
  readonly file: string
  readonly tools: ReadingTools
  encoding: TableEncoding | undefined
  table: OpenTable | undefined
  rowsSeen: number
  index: number
}

/**
 * The rows of a CSV file. What is wrong with the file as a whole (encoding, headings, columns) is one refused item and ends
 * it; what is wrong with a row refuses that row. Rows with nothing but empty cells are no items.
 */
export async function* readCsvRows(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  reading: CsvReading,
  tools: ReadingTools,
): AsyncGenerator<Arrival> {
  const iterator = chunks[Symbol.asyncIterator]()
  try {
    const head = await takeHead(iterator)
    const found = findEncoding(head)
    const reader = startReader(file, reading, tools, found.encoding)
    if (found.utf16) return yield fileRefused(reader, 'csv.encoding.utf16', 'file', head)
    yield* rowItems(reader, following(head.subarray(found.skip), iterator), tools)
    if (reader.table === undefined && reader.index === 0)
      yield fileRefused(reader, 'csv.headings.none', 'file', head)
  } finally {
    await iterator.return?.()
  }
}

function startReader(
  file: string,
  reading: CsvReading,
  tools: ReadingTools,
  found: TableEncoding | undefined,
): TableReader {
  const { encoding: declared } = reading.layout
  const encoding = declared === 'auto' ? found : declared
  return { ...reading, file, tools, encoding, table: undefined, rowsSeen: 0, index: 0 }
}

async function* rowItems(
  reader: TableReader,
  bytes: AsyncIterable<Uint8Array>,
  { limits = defaultReadingLimits }: ReadingTools,
): AsyncGenerator<Arrival> {
  for await (const row of byteRows(bytes, limits.maxRowBytes)) {
    if (++reader.rowsSeen <= reader.layout.skipLines) continue
    const item =
      reader.table === undefined
        ? openTable(reader, row, limits.maxColumns)
        : readRow(reader, reader.table, row)
    if (item !== undefined) yield item
    if (reader.table === undefined) return
  }
}

function openTable(reader: TableReader, row: ByteRow, maxColumns: number): Arrival | undefined {
  const text = row.wrong === undefined ? decodeRow(reader, row.bytes) : undefined
  if (text === undefined) return fileRefused(reader, 'csv.headings.unreadable', `line ${row.line}`, row.bytes)
  const delimiter = reader.layout.delimiter === 'auto' ? findDelimiter(text) : reader.layout.delimiter
  const headings = readCells(text, delimiter)
  if (headings === undefined)
    return fileRefused(reader, 'csv.headings.unreadable', `line ${row.line}`, row.bytes)
  if (headings.length > maxColumns) {
    const detail = { columns: headings.length, limit: maxColumns }
    return fileRefused(reader, 'csv.columns.too-many', 'headings', row.bytes, detail)
  }
  const places = findColumns(reader.layout, headings)
  if (!places.ok) return fileRefused(reader, places.code, places.place, row.bytes, places.detail)
  reader.table = {
    delimiter,
    headings: JSON.stringify(headings),
    columns: places.count,
    keyIndexes: reader.layout.rowKey.map((name) => places.indexOf.get(name) ?? -1),
  }
  return undefined
}

function readRow(reader: TableReader, table: OpenTable, row: ByteRow): Arrival | undefined {
  if (row.wrong !== undefined) {
    const detail = { bytes: row.length }
    const code = row.wrong === 'too-long' ? 'csv.row.too-long' : 'csv.row.open-quote'
    return rowRefused(reader, table, row, { code, detail })
  }
  const text = decodeRow(reader, row.bytes)
  if (text === undefined) return rowRefused(reader, table, row, { code: 'csv.row.encoding' })
  const cells = readCells(text, table.delimiter)
  if (cells === undefined) return rowRefused(reader, table, row, { code: 'csv.row.malformed' })
  if (cells.every((cell) => cell.trim() === '')) return undefined
  if (cells.length !== table.columns) {
    const detail = { columns: cells.length, expected: table.columns }
    // The first cell too many, or the last one there is.
    const column = Math.min(cells.length, table.columns + 1)
    return rowRefused(reader, table, row, { code: 'csv.row.columns', detail, column })
  }
  return itemOf(reader, table, row, cells)
}

function itemOf(reader: TableReader, table: OpenTable, row: ByteRow, cells: readonly string[]): Arrival {
  const key = table.keyIndexes.map((index) => cells[index]?.trim() ?? '')
  const keyed = key.length > 0 && key.every((part) => part !== '')
  const blank = blankItem(reader, row.bytes, row.line)
  const context = { ...blank.context, ...contextOf(reader, table) }
  if (!keyed) return { ...blank, context }
  const controlId = `row:${reader.tools.fingerprint('csv-row', JSON.stringify(key))}`
  return { ...blank, controlId, context: { ...context, ...onSameIdUpdate } }
}

/** What it takes to read the row again, apart from its file. */
function contextOf(reader: TableReader, table: OpenTable) {
  return { encoding: reader.encoding ?? 'utf-8', delimiter: table.delimiter, headings: table.headings }
}

// The place of a row: the fingerprint keeps file names, which may hold a person's name, out of control ids.
function blankItem(reader: TableReader, bytes: Uint8Array, line: number): Arrival {
  const index = ++reader.index
  const { mappingId, mappingVersion, file } = reader
  return {
    form: 'csv-row',
    bytes,
    context: { mapping: `${mappingId}|${mappingVersion}` },
    position: { file, index, line },
    controlId: `place:${reader.tools.fingerprint('file', file)}:${index}`,
  }
}

function rowRefused(
  reader: TableReader,
  table: OpenTable,
  row: ByteRow,
  {
    code,
    detail = {},
    column,
  }: { readonly code: string; readonly detail?: Record<string, number>; readonly column?: number },
): Arrival {
  const place = column === undefined ? `line ${row.line}` : `line ${row.line}, column ${column}`
  const blank = blankItem(reader, row.bytes, row.line)
  // A mended row is read with the headings of its file.
  const context = { ...blank.context, ...contextOf(reader, table) }
  return { ...blank, context, refusal: refuseIn('connect', code, { place, detail }) }
}

function fileRefused(
  reader: TableReader,
  code: string,
  place: string,
  bytes: Uint8Array,
  detail: Record<string, number> = {},
): Arrival {
  return { ...blankItem(reader, bytes, 1), refusal: refuseIn('connect', code, { place, detail }) }
}

// Encodings agree on ASCII, so the first row that is not ASCII decides when the head of the file could not.
function decodeRow(reader: TableReader, bytes: Uint8Array): string | undefined {
  reader.encoding ??= reader.layout.encoding === 'auto' ? encodingOf(bytes) : reader.layout.encoding
  return decodeTable(bytes, reader.encoding ?? 'utf-8')
}

const headBytes = 64 * 1024

async function takeHead(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  while (length < headBytes) {
    const { value, done } = await iterator.next()
    if (done === true) break
    parts.push(value.slice())
    length += value.length
  }
  return new Uint8Array(Buffer.concat(parts))
}

async function* following(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
}
