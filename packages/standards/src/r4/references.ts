/** References: their form, the types an element may refer to, and whether they lead somewhere inside a Bundle. */
import { isObject } from '../fhirpath/navigate.ts'
import { report, type Walk } from '../walk.ts'

/** Checks a Reference element (already checked as a data type). */
export type ReferenceCheck = (value: unknown, walk: Walk) => void

const literal =
  /^(?:https?:\/\/.+\/)?([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$/
const conditional = /^([A-Z][A-Za-z]+)\?\S+$/
const otherUri = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/

/** Makes the check for an element; `targets` undefined means any resource type. */
export function referenceCheck(
  targets: readonly string[] | undefined,
  isResourceType: (name: string) => boolean,
): ReferenceCheck {
  const allowed = targets === undefined ? undefined : new Set(targets)
  return (value, walk) => {
    if (!isObject(value)) return
    const { reference, type } = value
    const named =
      typeof type === 'string' ? type.replace('http://hl7.org/fhir/StructureDefinition/', '') : undefined
    const found = typeof reference === 'string' ? typeReferredTo(reference, isResourceType, walk) : undefined
    if (named !== undefined && found !== undefined && named !== found)
      report(walk, 'r4.reference-type-mismatch')
    const target = found ?? named
    if (target !== undefined && allowed !== undefined && isResourceType(target) && !allowed.has(target))
      report(walk, 'r4.reference-type', { allowed: [...allowed].join(', ') })
  }
}

/** The resource type a reference leads to, where that can be told. Reports a malformed or dangling one. */
function typeReferredTo(
  reference: string,
  isResourceType: (name: string) => boolean,
  walk: Walk,
): string | undefined {
  if (reference.startsWith('#')) return containedType(reference, walk)
  const entry = walk.entries?.get(reference)
  if (entry !== undefined) return resourceType(entry)
  if (reference.startsWith('urn:')) {
    if (walk.entries !== undefined && walk.mustResolve) report(walk, 'bundle.unresolved')
    return undefined
  }
  const type = (literal.exec(reference) ?? conditional.exec(reference))?.[1]
  if (type !== undefined && isResourceType(type)) return type
  if (!otherUri.test(reference)) report(walk, 'r4.reference-form')
  return undefined
}

const resourceType = (resource: unknown): string | undefined => {
  const type = isObject(resource) ? resource.resourceType : undefined
  return typeof type === 'string' ? type : undefined
}

function containedType(reference: string, walk: Walk): string | undefined {
  const root = walk.environment.root
  if (reference === '#') return resourceType(root)
  const contained = isObject(root) ? root.contained : undefined
  if (!Array.isArray(contained)) return undefined
  return resourceType(contained.find((c) => isObject(c) && c.id === reference.slice(1)))
}
