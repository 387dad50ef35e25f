/** The records of a row: those the mapping's rules name, and one Observation for each measured column. */
import type { Received } from '../../connect/received.ts'
import { patientIdOf } from '../fhir/record-facts.ts'
import { type FhirObject, writeFhirJson } from '../fhir-json.ts'
import { buildProvenance } from '../provenance.ts'
import { agentsOf } from '../record-agents.ts'
import type { RecordTimes, StandardiseTools, StandardRecord } from '../standardised.ts'
import { quantityCell } from './cell-values.ts'
import type { CsvMapping, MeasurementRule, PanelRule, RecordCondition, RecordRule } from './csv-mapping.ts'
import { type Filling, fillTemplate } from './fill-template.ts'
import type { CellProblem, Row } from './row.ts'
import { dateTimeText } from './table-times.ts'

/** The records, and the cells that became *value absent, with a finding* because the source opts for it. */
export interface RowRecords {
  readonly records: readonly StandardRecord[]
  readonly absent: readonly CellProblem[]
}

interface Work {
  readonly row: Row
  readonly mapping: CsvMapping
  readonly received: Received
  readonly tools: StandardiseTools
  readonly filling: Filling
  readonly absent: CellProblem[]
}

const absentReasonSystem = 'http://terminology.hl7.org/CodeSystem/data-absent-reason'

/** A measured column of a row that becomes an Observation. */
export interface PlannedMeasurement {
  readonly panel: PanelRule
  readonly measured: MeasurementRule
}

/** What each record of a row is made by. */
export type PlannedRecord = { readonly rule: RecordRule } | PlannedMeasurement

/** The records that a row gives, in their order: by the rules, then one for each measured column. Pure. */
export function plannedRecords(row: Row, mapping: CsvMapping): readonly PlannedRecord[] {
  const rules = mapping.records.filter((rule) => holds(rule.when, row, mapping)).map((rule) => ({ rule }))
  const measurements = mapping.panels.flatMap((panel) =>
    panel.measurements
      .filter(({ column, whenAbsent }) => {
        return row.has(column) && (whenAbsent !== 'omit' || row.cell(column) !== undefined)
      })
      .map((measured) => ({ panel, measured })),
  )
  return [...rules, ...measurements]
}

/**
 * Makes every record of a row. Problems are noted in the row; with any, the records are not to be used. `outside`: `Type/id` of records that
 * the row does not make and may name.
 */
export function rowRecords(
  row: Row,
  mapping: CsvMapping,
  received: Received,
  tools: StandardiseTools,
  outside: ReadonlyMap<string, string> = new Map(),
): RowRecords {
  const ids = new Map<string, string>()
  const idOf = (type: string, name: string, key: readonly string[]) =>
    tools.identify(
      type,
      JSON.stringify([received.source.name, name, ...keyParts(key, row, { received, outside })]),
    )
  const plans = plannedRecords(row, mapping)
  const wanted = plans.flatMap((plan) => ('rule' in plan ? [plan.rule] : []))
  for (const rule of wanted) ids.set(rule.name, `${rule.type}/${idOf(rule.type, rule.name, rule.key)}`)
  const filling: Filling = {
    row,
    decimalMark: mapping.layout.decimalMark,
    timeZone: received.source.timeZone,
    valueMaps: mapping.valueMaps,
    referenceOf: (name) => ids.get(name) ?? outside.get(name),
  }
  const work: Work = { row, mapping, received, tools, filling, absent: [] }
  const times = timesOf(work)
  const records = wanted.map((rule) => {
    const id = (ids.get(rule.name) as string).slice(rule.type.length + 1)
    return recordOf({ ...fillTemplate(rule.template, filling), resourceType: rule.type, id }, times, work)
  })
  for (const plan of plans) {
    if ('rule' in plan) continue
    const { panel, measured } = plan
    const id = idOf('Observation', `${measured.code.system}|${measured.code.code}`, panel.key)
    records.push(recordOf({ ...observationOf(plan, work), id }, times, work))
  }
  return { records, absent: work.absent }
}

function observationOf({ panel, measured }: PlannedMeasurement, work: Work): FhirObject {
  const { row, filling } = work
  const present = row.cell(measured.column) !== undefined
  const valueQuantity = present ? measuredValue(measured, work) : undefined
  const reason = present ? 'error' : measured.whenAbsent
  return {
    ...fillTemplate(panel.template, filling),
    resourceType: 'Observation',
    code: { coding: [{ ...measured.code }], text: measured.text },
    valueQuantity,
    dataAbsentReason:
      valueQuantity === undefined ? { coding: [{ system: absentReasonSystem, code: reason }] } : undefined,
  }
}

// A source may opt for *value absent, with a finding*: then what is wrong with this cell does not refuse the row.
function measuredValue(measured: MeasurementRule, work: Work): FhirObject | undefined {
  const { row, mapping, received } = work
  const tolerant = received.source.onBadValue === 'absent'
  const noted = tolerant ? { ...row, wrong: noteAbsent(work) } : row
  return quantityCell(noted, measured.column, measured, mapping.layout.decimalMark)
}

function noteAbsent(work: Work): Row['wrong'] {
  return (code, column, finding) => {
    work.absent.push(finding === undefined ? { code, column } : { code, column, finding })
    return undefined
  }
}

function recordOf(
  resource: FhirObject,
  times: RecordTimes,
  { received, mapping, tools }: Work,
): StandardRecord {
  const type = resource.resourceType as string
  const id = resource.id as string
  const patientId = patientIdOf(resource)
  const { id: mapId, version } = mapping
  const provenance = buildProvenance(
    { target: { type, id }, received, times, map: { id: mapId, version }, agents: agentsOf(resource) },
    tools,
  )
  return {
    type,
    id,
    text: writeFhirJson(resource),
    provenance,
    operation: 'upsert',
    times,
    ...(patientId === undefined ? {} : { patientId }),
  }
}

function timesOf({ row, mapping, received }: Work): RecordTimes {
  const read = (column: string | undefined) => {
    const cell = column === undefined ? undefined : row.cell(column)
    if (column === undefined || cell === undefined) return undefined
    return dateTimeText(cell, received.source.timeZone) ?? row.wrong('csv.value.time', column)
  }
  const clinical = read(mapping.times?.clinical)
  const message = read(mapping.times?.message)
  return {
    ...(clinical === undefined ? {} : { clinical }),
    ...(message === undefined ? {} : { message }),
    received: received.receivedTime,
  }
}

function holds(when: RecordCondition | undefined, row: Row, mapping: CsvMapping): boolean {
  if (when === undefined) return true
  const cell = mapping.layout.columns[when.column] === undefined ? undefined : row.cell(when.column)
  return cell !== undefined && (when.in === undefined || when.in.includes(cell))
}

function keyParts(
  key: readonly string[],
  row: Row,
  { received, outside }: { readonly received: Received; readonly outside: ReadonlyMap<string, string> },
): string[] {
  return key.map((part) => {
    if (part === '@row') return received.controlId
    if (part.startsWith('@')) return outside.get(part) ?? ''
    if (part.startsWith('=')) return part.slice(1)
    const cell = row.cell(part)
    if (cell === undefined) row.wrong('csv.value.key-missing', part)
    return cell ?? ''
  })
}
