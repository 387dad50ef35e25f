/** Imports a published table as the rows of a map, line by line; nothing is kept when no line gives a row. */
import type { MapRow } from '../concept-map.ts'
import type { BadLine } from './import-rows.ts'
import { tableForms } from './table-forms.ts'

/** One line of the table, as its cells. */
export interface TableLine {
  readonly line: number
  readonly cells: readonly string[] | undefined
}

/** What came of the lines. `bad` has the first fifty of `badCount`. */
export interface ImportedMap {
  readonly rows: readonly MapRow[]
  readonly bad: readonly BadLine[]
  readonly badCount: number
}

const mostBad = 50
const mostRows = 3_000_000

/** Reads the lines in the form named (`rf2`, `gem`, `v2-to-fhir`, `csv`). `onLine` is told how many were read. */
export async function importMapTable(
  form: string,
  lines: AsyncIterable<TableLine>,
  onLine: (count: number) => void = () => {},
): Promise<ImportedMap> {
  const read = tableForms[form]?.read()
  if (read === undefined) throw new RangeError(`no table form ${form}`)
  const rows: MapRow[] = []
  const found: BadLine[] = []
  let badCount = 0
  let count = 0
  for await (const { line, cells } of lines) {
    const imported = cells === undefined ? unreadable(line) : read(cells, line)
    if ('row' in imported) rows.push(imported.row)
    else if ('bad' in imported && ++badCount <= mostBad) found.push(imported.bad)
    onLine(++count)
    if (rows.length > mostRows) throw new RangeError(`more than ${mostRows} rows`)
  }
  return { rows, bad: found, badCount }
}

function unreadable(line: number): { readonly bad: BadLine } {
  return { bad: { line, zh: '该行的引号或编码不正确', en: 'quotes or encoding of the line are wrong' } }
}
