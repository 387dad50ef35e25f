/** Small readers of plain FHIR JSON that may be malformed: the national checks run beside the structural ones. */
import { isObject, type JsonObject } from '../fhirpath/navigate.ts'

/** The objects of a list; empty when it is none. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** A text, or undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The codings of a CodeableConcept. */
export function codingsOf(concept: unknown): JsonObject[] {
  return isObject(concept) ? objectsOf(concept.coding) : []
}

/** The code a concept has in one system. */
export function codeIn(concept: unknown, system: string): string | undefined {
  return textOf(codingsOf(concept).find((coding) => coding.system === system)?.code)
}

/** Whether a concept has this coding. */
export function hasCoding(concept: unknown, { system, code }: { system: string; code: string }): boolean {
  return codingsOf(concept).some((coding) => coding.system === system && coding.code === code)
}

/** The extension with this url, of an element or of a primitive's holder. */
export function extensionOf(element: unknown, url: string): JsonObject | undefined {
  return isObject(element)
    ? objectsOf(element.extension).find((extension) => extension.url === url)
    : undefined
}
