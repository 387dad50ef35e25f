/** The lines of a published code list: UTF-8 CSV with quotes, a mark at its head or none. */
import type { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import type { CodeLine } from './import-code-list.ts'

/** Longest line, in characters. */
const LONGEST = 10_000

/** Streams; a quote that never closes ends in the limit. @throws the parser's error on text that is no CSV. */
export async function* codeLines(bytes: Readable): AsyncGenerator<CodeLine> {
  const rows = bytes.pipe(
    parse({ bom: true, relax_column_count: true, info: true, max_record_size: LONGEST }),
  )
  for await (const { record, info } of rows) yield { line: info.lines, cells: record }
}
