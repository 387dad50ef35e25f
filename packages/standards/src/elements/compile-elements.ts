/** Makes the elements of a catalogue ready to be read from records: paths resolved, formats parsed, value domains joined. */
import type { DataElement, ElementCatalogue, ValueDomain } from './data-element.ts'
import { compilePath, type ElementPath, type Types } from './element-path.ts'
import { type Format, parseFormat } from './format-notation.ts'

/** An element that can be read, written and checked. `path` is absent for what the system adds. */
export interface CompiledElement {
  readonly element: DataElement
  readonly format: Format
  readonly path: ElementPath | undefined
  readonly domain: ReadonlySet<string> | undefined
}

/** Elements by id. Throws when one cannot be compiled: shipped catalogues are tested, others are read by `read-catalogue.ts`. */
export function compileElements(
  { elements, domains }: ElementCatalogue,
  types: Types,
): ReadonlyMap<string, CompiledElement> {
  const byId = new Map(domains.map((domain) => [domain.id, domain]))
  return new Map(elements.map((element) => [element.id, compileElement(element, byId, types)]))
}

function compileElement(
  element: DataElement,
  domains: ReadonlyMap<string, ValueDomain>,
  types: Types,
): CompiledElement {
  const format = parseFormat(element.format)
  const path = element.fhirPath === undefined ? undefined : compilePath(element.fhirPath, types)
  const domain = element.valueSet === undefined ? undefined : domains.get(element.valueSet)
  const broken =
    format === undefined ||
    (element.fhirPath !== undefined && path === undefined) ||
    (element.valueSet !== undefined && domain === undefined)
  if (broken) throw new Error(`data element ${element.id} cannot be compiled`)
  return { element, format, path, domain: domain && new Set(domain.codes.map(({ code }) => code)) }
}
