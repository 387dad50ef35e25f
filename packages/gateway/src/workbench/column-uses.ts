/** Where the columns of a table go: which elements a mapping makes of each, and which columns and headings go nowhere (coverage). */
import { normaliseHeading } from '../connect/csv-layout.ts'
import type { CsvMapping, Template } from '../standardise/csv-to-fhir/csv-mapping.ts'
import { directiveOf } from '../standardise/csv-to-fhir/fill-template.ts'

/** What becomes of one heading of a file. `elements` are FHIR paths: `Patient.name.text`, `Observation.value[8310-5]`. */
export interface HeadingUse {
  readonly heading: string
  /** The column of the mapping that claims it; absent for a heading that is ignored on purpose or that nobody claims. */
  readonly column?: string
  readonly use: 'mapped' | 'key' | 'unused' | 'ignored' | 'unclaimed'
  readonly elements: readonly string[]
}

/** The headings in the order of the file. A column that is only part of a key or a condition says so. */
export function headingUses(mapping: CsvMapping, headings: readonly string[]): readonly HeadingUse[] {
  const elements = elementsByColumn(mapping)
  const keys = keyColumns(mapping)
  const ignored = new Set(mapping.layout.ignored.map(normaliseHeading))
  const owners = new Map(
    Object.entries(mapping.layout.columns).flatMap(([column, { headings: names }]) =>
      names.map((name) => [normaliseHeading(name), column] as const),
    ),
  )
  return headings.map((heading): HeadingUse => {
    const column = owners.get(normaliseHeading(heading))
    if (column === undefined) {
      const use = ignored.has(normaliseHeading(heading)) ? 'ignored' : 'unclaimed'
      return { heading, use, elements: [] }
    }
    const places = elements.get(column) ?? []
    const use = places.length > 0 ? 'mapped' : keys.has(column) ? 'key' : 'unused'
    return { heading, column, use, elements: places }
  })
}

/** Columns of the mapping that nothing is made of, whatever the file has. */
export function unusedColumns(mapping: CsvMapping): readonly string[] {
  const elements = elementsByColumn(mapping)
  const keys = keyColumns(mapping)
  return Object.keys(mapping.layout.columns).filter((name) => !elements.has(name) && !keys.has(name))
}

function elementsByColumn({ records, panels }: CsvMapping): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const add = (column: string, element: string): void => {
    const places = found.get(column) ?? []
    if (!places.includes(element)) found.set(column, [...places, element])
  }
  for (const { type, template } of records) columnsAt(template, type, add)
  for (const { template, measurements } of panels) {
    columnsAt(template, 'Observation', add)
    for (const { column, unitColumn, code } of measurements) {
      add(column, `Observation.value[${code.code}]`)
      if (unitColumn !== undefined) add(unitColumn, `Observation.value[${code.code}].unit`)
    }
  }
  return found
}

function columnsAt(template: Template, path: string, add: (column: string, element: string) => void): void {
  if (typeof template !== 'object') return
  if (Array.isArray(template)) {
    for (const item of template) columnsAt(item, path, add)
    return
  }
  const options = template as { readonly [member: string]: Template }
  const name = directiveOf(options)
  if (name === undefined) {
    for (const [member, inner] of Object.entries(options)) columnsAt(inner, `${path}.${member}`, add)
    return
  }
  if (name === '$reference' || name === '$decimal') return
  const argument = options[name]
  const columns = name === '$join' ? (argument as readonly string[]) : [String(argument)]
  for (const column of columns) if (!column.startsWith('=')) add(column, path)
  if (typeof options.unitColumn === 'string') add(options.unitColumn, `${path}.unit`)
}

function keyColumns({ layout, times, records, panels }: CsvMapping): ReadonlySet<string> {
  const names = [
    ...layout.rowKey,
    ...records.flatMap(({ key, when }) => [...key, ...(when === undefined ? [] : [when.column])]),
    ...panels.flatMap(({ key }) => key),
    ...Object.values(times),
  ]
  return new Set(names.filter((name) => name !== '@row' && !name.startsWith('=')))
}
