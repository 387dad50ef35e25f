/** Reads LOINC from `Loinc.csv`, with names from a linguistic variant (`zhCN…LinguisticVariant.csv`) when there is one. */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { Bilingual } from '../../finding.ts'
import type { Concept, Designation, ReleaseHead } from '../concept.ts'
import type { ReadRow } from './import-release.ts'
import { ImportStopped } from './import-stopped.ts'

/** The six axes, which together are the fully specified name. */
const axes = ['COMPONENT', 'PROPERTY', 'TIME_ASPCT', 'SYSTEM', 'SCALE_TYP', 'METHOD_TYP'] as const

/** Kept as properties under the names FHIR uses for LOINC. */
const properties = [...axes, 'CLASS', 'STATUS', 'ORDER_OBS', 'VersionLastChanged'] as const

const needed = ['LOINC_NUM', 'COMPONENT', 'LONG_COMMON_NAME', 'STATUS']
const longestRecord = 1024 * 1024
const mostVariantRows = 500_000

type Cells = Readonly<Record<string, string | undefined>>

/** The head of a LOINC release. */
export const loincHead = (version: string, licence?: string): ReleaseHead => ({
  system: 'http://loinc.org',
  version,
  titles: { zh: 'LOINC', en: 'LOINC' },
  language: 'en',
  licence: licence ?? 'Regenstrief Institute',
})

/** Rows of the table in order; `variant` is the Chinese file. @throws ImportStopped for a table of another form. */
export async function* readLoinc(path: string, variant?: string): AsyncGenerator<ReadRow> {
  const names = new Map<string, Designation[]>()
  if (variant !== undefined) {
    for await (const { line, cells } of tableRows(variant, ['LOINC_NUM', 'COMPONENT'])) {
      const code = cells.LOINC_NUM?.trim() ?? ''
      if (!isLoincCode(code)) yield { line, hint: hints.variant }
      else names.set(code, variantNames(cells))
      if (names.size > mostVariantRows) throw new ImportStopped(tooMany)
    }
  }
  for await (const { line, cells } of tableRows(path, needed)) {
    const code = cells.LOINC_NUM?.trim() ?? ''
    const display = cells.LONG_COMMON_NAME?.trim() ?? ''
    if (!isLoincCode(code)) yield { line, hint: hints.code }
    else if (display === '') yield { line, hint: hints.name }
    else yield { line, concept: conceptOf(cells, { code, display }, names.get(code) ?? []) }
  }
}

/** Digits, a hyphen, and the check digit after Luhn (LOINC Users' Guide, appendix C). */
export function isLoincCode(text: string): boolean {
  const [, digits, check] = /^(\d{1,7})-(\d)$/.exec(text) ?? []
  if (digits === undefined) return false
  const sum = [...digits].reverse().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return all + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}

const hints = {
  code: {
    zh: 'LOINC_NUM 不是 LOINC 代码，或校验位不对，已略过。',
    en: 'LOINC_NUM is no LOINC code, or its check digit is wrong; left out.',
  },
  name: { zh: 'LONG_COMMON_NAME 为空，已略过。', en: 'LONG_COMMON_NAME is empty; left out.' },
  variant: {
    zh: '译名文件：LOINC_NUM 不是 LOINC 代码，已略过。',
    en: 'Linguistic variant: LOINC_NUM is no LOINC code; left out.',
  },
} satisfies Record<string, Bilingual>

const tooMany: Bilingual = { zh: '译名文件行数过多。', en: 'The linguistic variant has too many rows.' }

function conceptOf(
  cells: Cells,
  { code, display }: { readonly code: string; readonly display: string },
  translated: readonly Designation[],
): Concept {
  const text = (name: string) => cells[name]?.trim() ?? ''
  const own: Designation[] = [
    { language: 'en', value: axes.map(text).join(':').replace(/:+$/, ''), use: 'fully-specified' },
    { language: 'en', value: text('CONSUMER_NAME'), use: 'synonym' },
    { language: 'en', value: text('DisplayName'), use: 'synonym' },
    { language: 'en', value: text('SHORTNAME'), use: 'abbreviation' },
  ]
  return {
    code,
    display,
    designations: [...own.filter(({ value }) => value !== '' && value !== display), ...translated],
    properties: properties.flatMap((name) => (text(name) === '' ? [] : [{ code: name, value: text(name) }])),
    ...(text('STATUS') === 'DEPRECATED' ? { inactive: true as const } : {}),
  }
}

/** The long name where it was translated, and the axes joined, which always are. */
function variantNames(cells: Cells): Designation[] {
  const text = (name: string) => cells[name]?.trim() ?? ''
  const joined = axes
    .map(text)
    .filter((part) => part !== '')
    .join(':')
  const shown = text('LinguisticVariantDisplayName') || text('LONG_COMMON_NAME')
  const all: Designation[] = [
    { language: 'zh-CN', value: shown || joined, use: 'preferred' },
    { language: 'zh-CN', value: shown === '' ? '' : joined, use: 'fully-specified' },
    { language: 'zh-CN', value: text('SHORTNAME'), use: 'synonym' },
  ]
  return all.filter(({ value }) => value !== '')
}

async function* tableRows(
  path: string,
  columns: readonly string[],
): AsyncGenerator<{ readonly line: number; readonly cells: Cells }> {
  const checked = (names: string[]) => {
    const missing = columns.filter((name) => !names.includes(name))
    if (missing.length > 0) throw new ImportStopped(lacks(path, missing))
    return names
  }
  const parser = parse({
    columns: checked,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  })
  const file = createReadStream(path)
  file.on('error', (error) => parser.destroy(error)).pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Cells; info: { lines: number } }>)
      yield { line: info.lines, cells: record }
  } catch (error) {
    const { code = '', lines } = error as { code?: string; lines?: number }
    throw code.startsWith('CSV_') ? new ImportStopped(malformed(path, lines)) : error
  } finally {
    file.destroy()
  }
}

const lacks = (path: string, missing: readonly string[]): Bilingual => ({
  zh: `${path} 缺少列 ${missing.join('、')}。`,
  en: `${path} lacks the columns ${missing.join(', ')}.`,
})

const malformed = (path: string, line = 0): Bilingual => ({
  zh: `${path} 第 ${line} 行不是合格的 CSV（引号未闭合或行过长）。`,
  en: `${path}, line ${line}: no well-formed CSV (an open quote, or too long a row).`,
})
