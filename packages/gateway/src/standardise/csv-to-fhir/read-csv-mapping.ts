/** Reads a mapping document whole and says everything that is wrong with it before any row is touched. */
import type { CsvColumn, CsvLayout } from '../../connect/csv-layout.ts'
import { normaliseHeading } from '../../connect/csv-layout.ts'
import { fieldOf } from '../../connect/segment-field.ts'
import { checkTemplate } from './check-template.ts'
import type {
  CsvMapping,
  MeasurementRule,
  PanelRule,
  RecordCondition,
  RecordRule,
  Template,
} from './csv-mapping.ts'
import { createShapeReader, type MappingProblem, type Members, type ShapeReader } from './mapping-shape.ts'

/** The mapping, or every mistake of the document, in its order. `value` is plain JSON. */
export function readCsvMapping(
  value: unknown,
): CsvMapping | { readonly problems: readonly MappingProblem[] } {
  const shape = createShapeReader()
  const mapping = mappingOf(shape.object(value, ''), shape)
  if (shape.problems.length === 0) checkNames(mapping, shape)
  return shape.problems.length === 0 ? mapping : { problems: shape.problems }
}

/** Tells a mapping from its mistakes. */
export function isCsvMapping(read: ReturnType<typeof readCsvMapping>): read is CsvMapping {
  return 'format' in read
}

function mappingOf(members: Members, shape: ShapeReader): CsvMapping {
  const known = ['format', 'id', 'version', 'title', 'layout', 'times', 'valueMaps', 'records', 'panels']
  shape.only(members, known, '')
  const title = shape.object(members.title, '/title')
  const id = shape.string(members.id, '/id')
  const version = shape.string(members.version, '/version')
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) shape.wrong('csv.mapping.id', '/id')
  if (!/^\d+\.\d+\.\d+$/.test(version)) shape.wrong('csv.mapping.version', '/version')
  return {
    format: shape.oneOf(members.format, ['meridian-csv-mapping/1'], '/format'),
    id,
    version,
    title: { zh: shape.string(title.zh, '/title/zh'), en: shape.string(title.en, '/title/en') },
    layout: layoutOf(shape.object(members.layout, '/layout'), shape),
    times: timesOf(shape.object(members.times ?? {}, '/times'), shape),
    valueMaps: valueMapsOf(shape.object(members.valueMaps ?? {}, '/valueMaps'), shape),
    records: shape
      .list(members.records, '/records')
      .map((rule, at) => recordOf(shape.object(rule, `/records/${at}`), `/records/${at}`, shape)),
    panels: shape
      .list(members.panels ?? [], '/panels')
      .map((rule, at) => panelOf(shape.object(rule, `/panels/${at}`), `/panels/${at}`, shape)),
  }
}

function layoutOf(members: Members, shape: ShapeReader): CsvLayout {
  const known = [
    'encoding',
    'delimiter',
    'decimalMark',
    'absent',
    'columns',
    'ignored',
    'rowKey',
    'skipLines',
    'columnCount',
    'segment',
  ]
  shape.only(members, known, '/layout')
  const count = wholeNumber(members.columnCount, '/layout/columnCount', shape)
  const columns = Object.entries(shape.object(members.columns, '/layout/columns'))
  if (columns.length === 0) shape.wrong('csv.mapping.no-columns', '/layout/columns')
  return {
    encoding: shape.oneOf(members.encoding ?? 'auto', ['auto', 'utf-8', 'gb18030'], '/layout/encoding'),
    delimiter: shape.oneOf(members.delimiter ?? 'auto', ['auto', ',', ';', '\t', '|'], '/layout/delimiter'),
    decimalMark: shape.oneOf(members.decimalMark ?? '.', ['.', ','], '/layout/decimalMark'),
    absent: shape.strings(members.absent ?? [], '/layout/absent'),
    columns: Object.fromEntries(
      columns.map(([name, column]) => {
        const place = `/layout/columns/${name}`
        return [name, columnOf(shape.object(column, place), place, shape)]
      }),
    ),
    ignored: shape.strings(members.ignored ?? [], '/layout/ignored'),
    rowKey: shape.strings(members.rowKey ?? [], '/layout/rowKey'),
    skipLines: wholeNumber(members.skipLines, '/layout/skipLines', shape) ?? 0,
    ...(count === undefined ? {} : { columnCount: count }),
    ...(members.segment === undefined ? {} : { segment: segmentOf(members.segment, shape) }),
  }
}

