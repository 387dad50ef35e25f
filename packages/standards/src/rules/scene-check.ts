/** The profiles that join data sets and rule sets (`cn-outpatient` …): what they ask beyond their base, of records together. */
import { objectsOf } from '../cn/json-parts.ts'
import { absentReasonExtension } from '../cn/national-codes.ts'
import type { ReadContent } from '../data-files.ts'
import { checkFhirValue, finding } from '../elements/check-value.ts'
import type { CompiledElement } from '../elements/compile-elements.ts'
import type { DataSet, DataSetElement } from '../elements/data-element.ts'
import {
  compilePath,
  type ElementPath,
  headCode,
  holdersOf,
  isAbout,
  readPath,
} from '../elements/element-path.ts'
import { applyOverlay } from '../elements/overlay.ts'
import { catalogueOf, dataSetOf, fhirTypes } from '../elements/read-catalogue.ts'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { pathText } from '../walk.ts'
import { type CompiledRule, compileRules, type RuleFinding } from './compile-rules.ts'
import { type PlacedRecord, personsOf } from './person-records.ts'
import { type ProfileDocument, rulesOf } from './read-rules.ts'
import { pathMembers, type Rule } from './rule.ts'

/** Checks records that belong together. */
export type SceneCheck = (records: readonly PlacedRecord[]) => readonly RuleFinding[]

/** An element as a profile asks for it. */
interface Asked {
  readonly compiled: CompiledElement
  readonly path: ElementPath
  readonly obligation: DataSetElement['obligation']
  readonly when: ElementPath | undefined
  readonly absent: readonly string[]
}

/** Elements by resource type; those about one code (`8310-5`) apart, so that a record is not held against all of them. */
type Index = ReadonlyMap<
  string,
  { readonly any: readonly Asked[]; readonly byCode: ReadonlyMap<string, readonly Asked[]> }
>

/** Reads a profile and what it joins, each from the package in force. Throws when one is broken: no vote has passed it. */
export function createSceneCheck(profileId: string, read: ReadContent): SceneCheck {
  const profile = read(profileId, 'profile.json') as ProfileDocument
  const catalogue = catalogueOf(read('meridian.elements.core', 'elements.json'), read)
  if (Array.isArray(catalogue)) throw new Error('the catalogue of data elements is broken')
  const sets = profile.dataSets.map((id) => dataSetOf(read(id, 'data-set.json')) as DataSet)
  const rules = profile.ruleSets.flatMap((id) => rulesOf(read(id, 'rules.json')) as readonly Rule[])
  return sceneCheckOf(sets, catalogue.compiled, rules)
}

/** The check of data sets and rules. */
export function sceneCheckOf(
  sets: readonly DataSet[],
  elements: ReadonlyMap<string, CompiledElement>,
  rules: readonly Rule[],
): SceneCheck {
  const index = indexOf(sets.flatMap((set) => askedBy(set, applyOverlay(set, elements))))
  const compiled: readonly CompiledRule[] = compileRules(
    rules.map((rule) => withElement(rule, elements)),
    fhirTypes(),
  )
  return (records) => [
    ...records.flatMap((record) => checkElements(record, index)),
    ...(compiled.length === 0
      ? []
      : personsOf(records).flatMap((person) => compiled.flatMap((rule) => rule(person)))),
  ]
}

/** The rule with the data element that it asks about: the one at its path. */
function withElement(rule: Rule, elements: ReadonlyMap<string, CompiledElement>): Rule {
  const paths = pathMembers[rule.form].flatMap((member) => (rule as unknown as JsonObject)[member])
  const about = [...elements.values()].find(({ element: { fhirPath } }) => paths.includes(fhirPath))?.element
  return about === undefined || rule.element !== undefined
    ? rule
    : { ...rule, element: { id: about.id, standard: about.standard } }
}

function askedBy(set: DataSet, elements: ReadonlyMap<string, CompiledElement>): Asked[] {
  return set.elements.flatMap(({ id, obligation, when, absent = [] }) => {
    const compiled = elements.get(id)
    if (compiled?.path === undefined) return []
    const condition = when === undefined ? undefined : compilePath(when, fhirTypes())
    return [{ compiled, path: compiled.path, obligation, when: condition, absent }]
  })
}

const strength = { M: 2, C: 1, O: 0 } as const

function indexOf(asked: readonly Asked[]): Index {
  const strongest = new Map<string, Asked>()
  for (const one of asked) {
    const known = strongest.get(one.compiled.element.id)
    if (known === undefined || strength[known.obligation] < strength[one.obligation])
      strongest.set(one.compiled.element.id, one)
  }
  interface OfType {
    readonly any: Asked[]
    readonly byCode: Map<string, Asked[]>
  }
  const index = new Map<string, OfType>()
  for (const one of strongest.values()) {
    const own: OfType = index.get(one.path.resourceType) ?? { any: [], byCode: new Map() }
    index.set(one.path.resourceType, own)
    const code = headCode(one.path)
    if (code === undefined) own.any.push(one)
    else own.byCode.set(code, [...(own.byCode.get(code) ?? []), one])
  }
  return index
}

function checkElements(record: PlacedRecord, index: Index): RuleFinding[] {
  const asked = index.get(String(record.resource.resourceType))
  if (asked === undefined) return []
  const findings = asked.any.flatMap((one) => checkElement(record, one))
  if (asked.byCode.size === 0 || !isObject(record.resource.code)) return findings
  for (const { code } of objectsOf(record.resource.code.coding))
    for (const one of asked.byCode.get(String(code)) ?? []) findings.push(...checkElement(record, one))
  return findings
}

function checkElement(record: PlacedRecord, asked: Asked): RuleFinding[] {
  const { path, compiled } = asked
  const { resource, index } = record
  if (!isAbout(path, resource)) return []
  const found = readPath(path, resource)
  if (found.length === 0) return isOwed(asked, resource) ? checkAbsence(record, asked) : []
  return found.flatMap(({ value, at }) => {
    const wrong = checkFhirValue(compiled, value, placeIn(record, at))
    return wrong === undefined ? [] : [{ index, finding: wrong }]
  })
}

function isOwed({ obligation, when }: Asked, resource: JsonObject): boolean {
  if (obligation === 'M') return true
  return obligation === 'C' && when !== undefined && readPath(when, resource).length > 0
}

function checkAbsence(record: PlacedRecord, { path, compiled, absent }: Asked): RuleFinding[] {
  const reasons = holdersOf(path, record.resource).flatMap(({ extension }) =>
    objectsOf(extension).flatMap((e) => (e.url === absentReasonExtension ? [String(e.valueCode)] : [])),
  )
  if (reasons.some((reason) => absent.includes(reason))) return []
  const code = reasons.length === 0 ? 'element.missing' : 'element.absent-reason'
  const member = path.text.includes('(')
    ? /^[A-Za-z]+(?:\.where\(.*?\))?\.([a-zA-Z]+)/.exec(path.text)?.[1]
    : undefined
  const members =
    member === undefined ? (path.text.includes('(') ? [] : path.text.split('.').slice(1)) : [member]
  const about = { ...compiled, domain: new Set(absent) }
  return [{ index: record.index, finding: finding(code, about, placeIn(record, members)) }]
}

function placeIn({ prefix, resource }: PlacedRecord, members: readonly (string | number)[]): string {
  return pathText([prefix === '' ? String(resource.resourceType) : prefix, ...members])
}
