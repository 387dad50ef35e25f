/** Imports a hospital's licensed copy of the official tables: rows of data elements become an artefact package, problems are listed by row. */
import type { ArtefactFile, Manifest } from '../artefacts/manifest.ts'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { checkElementText } from './check-value.ts'
import { type DataElement, type DataType, dataTypes, type ValueDomain } from './data-element.ts'
import { compilePath } from './element-path.ts'
import { parseFormat } from './format-notation.ts'
import { catalogueOf, fhirTypes, isElementId } from './read-catalogue.ts'
import { readTable } from './read-table.ts'

/** Who imports what. `standard` stands for rows that name none. */
export interface ImportRequest {
  readonly id: string
  readonly steward: string
  readonly standard: string
  readonly titles: { readonly zh: string; readonly en: string }
  readonly from: string
}

/** The files of the package (manifest without its list of files), and what is wrong with rows that were left out. */
export interface ImportedElements {
  readonly files: Readonly<Record<string, unknown>>
  readonly elements: number
  readonly findings: readonly Finding[]
}

const columns = {
  id: ['标识符', '数据元标识符', '数据元标识', 'DE', 'id', 'identifier'],
  zh: ['名称', '数据元名称', 'name', 'name_zh'],
  en: ['英文名称', 'name_en'],
  definition: ['定义', 'definition', 'definition_zh'],
  definitionEn: ['英文定义', 'definition_en'],
  type: ['数据类型', '数据元值的数据类型', 'type'],
  format: ['表示格式', 'format'],
  allowed: ['允许值', '数据元允许值', 'allowed'],
  unit: ['单位', '计量单位', 'unit'],
  fhirPath: ['FHIR路径', 'fhirPath', 'fhir_path'],
  standard: ['标准', 'standard'],
} as const

type Column = keyof typeof columns
type Row = Readonly<Partial<Record<Column, string>>>

/** Imports the bytes of a CSV or XLSX file. `files` is empty when nothing could be read. */
export function importElements(bytes: Uint8Array, request: ImportRequest): ImportedElements {
  const table = readTable(bytes)
  if (!Array.isArray(table)) return { files: {}, elements: 0, findings: [table as Finding] }
  const [headings = [], ...body] = table as string[][]
  const at = placesOf(headings)
  const missing = (['id', 'zh', 'type', 'format'] as const).filter((column) => at[column] === undefined)
  if (missing.length > 0) {
    const needed = missing.map((column) => columns[column][0]).join('、')
    return { files: {}, elements: 0, findings: [findingOf('import.heading', 'row 1', { needed })] }
  }
  const elements: DataElement[] = []
  const domains: ValueDomain[] = []
  const seen = new Set<string>()
  const findings = body.flatMap((cells, i): Finding[] => {
    const row = rowOf(cells, at)
    const fault = faultOf(row, seen)
    if (fault !== undefined) return [rowFinding(i + 2, fault)]
    seen.add(row.id as string)
    const domain = domainOf(row)
    if (domain !== undefined) domains.push(domain)
    elements.push(elementOf(row, domain, request))
    return []
  })
  return { files: filesOf(elements, domains, request), elements: elements.length, findings }
}

const clean = (cell: string | undefined): string => (cell ?? '').normalize('NFKC').trim()

function placesOf(headings: readonly string[]): Partial<Record<Column, number>> {
  const named = headings.map((heading) => clean(heading).replace(/\s/g, '').toLowerCase())
  const place = (names: readonly string[]) => {
    const known = names.map((name) => name.toLowerCase())
    return named.findIndex((heading) => known.includes(heading))
  }
  return Object.fromEntries(
    Object.entries(columns)
      .map(([column, names]) => [column, place(names)] as const)
      .filter(([, index]) => index >= 0),
  )
}

function rowOf(cells: readonly string[], at: Partial<Record<Column, number>>): Row {
  return Object.fromEntries(Object.entries(at).map(([column, index]) => [column, clean(cells[index])]))
}

