/**
 * Where a data element stands in FHIR, both ways. The language is the part of FHIRPath that can be written as well as read:
 * members, `where(a.b='x' and c.where(…).exists())`, `extension('url')` and `ofType(Type)`.
 */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import type { FieldDefinition, TypeDefinition } from '../r4/structures.ts'
import { type ParsedPath, type ParsedStep, parsePath } from './parse-path.ts'

/** The types a path is resolved against. */
export type Types = Readonly<Record<string, TypeDefinition>>

/** A step with what its definition says: the JSON member it stands for and whether that is a list. */
interface Step {
  readonly member: string
  readonly many: boolean
  readonly filters: readonly Filter[]
}

/** `steps` must lead to something, equal to `equals` where that is given. */
interface Filter {
  readonly steps: readonly Step[]
  readonly equals?: string | boolean
}

/** A path that can be read and written. `leaf` is the FHIR type at its end. */
export interface ElementPath {
  readonly text: string
  readonly resourceType: string
  readonly filters: readonly Filter[]
  readonly steps: readonly Step[]
  readonly leaf: string
}

/** Resolves a path; undefined when it is no path of R4. */
export function compilePath(text: string, types: Types): ElementPath | undefined {
  const parsed = parsePath(text)
  if (parsed === undefined || types[parsed.type]?.kind !== 'resource') return undefined
  try {
    return resolvePath(text, parsed, types)
  } catch (error) {
    if (error instanceof NoSuchElement) return undefined
    throw error
  }
}

class NoSuchElement extends Error {}

/** Where a resolution stands: a type by name, or the members of a backbone element. */
type Standing = { readonly type: string } | { readonly fields: Readonly<Record<string, FieldDefinition>> }

function resolvePath(text: string, parsed: ParsedPath, types: Types): ElementPath {
  const from: Standing = { type: parsed.type }
  const filters = parsed.filters.map((filter) => resolveFilter(filter, from, types))
  const { steps, end } = resolveSteps(parsed.steps, from, types)
  return {
    text,
    resourceType: parsed.type,
    filters,
    steps,
    leaf: 'type' in end ? end.type : 'BackboneElement',
  }
}

function resolveSteps(parsed: readonly ParsedStep[], from: Standing, types: Types) {
  let standing = from
  const steps: Step[] = []
  for (const step of parsed) {
    const field = fieldOf(standing, step.name, types)
    if (field === undefined) throw new NoSuchElement()
    const [member, next] = memberOf(step, field, types)
    standing = next
    const filters = step.filters.map((filter) => resolveFilter(filter, next, types))
    steps.push({ member, many: field.many === true, filters })
  }
  return { steps, end: standing }
}

function memberOf(step: ParsedStep, field: FieldDefinition, types: Types): [string, Standing] {
  if (field.choice !== undefined) {
    const type = step.ofType
    // A SimpleQuantity is a Quantity in JSON and in FHIRPath.
    const names = field.choice.map((name) => name.replace('SimpleQuantity', 'Quantity'))
    if (type === undefined || !names.includes(type)) throw new NoSuchElement()
    return [`${step.name}${type[0]?.toUpperCase()}${type.slice(1)}`, { type }]
  }
  if (field.fields !== undefined) return [step.name, { fields: field.fields }]
  if (field.same !== undefined) return [step.name, { fields: sameFields(field.same, types) }]
  return [step.name, { type: field.type ?? 'Element' }]
}

function sameFields(path: string, types: Types): Readonly<Record<string, FieldDefinition>> {
  const [type = '', ...names] = path.split('.')
  let fields = types[type]?.fields ?? {}
  for (const name of names) fields = fields[name]?.fields ?? {}
  return fields
}

function fieldOf(standing: Standing, name: string, types: Types): FieldDefinition | undefined {
  if ('fields' in standing) return standing.fields[name] ?? fieldOf({ type: 'BackboneElement' }, name, types)
  // Primitives carry extensions as every element does.
  for (
    let type: string | undefined = types[standing.type] === undefined ? 'Element' : standing.type;
    type;
  ) {
    const definition: TypeDefinition | undefined = types[type]
    const field = definition?.fields[name]
    if (field !== undefined) return field
    type = definition?.base
  }
  return undefined
}

function resolveFilter(filter: ParsedPath['filters'][number], from: Standing, types: Types): Filter {
  const { steps } = resolveSteps(filter.steps, from, types)
  return filter.equals === undefined ? { steps } : { steps, equals: filter.equals }
}

/** One value found, with its members and indexes from the resource. */
export interface Found {
  readonly value: unknown
  readonly at: readonly (string | number)[]
}

/** Whether the path speaks of this resource. */
export function isAbout(path: ElementPath, resource: unknown): resource is JsonObject {
  return (
    isObject(resource) &&
    resource.resourceType === path.resourceType &&
    path.filters.every((filter) => holds(filter, resource))
  )
}

