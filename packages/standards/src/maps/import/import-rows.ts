/** What an importer of maps gives: rows as it goes, and the lines that are none. Streaming, so that a release need not fit into memory twice. */
import type { MapRow } from '../concept-map.ts'

/** A line that gives no row, and why; `line` counts from 1. */
export interface BadLine {
  readonly line: number
  readonly zh: string
  readonly en: string
}

/** One line of the file after another. */
export type ImportedLine = { readonly row: MapRow } | { readonly bad: BadLine } | { readonly skipped: true }

/** The cells of one line of a table; each form has its own. */
export type ReadCells = (cells: readonly string[], line: number) => ImportedLine

/** Nothing of ours: a heading, an inactive row, another table. */
export const skipped: ImportedLine = { skipped: true }

/** A line that cannot be used. */
export function bad(line: number, zh: string, en: string): ImportedLine {
  return { bad: { line, zh, en } }
}
