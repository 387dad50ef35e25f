/** Cells as FHIR values: numbers with the digits they came with, quantities with UCUM units, mapped codes, dates. */
import { isFinding, readMeasurement, toCanonicalUnit, type UnitSources } from '@meridian/standards'
import { type DecimalText, decimalText, type FhirObject } from '../fhir-json.ts'
import type { Row } from './row.ts'

/** UCUM as a FHIR code system. */
export const ucumSystem = 'http://unitsofmeasure.org'

/** How numbers are written in this table. */
export type DecimalMark = '.' | ','

/** A cell as a decimal; a mark that is not the table's own is refused, for `1,234` may be either. */
export function numberCell(row: Row, column: string, mark: DecimalMark): DecimalText | undefined {
  const cell = row.cell(column)
  if (cell === undefined) return undefined
  const text = plainNumber(cell, mark)
  const value = text === undefined ? undefined : decimalText(text)
  return value ?? row.wrong('csv.value.number', column)
}

/** A cell as a whole number. */
export function integerCell(row: Row, column: string): DecimalText | undefined {
  const cell = row.cell(column)
  if (cell === undefined) return undefined
  const value = /^[+-]?\d{1,15}$/.test(cell) ? decimalText(cell) : undefined
  return value ?? row.wrong('csv.value.integer', column)
}

/** A cell as one of the table's values; compared as it is, then without case and width. */
export function codeCell(
  row: Row,
  column: string,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const cell = row.cell(column)
  if (cell === undefined) return undefined
  const exact = Object.hasOwn(values, cell) ? values[cell] : undefined
  if (exact !== undefined) return exact
  const wanted = folded(cell)
  for (const [from, to] of Object.entries(values)) if (folded(from) === wanted) return to
  return row.wrong('csv.value.not-in-map', column)
}

/** A cell that says yes or no in the table's words. */
export function booleanCell(
  row: Row,
  column: string,
  words: { readonly yes: readonly string[]; readonly no: readonly string[] },
): boolean | undefined {
  const cell = row.cell(column)
  if (cell === undefined) return undefined
  if (words.yes.some((word) => folded(word) === folded(cell))) return true
  return words.no.some((word) => folded(word) === folded(cell))
    ? false
    : row.wrong('csv.value.boolean', column)
}

/** Where a quantity's unit comes from, besides the cell itself. */
export interface QuantityRule {
  readonly unit?: string
  readonly unitColumn?: string
  readonly convertTo?: string
  readonly dimensionless?: boolean
}

/** A cell as Quantity. The unit comes from the cell, then the unit column, then the mapping; otherwise it is refused. */
export function quantityCell(
  row: Row,
  column: string,
  rule: QuantityRule,
  mark: DecimalMark,
): FhirObject | undefined {
  const cell = row.cell(column)
  if (cell === undefined) return undefined
  const text = mark === ',' ? commaToPoint(cell) : cell.includes(',') ? undefined : cell
  if (text === undefined) return row.wrong('csv.value.number', column)
  const read = readMeasurement(text, unitSources(row, column, rule))
  if (isFinding(read)) return row.wrong(read.code, column, read)
  const measured = rule.convertTo === undefined ? read : toCanonicalUnit(read, rule.convertTo)
  if (isFinding(measured)) return row.wrong(measured.code, column, measured)
  const value = decimalText(measured.value)
  if (value === undefined) return row.wrong('csv.value.number', column)
  return {
    value,
    comparator: measured.comparator,
    unit: measured.unit,
    system: ucumSystem,
    code: measured.unit,
  }
}

function unitSources(row: Row, column: string, rule: QuantityRule): UnitSources {
  const field = rule.unitColumn === undefined ? undefined : row.cell(rule.unitColumn)
  return {
    path: row.heading(column),
    ...(field === undefined ? {} : { field }),
    ...(rule.unit === undefined ? {} : { mapping: rule.unit }),
    ...(rule.dimensionless === undefined ? {} : { dimensionless: rule.dimensionless }),
  }
}

function plainNumber(cell: string, mark: DecimalMark): string | undefined {
  if (mark === ',') return commaToPoint(cell)
  return cell.includes(',') ? undefined : cell
}

// One comma and no point: with both it is not certain which one separates thousands.
function commaToPoint(cell: string): string | undefined {
  return cell.includes('.') || cell.split(',').length > 2 ? undefined : cell.replace(',', '.')
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