/** Every value at the path; empty for a resource it does not speak of. */
export function readPath(path: ElementPath, resource: unknown): Found[] {
  return isAbout(path, resource) ? follow(path.steps, resource) : []
}

/** The elements before the last step that are there: where a reason for absence may stand. */
export function holdersOf(path: ElementPath, resource: JsonObject): JsonObject[] {
  const found: JsonObject[] = [resource]
  let items: Found[] = [{ value: resource, at: [] }]
  path.steps.forEach((step, i) => {
    const unfiltered = items.flatMap((item) => membersOf({ ...step, filters: [] }, item))
    const beside = items.flatMap(({ value }) => (isObject(value) ? [value[`_${step.member}`]] : []))
    found.push(...[...beside, ...unfiltered.map(({ value }) => value)].filter(isObject))
    if (i < path.steps.length - 1) items = items.flatMap((item) => membersOf(step, item))
  })
  return found
}

function follow(steps: readonly Step[], from: unknown): Found[] {
  let items: Found[] = [{ value: from, at: [] }]
  for (const step of steps) {
    items = items.flatMap((item) => membersOf(step, item))
    if (items.length === 0) return items
  }
  return items
}

function membersOf({ member, filters }: Step, { value, at }: Found): Found[] {
  if (!isObject(value)) return []
  const inner = value[member]
  const list = Array.isArray(inner)
    ? inner.map((item, i): Found => ({ value: item, at: [...at, member, i] }))
    : [{ value: inner, at: [...at, member] }]
  return list.filter(
    (item) =>
      item.value !== undefined && item.value !== null && filters.every((filter) => holds(filter, item.value)),
  )
}

function holds({ steps, equals }: Filter, item: unknown): boolean {
  return leads(steps, 0, item, equals)
}

/** PERF: filters are asked of every record for every element, so nothing is gathered on the way. */
function leads(steps: readonly Step[], from: number, item: unknown, equals: Filter['equals']): boolean {
  const step = steps[from]
  if (step === undefined) return equals === undefined || item === equals
  if (!isObject(item)) return false
  const inner = item[step.member]
  if (!Array.isArray(inner)) return passes(step, inner) && leads(steps, from + 1, inner, equals)
  for (const one of inner) if (passes(step, one) && leads(steps, from + 1, one, equals)) return true
  return false
}

function passes({ filters }: Step, value: unknown): boolean {
  if (value === undefined || value === null) return false
  for (const filter of filters) if (!holds(filter, value)) return false
  return true
}

/** Writes a value at the path of a new or existing resource, with whatever its filters ask for; answers a new resource. */
export function writePath(path: ElementPath, value: unknown, resource: JsonObject = {}): JsonObject {
  const copy = structuredClone({ ...resource, resourceType: path.resourceType })
  for (const filter of path.filters) satisfy(filter, copy)
  put(path.steps, value, copy)
  return copy
}

type Writable = Record<string, unknown>

function put(steps: readonly Step[], value: unknown, item: Writable): void {
  const [step, ...rest] = steps
  if (step === undefined) return
  const last = rest.length === 0
  if (last && step.filters.length === 0) {
    item[step.member] = step.many ? [value] : value
    return
  }
  const inner = reach(step, item)
  if (last && isObject(value)) Object.assign(inner, value)
  else put(rest, value, inner)
}

/** The element of a step that its filters accept: the one there is, or a new one made so that they do. */
function reach(step: Step, item: Writable): Writable {
  const found = membersOf(step, { value: item, at: [] })[0]?.value
  if (isObject(found)) return found as Writable
  const made: Writable = {}
  for (const filter of step.filters) satisfy(filter, made)
  if (!step.many) {
    const there = item[step.member]
    item[step.member] = isObject(there) ? Object.assign(there, made) : made
    return item[step.member] as Writable
  }
  const there = item[step.member]
  item[step.member] = [...(Array.isArray(there) ? there : []), made]
  return made
}

function satisfy(filter: Filter, item: Writable): void {
  if (holds(filter, item)) return
  if (filter.equals !== undefined) {
    put(filter.steps, filter.equals, item)
    return
  }
  let standing = item
  for (const step of filter.steps) standing = reach(step, standing)
}

/** The code that the resource must have for the path to speak of it (`code.coding` equal to one), where it names one. */
export function headCode({ filters }: ElementPath): string | undefined {
  for (const { steps } of filters) {
    const [first, second] = steps
    if (first?.member !== 'code' || second?.member !== 'coding') continue
    const code = second.filters.find(({ steps: [one] }) => one?.member === 'code')?.equals
    if (typeof code === 'string') return code
  }
  return undefined
}
