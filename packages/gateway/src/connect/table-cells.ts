/** The cells of a published table, row by row as it is read: for importers of releases, which are no records of anybody. */
import { byteRows } from './csv-bytes.ts'
import { readCells } from './csv-cells.ts'
import { decodeTable, encodingOf, findEncoding, type TableEncoding } from './csv-encoding.ts'
import { defaultReadingLimits } from './reading.ts'

/** A row; `cells` undefined where the line is not in the form of the table. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[] | undefined
}

/** The rows of a file in pieces. Tab-separated releases (RF2) have no quotes; the others are read as CSV. */
export async function* tableRows(
  chunks: AsyncIterable<Uint8Array>,
  separator: ',' | '\t',
): AsyncGenerator<TableRow> {
  let encoding: TableEncoding | undefined
  let isFirst = true
  for await (const { line, bytes, wrong } of byteRows(chunks, defaultReadingLimits.maxRowBytes)) {
    const found = isFirst ? findEncoding(bytes) : undefined
    isFirst = false
    encoding ??= found?.encoding ?? encodingOf(bytes)
    const text = decodeTable(bytes.subarray(found?.skip ?? 0), encoding ?? 'utf-8')
    const isRead = text !== undefined && (wrong === undefined || separator === '\t')
    yield { line, cells: isRead ? cellsOf(text, separator) : undefined }
  }
}

function cellsOf(text: string, separator: ',' | '\t'): readonly string[] | undefined {
  return separator === '\t' ? text.split('\t') : readCells(text, separator)
}
