/** Fills a record's template from a row: constants stay, directives become values, and what has nothing to say is left out. */
import { decimalText, type FhirObject, type FhirValue } from '../fhir-json.ts'
import {
  booleanCell,
  codeCell,
  type DecimalMark,
  integerCell,
  numberCell,
  type QuantityRule,
  quantityCell,
} from './cell-values.ts'
import type { Template } from './csv-mapping.ts'
import type { Row } from './row.ts'
import { type DateOrder, dateText, dateTimeText } from './table-times.ts'

/** What filling needs beside the template. */
export interface Filling {
  readonly row: Row
  readonly decimalMark: DecimalMark
  readonly timeZone: string
  readonly valueMaps: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** `Type/id` of the row's records by name; undefined for one that this row does not give. */
  readonly referenceOf: (name: string) => string | undefined
}

type Options = Readonly<Record<string, Template>>
type Fill = (argument: Template, options: Options, filling: Filling) => FhirValue

const fills: Readonly<Record<string, Fill>> = {
  $text: (column, _, { row }) => row.cell(String(column)),
  $number: (column, _, { row, decimalMark }) => numberCell(row, String(column), decimalMark),
  $integer: (column, _, { row }) => integerCell(row, String(column)),
  $code: (column, options, { row, valueMaps }) =>
    codeCell(row, String(column), valueMaps[String(options.values)] ?? {}),
  $quantity: (column, options, { row, decimalMark }) =>
    quantityCell(row, String(column), options as QuantityRule, decimalMark),
  $date: (column, options, { row }) =>
    timeCell(row, String(column), (cell) => dateText(cell, orderOf(options))),
  $dateTime: (column, options, { row, timeZone }) =>
    timeCell(row, String(column), (cell) => dateTimeText(cell, timeZone, orderOf(options))),
  $boolean: (column, options, { row }) =>
    booleanCell(row, String(column), { yes: options.yes as string[], no: options.no as string[] }),
  $reference: (name, _, { referenceOf }) => {
    const reference = referenceOf(String(name))
    return reference === undefined ? undefined : { reference }
  },
  $join: (parts, _, { row }) => joined(parts as readonly string[], row),
  $decimal: (text) => decimalText(String(text)),
}

/** The resource a template and a row make; cells that are wrong are noted in the row. */
export function fillTemplate(template: Options, filling: Filling): FhirObject {
  return fillMembers(template, filling).value
}

/** The directive of a template object, or undefined when it is a plain object. */
export function directiveOf(template: Options): string | undefined {
  return Object.keys(template).find((member) => member.startsWith('$'))
}

interface Filled<V> {
  readonly value: V
  /** How many directives stand inside, and how many of them gave something. */
  readonly asked: number
  readonly given: number
}

function fill(template: Template, filling: Filling): Filled<FhirValue> {
  if (typeof template !== 'object') return { value: template, asked: 0, given: 0 }
  if (Array.isArray(template)) return fillItems(template, filling)
  const options = template as Options
  const name = directiveOf(options)
  if (name === undefined) {
    const filled = fillMembers(options, filling)
    // `{system, value: absent}` says nothing: an object all of whose directives are absent is absent.
    return filled.asked > 0 && filled.given === 0 ? { ...filled, value: undefined } : filled
  }
  const value = fills[name]?.(options[name] as Template, options, filling)
  return { value, asked: 1, given: value === undefined ? 0 : 1 }
}

function fillItems(items: readonly Template[], filling: Filling): Filled<FhirValue> {
  const filled = items.map((item) => fill(item, filling))
  return { value: filled.map((item) => item.value), ...counted(filled) }
}

function fillMembers(members: Options, filling: Filling): Filled<FhirObject> {
  const filled = Object.entries(members).map(([name, member]) => [name, fill(member, filling)] as const)
  const value = Object.fromEntries(filled.map(([name, member]) => [name, member.value]))
  return { value, ...counted(filled.map(([, member]) => member)) }
}

function counted(filled: readonly Filled<FhirValue>[]): { asked: number; given: number } {
  let asked = 0
  let given = 0
  for (const item of filled) {
    asked += item.asked
    given += item.given
  }
  return { asked, given }
}

function timeCell(row: Row, column: string, read: (cell: string) => string | undefined): string | undefined {
  const cell = row.cell(column)
  if (cell === undefined) return undefined
  return read(cell) ?? row.wrong('csv.value.time', column)
}

function orderOf(options: Options): DateOrder {
  return (options.order as DateOrder | undefined) ?? 'YMD'
}

/** Columns and, after `=`, constant texts; absent when every column is. */
function joined(parts: readonly string[], row: Row): string | undefined {
  const texts = parts.map((part) => (part.startsWith('=') ? part.slice(1) : row.cell(part)))
  const anything = parts.some((part, index) => !part.startsWith('=') && texts[index] !== undefined)
  return anything ? texts.filter((text) => text !== undefined).join('') : undefined
}
