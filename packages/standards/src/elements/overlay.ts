/** A data set whose jurisdiction writes some elements in another format: the compiled elements as that set means them. */
import type { CompiledElement } from './compile-elements.ts'
import type { DataSet } from './data-element.ts'
import { parseFormat } from './format-notation.ts'

/** The elements with the formats of the set in place of their own. Throws for a format that is none. */
export function applyOverlay(
  { formats = {} }: DataSet,
  elements: ReadonlyMap<string, CompiledElement>,
): ReadonlyMap<string, CompiledElement> {
  const changed = Object.entries(formats).flatMap(([id, notation]): [string, CompiledElement][] => {
    const known = elements.get(id)
    const format = parseFormat(notation)
    if (format === undefined) throw new Error(`an overlay gives ${id} a format that is none`)
    return known === undefined
      ? []
      : [[id, { ...known, format, element: { ...known.element, format: notation } }]]
  })
  return changed.length === 0 ? elements : new Map([...elements, ...changed])
}

/** A set with what its overlay changes; the overlay's elements replace or follow those of the set. */
export function overlaid(set: DataSet, overlay: DataSet): DataSet {
  const own = new Map(overlay.elements.map((element) => [element.id, element]))
  const kept = set.elements.map((element) => own.get(element.id) ?? element)
  const added = overlay.elements.filter(({ id }) => !set.elements.some((element) => element.id === id))
  return { ...set, elements: [...kept, ...added], formats: { ...set.formats, ...overlay.formats } }
}
