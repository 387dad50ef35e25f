/**
 * Invariants that are tested by hand because they stand on every resource or reference, or because as written their time
 * grows with the square of a list.
 * `hand-written-rules.test.ts` holds them against their FHIRPath.
 */
import type { Test } from '../fhirpath/compile.ts'
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'

const containedOf = (item: unknown): readonly unknown[] => {
  const contained = isObject(item) ? item.contained : undefined
  return Array.isArray(contained) ? contained : []
}

const noneOf =
  (bad: (contained: JsonObject) => boolean): Test =>
  (item) =>
    !containedOf(item).some((contained) => isObject(contained) && bad(contained))

const metaHas = (contained: JsonObject, ...names: string[]): boolean => {
  const meta = contained.meta
  return isObject(meta) && names.some((name) => meta[name] !== undefined)
}

/** Every `#id` a resource uses, in a Reference or as a canonical, uri or url; `#` is the resource itself. */
function localUses(resource: unknown): Set<string> {
  const used = new Set<string>()
  const open: unknown[] = [resource]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string' && next.startsWith('#')) used.add(next)
    if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) open.push(inner)
  }
  return used
}

/** dom-3: each contained resource is referred to from the resource, or itself refers to it. */
const everyContainedIsUsed: Test = (item) => {
  const contained = containedOf(item)
  if (contained.length === 0) return true
  const used = localUses(item)
  return contained.every((c) => !isObject(c) || used.has(`#${String(c.id)}`) || localUses(c).has('#'))
}

/** ref-1: a local reference leads to a contained resource of the container; `#` alone is the container. */
const localReferenceLeadsSomewhere: Test = (item, { root }) => {
  const reference = isObject(item) ? item.reference : undefined
  if (typeof reference !== 'string' || !reference.startsWith('#') || reference === '#') return true
  return containedOf(root).some((c) => isObject(c) && c.id === reference.slice(1))
}

const valueMembers = /^_?value[A-Z]/

/** obs-7: a component with a coding of the Observation's own code takes the place of its value. */
const valueIsNotAlsoAComponent: Test = (item) => {
  if (!isObject(item) || !Array.isArray(item.component) || item.component.length === 0) return true
  if (!Object.keys(item).some((name) => valueMembers.test(name))) return true
  const own = new Set(codingKeys(item.code))
  return !item.component.some((c) => isObject(c) && codingKeys(c.code).some((key) => own.has(key)))
}

function codingKeys(concept: unknown): string[] {
  const codings = isObject(concept) ? concept.coding : undefined
  return Array.isArray(codings) ? codings.map((coding) => JSON.stringify(coding)) : []
}

/** What a list of primitives holds. */
const setOf = (value: unknown): Set<unknown> => new Set(Array.isArray(value) ? value : [])

/** The value of one member of each object in a list. */
const valuesOf = (list: unknown, member: string): unknown[] =>
  Array.isArray(list)
    ? list.flatMap((item) => (isObject(item) && item[member] !== undefined ? [item[member]] : []))
    : []

/** ig-1: on ImplementationGuide.definition, each resource's grouping is one of the groupings. */
const groupingsAreDefined: Test = (item) => {
  if (!isObject(item)) return true
  const defined = new Set(valuesOf(item.grouping, 'id'))
  return valuesOf(item.resource, 'groupingId').every((id) => defined.has(id))
}

/** ig-2: each resource's FHIR versions are among those of the guide. */
const versionsAreTheGuides: Test = (item) => {
  if (!isObject(item)) return true
  const versions = setOf(item.fhirVersion)
  const resources = isObject(item.definition) ? item.definition.resource : undefined
  return valuesOf(resources, 'fhirVersion').every((used) => [...setOf(used)].every((v) => versions.has(v)))
}

/** By rule name. */
export const handWritten: Readonly<Record<string, Test>> = {
  'dom-2': noneOf((contained) => containedOf(contained).length > 0),
  'dom-3': everyContainedIsUsed,
  'dom-4': noneOf((contained) => metaHas(contained, 'versionId', 'lastUpdated')),
  'dom-5': noneOf((contained) => metaHas(contained, 'security')),
  'ig-1': groupingsAreDefined,
  'ig-2': versionsAreTheGuides,
  'obs-7': valueIsNotAlsoAComponent,
  'ref-1': localReferenceLeadsSomewhere,
}
