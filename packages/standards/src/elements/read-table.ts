/** Reads a table of a hospital's licensed copy, CSV or XLSX, into rows of text; bounded, and a reason instead of a throw. */
import { parse } from 'csv-parse/sync'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { readXlsx } from './read-xlsx.ts'

/** Bounds of one table. */
export const tableLimits = Object.freeze({ bytes: 64 * 1024 * 1024, rows: 50_000, columns: 200 })

/** Rows of cells, the first one with headings; or why there are none. */
export function readTable(bytes: Uint8Array): readonly (readonly string[])[] | Finding {
  if (bytes.length > tableLimits.bytes) return unreadable('size')
  const rows = bytes[0] === 0x50 && bytes[1] === 0x4b ? readXlsx(bytes, tableLimits) : readCsv(bytes)
  if (rows === undefined) return unreadable('form')
  return rows.length > tableLimits.rows ? unreadable('rows') : rows
}

const unreadable = (rule: string): Finding =>
  findingOf('import.unreadable', '', { rule, limit: tableLimits.rows })

function readCsv(bytes: Uint8Array): string[][] | undefined {
  const text = decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030')
  if (text === undefined) return undefined
  try {
    const limits = { max_record_size: 1024 * 1024, to: tableLimits.rows + 1 }
    return parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      ...limits,
    }) as string[][]
  } catch {
    return undefined
  }
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
