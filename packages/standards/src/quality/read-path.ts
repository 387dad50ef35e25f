/**
 * Reads values out of plain FHIR JSON by a path: JSON member names joined by `.`, arrays walked, and `[a.b=text]` after a name
 * keeps the items that have that value. `diagnosis[rank=1].condition.reference`.
 */
import { isObject } from '../fhirpath/navigate.ts'

/** Gives every value at a place of a resource; absent places give nothing. */
export type ReadValues = (resource: unknown) => readonly unknown[]

interface Step {
  readonly name: string
  readonly only?: { readonly read: ReadValues; readonly text: string }
}

const STEP = /^([A-Za-z_][A-Za-z0-9_]*)(?:\[([A-Za-z.]+)=([^\]]*)\])?$/

/** A compiled path; undefined when it is none. */
export function compilePath(path: string): ReadValues | undefined {
  const steps = splitPath(path).map(stepOf)
  if (steps.length > 20 || !steps.every((step) => step !== undefined)) return undefined
  return (resource) => steps.reduce<readonly unknown[]>(follow, [resource])
}

/** A compiled path that is known to be one: rule sets are checked when they are read. @throws Error */
export function pathOf(path: string): ReadValues {
  const read = compilePath(path)
  if (read === undefined) throw new Error(`no path of a quality check: ${path}`)
  return read
}

/** Dots inside brackets belong to the filter. */
function splitPath(path: string): string[] {
  return path.split(/\.(?![^[]*\])/)
}

function stepOf(text: string): Step | undefined {
  const [, name, where, value] = STEP.exec(text) ?? []
  if (name === undefined) return undefined
  if (where === undefined || value === undefined) return { name }
  const read = compilePath(where)
  return read === undefined ? undefined : { name, only: { read, text: value } }
}

function follow(items: readonly unknown[], { name, only }: Step): readonly unknown[] {
  const found: unknown[] = []
  for (const item of items) {
    const value = isObject(item) ? item[name] : undefined
    if (value === undefined || value === null) continue
    if (Array.isArray(value)) found.push(...value)
    else found.push(value)
  }
  if (only === undefined) return found
  return found.filter((item) => only.read(item).some((value) => String(value) === only.text))
}
