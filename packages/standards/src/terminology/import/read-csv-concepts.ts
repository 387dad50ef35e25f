/** Reads concepts from CSV or TSV whose columns are named: GB/T 2260, ICD-10 and ICD-9-CM-3 editions, LOINC, tables of a hospital. */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { Concept, Designation } from '../concept.ts'
import type { ReadRow } from './import-release.ts'

/** Which column holds what. */
export interface CsvColumns {
  readonly code: string
  readonly display: string
  readonly english?: string
  readonly parent?: string
  /** Several names, separated by `|` or `;`. */
  readonly synonyms?: string
  readonly properties?: readonly string[]
}

const longestRecord = 1024 * 1024

/** Rows in order, with the line each ends on. Tabs or commas, by the file's name or its first line. */
export async function* readCsvConcepts(
  path: string,
  columns: CsvColumns,
  { delimiter }: { readonly delimiter: ',' | '\t' },
): AsyncGenerator<ReadRow> {
  const parser = createReadStream(path).pipe(
    parse({
      columns: true,
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRecord,
      ...(delimiter === '\t' ? { quote: false as const } : {}),
    }),
  )
  for await (const { record, info } of parser as AsyncIterable<{
    record: Record<string, string | undefined>
    info: { lines: number }
  }>) {
    const code = record[columns.code]?.trim() ?? ''
    const display = record[columns.display]?.trim() ?? ''
    if (code === '' || display === '') yield { line: info.lines, hint: missing(columns) }
    else yield { line: info.lines, concept: conceptOf(record, columns, { code, display }) }
  }
}

const missing = ({ code, display }: CsvColumns) => ({
  zh: `“${code}”或“${display}”列为空或不存在，已略过。`,
  en: `The column ${code} or ${display} is empty or not there; left out.`,
})

function conceptOf(
  record: Record<string, string | undefined>,
  columns: CsvColumns,
  { code, display }: { readonly code: string; readonly display: string },
): Concept {
  const cell = (name: string | undefined) => (name === undefined ? '' : (record[name]?.trim() ?? ''))
  const english = cell(columns.english)
  const designations: Designation[] = [
    ...(english === '' ? [] : [{ language: 'en', value: english, use: 'preferred' as const }]),
    ...cell(columns.synonyms)
      .split(/[|;；]/)
      .filter((value) => value.trim() !== '')
      .map((value) => ({ language: 'und', value: value.trim(), use: 'synonym' as const })),
  ]
  const properties = (columns.properties ?? []).flatMap((name) =>
    cell(name) === '' ? [] : [{ code: name, value: cell(name) }],
  )
  const parent = cell(columns.parent)
  return {
    code,
    display,
    ...(designations.length === 0 ? {} : { designations }),
    ...(properties.length === 0 ? {} : { properties }),
    ...(parent === '' ? {} : { parents: [parent] }),
  }
}
