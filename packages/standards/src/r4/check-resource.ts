/** Checks whatever stands where a resource is expected, by its own resourceType. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'
import { checkEntries, entriesIn } from './check-bundle.ts'
import { type CompiledTypes, compileTypes } from './compile-types.ts'
import type { Check } from './members.ts'
import type { RuleSource } from './rule.ts'
import type { Definitions } from './structures.ts'

/** The check of FHIR R4, for any JSON value. */
export function createResourceCheck(definitions: Definitions, rules?: RuleSource): Check {
  const check: Check = (value, walk) => checkAnyResource(value, walk, types)
  const types: CompiledTypes = compileTypes(definitions, check, rules)
  return check
}

function checkAnyResource(value: unknown, walk: Walk, types: CompiledTypes): void {
  const type = isObject(value) ? value.resourceType : undefined
  const isKnown = typeof type === 'string' && types.isResourceType(type)
  if (walk.path.length === 0) walk.path.push(isKnown ? type : 'Resource')
  if (!isObject(value)) report(walk, 'r4.object-expected')
  else if (isKnown) checkKnown(value, types.checkOf(type), walk)
  else report(walk, type === undefined ? 'r4.not-a-resource' : 'r4.unknown-type')
}

/** Checks a resource with what surrounds it: itself, its container, and the entries of a Bundle. */
function checkKnown(resource: JsonObject, check: Check, walk: Walk): void {
  const { environment, entries, mustResolve, elementIds } = walk
  walk.elementIds = undefined
  walk.environment = { resource, root: isContained(walk) ? environment.root : resource }
  checkContainedIds(resource, walk)
  if (resource.resourceType === 'Bundle') {
    Object.assign(walk, entriesIn(resource))
    checkEntries(resource, walk)
  }
  check(resource, walk)
  Object.assign(walk, { environment, entries, mustResolve, elementIds })
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
