/** Checks whatever stands where a resource is expected, by its own resourceType. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import { type CompiledTypes, compileTypes } from './compile-types.ts'
import type { Check } from './members.ts'
import type { Definitions } from './structures.ts'

/** The check of FHIR R4, for any JSON value. */
export function createResourceCheck(definitions: Definitions): Check {
  const check: Check = (value, walk) => checkAnyResource(value, walk, types)
  const types: CompiledTypes = compileTypes(definitions, check)
  return check
}

function checkAnyResource(value: unknown, walk: Walk, types: CompiledTypes): void {
  if (!isObject(value)) {
    report(walk, 'r4.object-expected')
    return
  }
  const type = value.resourceType
  const isRoot = walk.path.length === 0
  if (typeof type === 'string' && types.isResourceType(type)) {
    if (isRoot) walk.path.push(type)
    const outer = walk.environment
    walk.environment = { resource: value, root: isContained(walk) ? outer.root : value }
    checkContainedIds(value, walk)
    types.checkOf(type)(value, walk)
    walk.environment = outer
    return
  }
  if (isRoot) walk.path.push('Resource')
  report(walk, type === undefined ? 'r4.not-a-resource' : 'r4.unknown-type')
}

const isContained = (walk: Walk): boolean => walk.path.at(-2) === 'contained'

/** The ids of contained resources are what `#id` leads to: each has one, and no two the same. */
function checkContainedIds(resource: JsonObject, walk: Walk): void {
  const contained = resource.contained
  if (!Array.isArray(contained)) return
  const seen = new Set<unknown>()
  contained.forEach((inner, i) => {
    if (!isObject(inner)) return
    walk.path.push('contained', i)
    if (inner.id === undefined || seen.has(inner.id)) report(walk, 'r4.contained-id')
    walk.path.length -= 2
    seen.add(inner.id)
  })
}
