/** One row being converted: its cells by column, and what was found wrong with them on the way. */
import type { Finding } from '@meridian/standards'
import type { CsvLayout } from '../../connect/csv-layout.ts'

/** What is wrong with a cell. `findings` are the unit reader's own words. */
export interface CellProblem {
  readonly code: string
  readonly column: string
  readonly finding?: Finding
}

/** A row. Problems are gathered, so that a clerk sees all of a row's mistakes at once. */
export interface Row {
  /** The trimmed cell; undefined when it is absent or the file has no such column. */
  cell(column: string): string | undefined
  /** Whether the file has the column at all. */
  has(column: string): boolean
  /** The heading as the file has it, for a refusal's place. */
  heading(column: string): string
  /** Notes a problem; gives undefined so that `return row.wrong(…)` reads well. */
  wrong(code: string, column: string, finding?: Finding): undefined
  readonly problems: readonly CellProblem[]
}

/** A row from its cells; `indexOf` places the columns of the layout. */
export function createRow(
  cells: readonly string[],
  headings: readonly string[],
  indexOf: ReadonlyMap<string, number>,
  layout: CsvLayout,
): Row {
  const problems: CellProblem[] = []
  return {
    problems,
    cell(column) {
      const cell = cells[indexOf.get(column) ?? -1]?.trim()
      if (cell === undefined || cell === '' || layout.absent.includes(cell)) return undefined
      return layout.columns[column]?.absent?.includes(cell) === true ? undefined : cell
    },
    has: (column) => indexOf.has(column),
    heading: (column) => headings[indexOf.get(column) ?? -1] ?? layout.columns[column]?.headings[0] ?? column,
    wrong(code, column, finding) {
      // A key column is read for every record of the row; its mistake is still one.
      const noted = problems.some((one) => one.code === code && one.column === column)
      if (!noted) problems.push(finding === undefined ? { code, column } : { code, column, finding })
      return undefined
    },
  }
}
