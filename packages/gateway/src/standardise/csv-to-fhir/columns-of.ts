/** From an element of a converted record back to the column of the row it came from, for whoever mends a refused row. */
import type { Received } from '../../connect/received.ts'
import type { PlaceOf } from '../../validate/validate.ts'
import type { StandardiseTools } from '../standardised.ts'
import type { CsvMapping, Template } from './csv-mapping.ts'
import { openRow } from './csv-row-to-fhir.ts'
import { directiveOf } from './fill-template.ts'
import type { Row } from './row.ts'
import { type PlannedRecord, plannedRecords } from './row-records.ts'

/** `column "体温"` for a record of the row and a path in it; the row is read again only when something is asked. */
export function columnsOf(received: Received, tools: StandardiseTools): PlaceOf {
  let opened: { readonly row: Row; readonly plans: readonly PlannedRecord[] } | undefined
  return (index, path) => {
    opened ??= reopen(received, tools.csvMapping?.(received.context.mapping ?? ''))
    const plan = opened?.plans[index]
    if (opened === undefined || plan === undefined) return undefined
    const column = columnOf(plan, stepsOf(path), opened.row)
    return column === undefined ? undefined : `column "${opened.row.heading(column)}"`
  }
}

function reopen(received: Received, mapping: CsvMapping | undefined) {
  const row = mapping === undefined ? undefined : openRow(received, mapping)
  return mapping === undefined || row === undefined || 'refusedBy' in row
    ? undefined
    : { row, plans: plannedRecords(row, mapping) }
}

interface Step {
  readonly name: string
  readonly index: number
}

/** `Patient.name[0].family` without the type. */
function stepsOf(path: string): readonly Step[] {
  return path
    .split('.')
    .slice(1)
    .map((step) => {
      const [, name = step, index = '0'] = /^(.+?)\[(\d+)\]$/.exec(step) ?? []
      return { name, index: Number(index) }
    })
}

function columnOf(plan: PlannedRecord, steps: readonly Step[], row: Row): string | undefined {
  if ('rule' in plan) return columnAt(plan.rule.template, steps, row)
  const isMeasured = /^(value|dataAbsentReason)/.test(steps[0]?.name ?? '')
  return isMeasured ? plan.measured.column : columnAt(plan.panel.template, steps, row)
}

/** Follows the path as far as the template goes: below a directive all came from its column. */
function columnAt(template: Template | undefined, steps: readonly Step[], row: Row): string | undefined {
  if (template === undefined || typeof template !== 'object') return undefined
  if (Array.isArray(template)) return columnAt(template[0], steps, row)
  const options = template as { readonly [member: string]: Template }
  const [step, ...rest] = steps
  if (directiveOf(options) !== undefined || step === undefined) return columnsIn(template)[0]
  const member = options[step.name]
  return columnAt(Array.isArray(member) ? itemAt(member, step.index, row) : member, rest, row)
}

/** Items all of whose columns are empty were left out of the record, so they do not count. */
function itemAt(items: readonly Template[], index: number, row: Row): Template | undefined {
  const given = items.filter((item) => {
    const columns = columnsIn(item)
    return columns.length === 0 || columns.some((column) => row.cell(column) !== undefined)
  })
  return given[index] ?? items[index]
}

/** The columns that a template reads, in its order. */
function columnsIn(template: Template): readonly string[] {
  if (typeof template !== 'object') return []
  if (Array.isArray(template)) return template.flatMap(columnsIn)
  const options = template as { readonly [member: string]: Template }
  const name = directiveOf(options)
  if (name === undefined) return Object.values(options).flatMap(columnsIn)
  const argument = options[name]
  if (name === '$reference' || name === '$decimal') return []
  if (name === '$join') return (argument as readonly string[]).filter((part) => !part.startsWith('='))
  return [String(argument)]
}
