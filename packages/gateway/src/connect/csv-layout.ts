/** How a source's tables are laid out: the part of a CSV mapping that says how to find rows, columns and values in the bytes. */

/** One column of ours and the headings it may have; headings compare without case, width and surrounding space. */
export interface CsvColumn {
  readonly headings: readonly string[]
  /** The file may lack the column altogether; its cells are then absent. */
  readonly optional?: boolean
  /** Cells that mean "no value" in this column, besides the layout's. */
  readonly absent?: readonly string[]
}

/**
 * The layout. `auto` looks: byte order mark, then UTF-8 if it is, then GB18030; and the delimiter that splits the headings
 * most. CR, LF and CRLF all end a row. `rowKey` names the columns whose cells together name a row for ever: with it a
 * row sent again amends, without it a row is known by its file and place. `ignored` are headings that are read and not carried;
 * any other heading that no column claims refuses the file, for silence about a column is loss.
 */
export interface CsvLayout {
  readonly encoding: 'auto' | 'utf-8' | 'gb18030'
  readonly delimiter: 'auto' | ',' | ';' | '\t' | '|'
  readonly decimalMark: '.' | ','
  /** Cells that mean "no value" in every column, compared after trimming: `""`, `NA`. */
  readonly absent: readonly string[]
  readonly columns: Readonly<Record<string, CsvColumn>>
  readonly ignored: readonly string[]
  readonly rowKey: readonly string[]
  /** Lines before the headings (a title row). */
  readonly skipLines: number
  /** How many columns every file must have; when absent, as many as it has headings. */
  readonly columnCount?: number
  /** The rows are the segments of this name in HL7 v2 messages (`ZDX`); headings are their fields: `ZDX-3`, `ZDX-3.2`. */
  readonly segment?: string
}

/** Where each column of ours stands in a file's rows, or what is wrong with the headings. `place` is a heading, never a cell. */
export type ColumnPlaces =
  | { readonly ok: true; readonly indexOf: ReadonlyMap<string, number>; readonly count: number }
  | {
      readonly ok: false
      readonly code: string
      readonly place: string
      readonly detail: Record<string, number>
    }

/** Matches the headings of a file with the layout. */
export function findColumns(layout: CsvLayout, headings: readonly string[]): ColumnPlaces {
  const owners = headingOwners(layout)
  const indexOf = new Map<string, number>()
  if (layout.columnCount !== undefined && layout.columnCount !== headings.length) {
    const detail = { columns: headings.length, expected: layout.columnCount }
    return { ok: false, code: 'csv.headings.count', place: 'headings', detail }
  }
  for (const [index, heading] of headings.entries()) {
    const owner = owners.get(normaliseHeading(heading))
    const wrong =
      owner === undefined ? 'csv.headings.unknown' : indexOf.has(owner) ? 'csv.headings.twice' : undefined
    if (wrong !== undefined)
      return { ok: false, code: wrong, place: `column ${index + 1}`, detail: { column: index + 1 } }
    if (owner !== undefined && owner !== ignoredOwner) indexOf.set(owner, index)
  }
  for (const [name, column] of Object.entries(layout.columns)) {
    if (indexOf.has(name) || column.optional === true) continue
    return {
      ok: false,
      code: 'csv.headings.missing',
      place: `column "${column.headings[0] ?? name}"`,
      detail: {},
    }
  }
  return { ok: true, indexOf, count: headings.length }
}

/** How headings compare: NFKC (full-width letters and brackets become plain), lower case, runs of space as one. */
export function normaliseHeading(heading: string): string {
  return heading.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

// A name no mapping can give a column, for headings that are read and not carried.
const ignoredOwner = ' ignored'

function headingOwners(layout: CsvLayout): Map<string, string> {
  const owners = new Map<string, string>()
  for (const heading of layout.ignored) owners.set(normaliseHeading(heading), ignoredOwner)
  for (const [name, column] of Object.entries(layout.columns)) {
    for (const heading of column.headings) owners.set(normaliseHeading(heading), name)
  }
  return owners
}
