/** Reads the artefact kinds `data-element-catalogue` and `data-set`: strict about every field, with a finding for each fault. */
import type { ArtefactReader, ElementChange } from '../artefacts/artefact-reader.ts'
import { readArtefactJson } from '../artefacts/read-manifest.ts'
import { type ReadContent, readShipped } from '../data-files.ts'
import { isObject } from '../fhirpath/navigate.ts'
import type { Bilingual, Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { readDefinitions } from '../r4/structures.ts'
import { checkElementText } from './check-value.ts'
import { type CompiledElement, compileElements } from './compile-elements.ts'
import {
  type DataElement,
  type DataSet,
  dataTypes,
  type ElementCatalogue,
  type ValueDomain,
} from './data-element.ts'
import { compilePath, type Types } from './element-path.ts'
import { parseFormat } from './format-notation.ts'

const ELEMENTS = 'elements.json'
const SET = 'data-set.json'

/** A catalogue, ready to be asked. */
export interface ReadCatalogue {
  readonly catalogue: ElementCatalogue
  readonly compiled: ReadonlyMap<string, CompiledElement>
}

let types: Types | undefined

/** The types of FHIR R4 that paths are resolved against; read once, since they are constants of the installation. */
export function fhirTypes(): Types {
  types ??= readDefinitions().types
  return types
}

/** Answers `{id, value}` with the code of the finding about the value, or null. */
export const catalogueReader: ArtefactReader<ReadCatalogue> = {
  kind: 'data-element-catalogue',
  read(files) {
    const read = readArtefactJson(ELEMENTS, files.get(ELEMENTS) ?? new Uint8Array())
    return 'findings' in read ? read.findings : catalogueOf(read.json)
  },
  answer({ compiled }, input) {
    const { id, value } = (isObject(input) ? input : {}) as { id?: unknown; value?: unknown }
    const element = compiled.get(String(id))
    if (element === undefined) return { code: 'unknown' }
    return { code: checkElementText(element, String(value), '')?.code ?? null }
  },
  compare: ({ catalogue: before }, { catalogue: after }) => compareElements(before.elements, after.elements),
}

/** The catalogue, or every fault of it. Domains of the value sets that `read` gives are joined. */
export function catalogueOf(json: unknown, read: ReadContent = readShipped): ReadCatalogue | Finding[] {
  const { elements, domains } = (isObject(json) ? json : {}) as { elements?: unknown; domains?: unknown }
  if (!Array.isArray(elements) || !Array.isArray(domains) || !domains.every(isDomain))
    return [content(ELEMENTS, { zh: '应有 elements 和 domains', en: 'it has elements and domains' })]
  const known = [...domains, ...valueSetDomains(read)]
  const ids = new Set(known.map(({ id }) => id))
  const seen = new Set<unknown>()
  const faults = elements.flatMap((element, i) => {
    const fault = faultOf(element, ids) ?? (seen.has(element.id) ? 'id' : undefined)
    seen.add(isObject(element) ? element.id : undefined)
    return fault === undefined ? [] : [content(`${ELEMENTS}#/elements/${i}/${fault}`, elementForm)]
  })
  if (faults.length > 0) return faults
  const catalogue = { elements: elements as DataElement[], domains: known }
  return { catalogue, compiled: compileElements(catalogue, fhirTypes()) }
}

const elementForm: Bilingual = {
  zh: '数据元应有 id、standard、names、definition、type、format，以及正确的 fhirPath、valueSet 和 sample',
  en: 'an element has id, standard, names, definition, type, format, and a right fhirPath, valueSet and sample',
}

const content = (path: string, form: Bilingual): Finding =>
  findingOf('artefact.content', path, { element: path, form })

/** The member that is wrong, or undefined. */
function faultOf(element: unknown, domains: ReadonlySet<string>): string | undefined {
  if (!isObject(element)) return 'id'
  const { id, standard, names, definition, type, format, fhirPath, valueSet, sample } = element
  if (typeof id !== 'string' || !isElementId(id)) return 'id'
  if (typeof standard !== 'string' || standard === '') return 'standard'
  if (!isBilingual(names)) return 'names'
  if (!isBilingual(definition)) return 'definition'
  if (!dataTypes.some((known) => known === type)) return 'type'
  if (typeof format !== 'string' || parseFormat(format) === undefined) return 'format'
  if (valueSet !== undefined && !domains.has(String(valueSet))) return 'valueSet'
  if (fhirPath !== undefined && compilePath(String(fhirPath), fhirTypes()) === undefined) return 'fhirPath'
  if (sample === undefined) return undefined
  const { ok, failing } = (isObject(sample) ? sample : {}) as { ok?: unknown; failing?: unknown }
  return typeof ok === 'string' && typeof failing === 'string' ? undefined : 'sample'
}

/** A number of the national catalogue, or one of ours or of a member. */
export function isElementId(id: string): boolean {
  return /^(?:DE\d{2}\.\d{2}\.\d{3}\.\d{2}|[A-Z][A-Z0-9]{1,15}(?:\.[A-Z0-9][A-Z0-9-]{0,40}){1,4})$/.test(id)
}

function isBilingual(value: unknown): value is Bilingual {
  return isObject(value) && [value.zh, value.en].every((text) => typeof text === 'string' && text !== '')
}

function isDomain(value: unknown): value is ValueDomain {
  if (!isObject(value) || typeof value.id !== 'string' || typeof value.system !== 'string') return false
  return (
    Array.isArray(value.codes) && value.codes.every((code) => isObject(code) && typeof code.code === 'string')
  )
}

/** The value sets whose codes are domains of elements. */
const valueSets = ['sex', 'ethnic-groups', 'id-document-types', 'marital-status']

function valueSetDomains(read: ReadContent): ValueDomain[] {
  return valueSets.map((name) => {
    const id = `meridian.value-set.${name}`
    return { ...(read(id, 'codes.json') as Omit<ValueDomain, 'id'>), id }
  })
}

/** Answers `{ask: 'elements'}` with the ids and `{ask: 'formats'}` with the formats that an overlay changes. */
export const dataSetReader: ArtefactReader<DataSet> = {
  kind: 'data-set',
  read(files) {
    const read = readArtefactJson(SET, files.get(SET) ?? new Uint8Array())
    return 'findings' in read ? read.findings : dataSetOf(read.json)
  },
  answer: (set, input) =>
    (input as { ask?: unknown } | null)?.ask === 'formats'
      ? (set.formats ?? {})
      : set.elements.map(({ id }) => id),
}

/** The data set, or what is wrong with it. */
export function dataSetOf(json: unknown): DataSet | Finding[] {
  const { id, titles, elements } = (isObject(json) ? json : {}) as Partial<Record<keyof DataSet, unknown>>
  const good =
    typeof id === 'string' &&
    isBilingual(titles) &&
    Array.isArray(elements) &&
    elements.every(
      (e) =>
        isObject(e) &&
        isElementId(String(e.id)) &&
        ['M', 'O', 'C'].includes(String(e.obligation)) &&
        (e.when === undefined || compilePath(String(e.when), fhirTypes()) !== undefined),
    )
  if (good) return json as DataSet
  const form = {
    zh: '数据集应有 id、titles 和 elements（id、obligation M/O/C、正确的 when）',
    en: 'a data set has id, titles and elements (id, obligation M, O or C, a right when)',
  }
  return [content(SET, form)]
}

function compareElements(before: readonly DataElement[], after: readonly DataElement[]): ElementChange[] {
  const old = new Map(before.map((element) => [element.id, element]))
  const now = new Map(after.map((element) => [element.id, element]))
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): ElementChange[] => {
    const [was, is] = [old.get(id), now.get(id)]
    const { names, fhirPath } = (is ?? was) as DataElement
    const place = { path: `${ELEMENTS}#${id}`, element: id, label: names, ...(fhirPath ? { fhirPath } : {}) }
    if (was === undefined) return [{ ...place, change: 'added', after: is }]
    if (is === undefined) return [{ ...place, change: 'removed', before: was }]
    const same = JSON.stringify(was) === JSON.stringify(is)
    return same ? [] : [{ ...place, change: 'changed', before: was, after: is }]
  })
}