/** Segments that HL7 leaves to the sites begin with Z (HL7 v2.8 §2.5.2); the others have their standard conversion. */
function segmentOf(value: unknown, shape: ShapeReader): string {
  const name = shape.string(value, '/layout/segment')
  if (!/^Z[A-Z0-9]{2}$/.test(name)) shape.wrong('csv.mapping.segment', '/layout/segment')
  return name
}

function columnOf(members: Members, place: string, shape: ShapeReader): CsvColumn {
  shape.only(members, ['headings', 'optional', 'absent'], place)
  const headings = shape.strings(members.headings, `${place}/headings`)
  if (headings.length === 0) shape.wrong('csv.mapping.no-headings', place)
  return {
    headings,
    ...(members.optional === true ? { optional: true } : {}),
    ...(members.absent === undefined ? {} : { absent: shape.strings(members.absent, `${place}/absent`) }),
  }
}

function timesOf(members: Members, shape: ShapeReader): CsvMapping['times'] {
  shape.only(members, ['clinical', 'message'], '/times')
  return {
    ...(members.clinical === undefined
      ? {}
      : { clinical: shape.string(members.clinical, '/times/clinical') }),
    ...(members.message === undefined ? {} : { message: shape.string(members.message, '/times/message') }),
  }
}

function valueMapsOf(members: Members, shape: ShapeReader): CsvMapping['valueMaps'] {
  return Object.fromEntries(
    Object.entries(members).map(([name, map]) => {
      const entries = Object.entries(shape.object(map, `/valueMaps/${name}`))
      return [
        name,
        Object.fromEntries(
          entries.map(([from, to]) => [from, shape.string(to, `/valueMaps/${name}/${from}`)]),
        ),
      ]
    }),
  )
}

function recordOf(members: Members, place: string, shape: ShapeReader): RecordRule {
  shape.only(members, ['name', 'type', 'key', 'when', 'template'], place)
  const when = members.when === undefined ? undefined : conditionOf(members.when, `${place}/when`, shape)
  return {
    name: shape.string(members.name, `${place}/name`),
    type: shape.string(members.type, `${place}/type`),
    key: shape.strings(members.key, `${place}/key`),
    template: shape.object(members.template, `${place}/template`) as RecordRule['template'],
    ...(when === undefined ? {} : { when }),
  }
}

function conditionOf(value: unknown, place: string, shape: ShapeReader): RecordCondition {
  const members = shape.object(value, place)
  shape.only(members, ['column', 'in'], place)
  return {
    column: shape.string(members.column, `${place}/column`),
    ...(members.in === undefined ? {} : { in: shape.strings(members.in, `${place}/in`) }),
  }
}

function panelOf(members: Members, place: string, shape: ShapeReader): PanelRule {
  shape.only(members, ['key', 'template', 'measurements'], place)
  return {
    key: shape.strings(members.key, `${place}/key`),
    template: shape.object(members.template, `${place}/template`) as PanelRule['template'],
    measurements: shape
      .list(members.measurements, `${place}/measurements`)
      .map((rule, at) => measurementOf(rule, `${place}/measurements/${at}`, shape)),
  }
}

