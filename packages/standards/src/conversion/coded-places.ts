/** Finds what a conversion may change in a resource: its CodeableConcepts, Codings and UCUM quantities, each with its places. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'

/** A place: `pointer` is an RFC 6901 pointer into the resource, `path` the FHIR path with indexes, `element` without. */
export interface Place {
  readonly pointer: string
  readonly path: string
  readonly element: string
}

/** A CodeableConcept with codings, or a Quantity with a UCUM code. */
export type CodedPlace =
  | (Place & { readonly kind: 'concept'; readonly codings: readonly JsonObject[] })
  | (Place & { readonly kind: 'quantity'; readonly value: number; readonly unit: string })

/** UCUM as a FHIR code system. */
export const ucumSystem = 'http://unitsofmeasure.org'

/** In the order of the resource. `meta`, `text` and contained resources' own ids are left alone. */
export function codedPlaces(resource: JsonObject): readonly CodedPlace[] {
  const found: CodedPlace[] = []
  const type = String(resource.resourceType)
  visit(resource, { pointer: '', path: type, element: type }, found)
  return found
}

function visit(value: unknown, place: Place, found: CodedPlace[]): void {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries())
      visit(
        item,
        { pointer: `${place.pointer}/${at}`, path: `${place.path}[${at}]`, element: place.element },
        found,
      )
    return
  }
  if (!isObject(value)) return
  const coded = codedAt(value, place)
  if (coded !== undefined) found.push(coded)
  else visitMembers(value, place, found)
}

function codedAt(value: JsonObject, place: Place): CodedPlace | undefined {
  const { coding, system, code } = value
  if (Array.isArray(coding) && coding.every(isObject)) return { ...place, kind: 'concept', codings: coding }
  const isQuantity = system === ucumSystem && typeof code === 'string' && typeof value.value === 'number'
  return isQuantity ? { ...place, kind: 'quantity', value: value.value as number, unit: code } : undefined
}

function visitMembers(value: JsonObject, place: Place, found: CodedPlace[]): void {
  const isRoot = place.pointer === ''
  for (const [name, member] of Object.entries(value)) {
    if (isRoot && (name === 'meta' || name === 'text')) continue
    const pointer = `${place.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    visit(member, { pointer, path: `${place.path}.${name}`, element: `${place.element}.${name}` }, found)
  }
}
