/** Reads the cells of one CSV row that has already been cut out of its file. */
import { parse } from 'csv-parse/sync'

/** The cells of `row`, quotes resolved, spaces kept; undefined when it is not exactly one well-formed row. */
export function readCells(row: string, delimiter: string): readonly string[] | undefined {
  // A row without quotes needs no parser: that is nearly every row of nearly every table.
  if (!row.includes('"')) return row.split(delimiter)
  try {
    const rows = parse(row, { delimiter, relax_column_count: true, max_record_size: row.length + 1 })
    return rows.length === 1 ? (rows[0] as string[]) : undefined
  } catch {
    return undefined
  }
}

/** The delimiter that splits the headings most; a comma when none does. Quoted parts do not count. */
export function findDelimiter(headings: string): string {
  const bare = headings.replace(/"[^"]*"/g, '')
  let best = ','
  for (const candidate of [';', '\t', '|']) {
    if (count(bare, candidate) > count(bare, best)) best = candidate
  }
  return best
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