function measurementOf(value: unknown, place: string, shape: ShapeReader): MeasurementRule {
  const members = shape.object(value, place)
  shape.only(
    members,
    ['column', 'code', 'text', 'unit', 'unitColumn', 'convertTo', 'dimensionless', 'whenAbsent'],
    place,
  )
  const code = shape.object(members.code, `${place}/code`)
  const optional = (name: 'unit' | 'unitColumn' | 'convertTo') =>
    members[name] === undefined ? {} : { [name]: shape.string(members[name], `${place}/${name}`) }
  return {
    column: shape.string(members.column, `${place}/column`),
    code: {
      system: shape.string(code.system, `${place}/code/system`),
      code: shape.string(code.code, `${place}/code/code`),
      ...(code.display === undefined ? {} : { display: shape.string(code.display, `${place}/code/display`) }),
    },
    text: shape.string(members.text, `${place}/text`),
    ...optional('unit'),
    ...optional('unitColumn'),
    ...optional('convertTo'),
    ...(members.dimensionless === true ? { dimensionless: true } : {}),
    whenAbsent: shape.oneOf(
      members.whenAbsent ?? 'omit',
      ['omit', 'unknown', 'not-performed', 'not-asked'],
      `${place}/whenAbsent`,
    ),
  }
}

function wholeNumber(value: unknown, place: string, shape: ShapeReader): number | undefined {
  if (value === undefined) return undefined
  return Number.isSafeInteger(value) && (value as number) >= 0
    ? (value as number)
    : shape.wrong('csv.mapping.number', place)
}

/** Every name that is used is one that exists. */
function checkNames(mapping: CsvMapping, shape: ShapeReader): void {
  const { layout, times, records, panels, valueMaps } = mapping
  const ofMessage = layout.segment === undefined ? [] : messageRecords
  const outside: readonly string[] = ['@row', ...ofMessage]
  const column = (name: string, place: string) => {
    if (!Object.hasOwn(layout.columns, name)) shape.wrong('csv.mapping.column-unknown', place)
  }
  const key = (parts: readonly string[], place: string) => {
    if (parts.length === 0) shape.wrong('csv.mapping.key-empty', place)
    for (const part of parts) if (!outside.includes(part) && !part.startsWith('=')) column(part, place)
  }
  const names = { column, records: new Set([...records.map((rule) => rule.name), ...ofMessage]), valueMaps }
  const template = (members: Readonly<Record<string, Template>>, place: string) =>
    checkTemplate(members, place, names, shape)
  checkHeadings(layout, shape)
  checkFields(layout, shape)
  for (const name of layout.rowKey) column(name, '/layout/rowKey')
  if (times.clinical !== undefined) column(times.clinical, '/times/clinical')
  if (times.message !== undefined) column(times.message, '/times/message')
  if (names.records.size !== records.length + ofMessage.length)
    shape.wrong('csv.mapping.name-twice', '/records')
  for (const [at, rule] of records.entries()) {
    key(rule.key, `/records/${at}/key`)
    if (rule.when !== undefined) column(rule.when.column, `/records/${at}/when`)
    template(rule.template, `/records/${at}/template`)
  }
  for (const [at, panel] of panels.entries()) {
    key(panel.key, `/panels/${at}/key`)
    template(panel.template, `/panels/${at}/template`)
    for (const { column: name, unitColumn } of panel.measurements) {
      column(name, `/panels/${at}/measurements`)
      if (unitColumn !== undefined) column(unitColumn, `/panels/${at}/measurements`)
    }
  }
}

/** The records of the message that a segment belongs to, under the names by which a mapping of segments refers to them. */
export const messageRecords = ['@patient', '@encounter'] as const

/** Headings of segments are fields of that segment, with at most one component. */
function checkFields({ segment, columns }: CsvLayout, shape: ShapeReader): void {
  if (segment === undefined) return
  for (const [name, { headings }] of Object.entries(columns))
    for (const [at, heading] of headings.entries())
      if (fieldOf(heading)?.segment !== segment)
        shape.wrong('csv.mapping.field', `/layout/columns/${name}/headings/${at}`)
}

// One heading must mean one column, whatever synonyms the columns have.
function checkHeadings(layout: CsvLayout, shape: ShapeReader): void {
  const seen = new Set<string>()
  for (const [name, { headings }] of Object.entries(layout.columns)) {
    for (const heading of new Set(headings.map(normaliseHeading))) {
      if (seen.has(heading)) shape.wrong('csv.mapping.heading-twice', `/layout/columns/${name}`)
      seen.add(heading)
    }
  }
  for (const heading of layout.ignored) {
    if (seen.has(normaliseHeading(heading))) shape.wrong('csv.mapping.heading-twice', '/layout/ignored')
  }
}