/** The column that is wrong, or undefined. */
function faultOf(
  { id = '', zh = '', type = '', format = '', fhirPath = '' }: Row,
  seen: ReadonlySet<string>,
) {
  if (!isElementId(id) || id.startsWith('MER.')) return 'id'
  if (seen.has(id)) return 'twice'
  if (zh === '') return 'zh'
  if (typeOf(type) === undefined) return 'type'
  if (parseFormat(format) === undefined) return 'format'
  return fhirPath === '' || compilePath(fhirPath, fhirTypes()) !== undefined ? undefined : 'fhirPath'
}

const typeOf = (text: string): DataType | undefined => dataTypes.find((type) => type === text.toUpperCase())

const faults = {
  id: { zh: '标识符应为官方的 DE 编号', en: 'the identifier must be a DE number of the official table' },
  twice: { zh: '标识符重复', en: 'the identifier stands twice' },
  zh: { zh: '缺少名称', en: 'the name is missing' },
  type: { zh: `数据类型应为 ${dataTypes.join('、')} 之一`, en: `the type is one of ${dataTypes.join(', ')}` },
  format: {
    zh: '表示格式应如 A..50、AN..18、N1..3、D8、DT15',
    en: 'the format is like A..50, AN..18, N1..3, D8, DT15',
  },
  fhirPath: { zh: 'FHIR 路径无法理解', en: 'the FHIR path cannot be understood' },
} as const

function rowFinding(row: number, fault: keyof typeof faults): Finding {
  return findingOf('import.row', `row ${row}`, { row, fault: faults[fault] })
}

/** `1 男; 2 女` becomes a value domain of the element. */
function domainOf({ id = '', zh = '', allowed = '' }: Row): ValueDomain | undefined {
  const codes = allowed
    .split(/[;；\n]/)
    .map((item) => /^\s*([A-Za-z0-9.-]{1,20})[\s.、:：-]+(.+?)\s*$/.exec(item))
    .flatMap((parts) =>
      parts === null ? [] : [{ code: parts[1] ?? '', zh: parts[2] ?? '', en: parts[2] ?? '' }],
    )
  if (codes.length === 0) return undefined
  return { id: `${id}.VALUES`, system: `urn:meridian:cs:${id.toLowerCase()}`, titles: { zh, en: zh }, codes }
}

function elementOf(row: Row, domain: ValueDomain | undefined, { standard }: ImportRequest): DataElement {
  const { id = '', zh = '', en = '', definition = '', definitionEn = '', type = '', format = '' } = row
  const { unit = '', fhirPath = '' } = row
  return {
    id,
    standard: row.standard || standard,
    names: { zh, en: en || zh },
    definition: { zh: definition || zh, en: definitionEn || definition || en || zh },
    type: typeOf(type) ?? 'S1',
    format,
    ...(domain === undefined ? {} : { valueSet: domain.id }),
    ...(unit === '' ? {} : { unit }),
    ...(fhirPath === '' ? {} : { fhirPath }),
  }
}

/** Licensed content: members serve its hash and bring their own copy. */
function filesOf(elements: readonly DataElement[], domains: readonly ValueDomain[], request: ImportRequest) {
  if (elements.length === 0) return {}
  const read = catalogueOf({ elements, domains })
  if (Array.isArray(read)) throw new Error('an imported catalogue cannot be read back')
  const { compiled } = read as Exclude<typeof read, readonly unknown[]>
  const vectors = elements.slice(0, 1000).map(({ id }) => {
    const element = compiled.get(id)
    const code = element === undefined ? 'unknown' : (checkElementText(element, '', '')?.code ?? null)
    return { name: `${id} without a value`, input: { id, value: '' }, expect: { code } }
  })
  const manifest: Omit<Manifest, 'files'> & { files: readonly ArtefactFile[] } = {
    format: 'meridian-artefact/1',
    id: request.id,
    version: '1.0.0',
    kind: 'data-element-catalogue',
    layer: 'base',
    titles: request.titles,
    steward: request.steward,
    jurisdiction: [],
    effective: { from: request.from },
    dependencies: [],
    implements: request.standard,
    licence: { name: 'licensed copy of the organisation', shared: false },
    files: [],
  }
  return { 'manifest.json': manifest, 'elements.json': { elements, domains }, 'vectors.json': vectors }
}
