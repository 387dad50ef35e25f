/** The value of a data element as its own text (`19800102`, `36.5`), from what FHIR holds and back. */
import { isObject } from '../fhirpath/navigate.ts'
import { convertDecimal } from '../units/convert.ts'
import { ucumUnit } from '../units/unit-spellings.ts'
import type { DataElement } from './data-element.ts'

/** Why FHIR's value cannot be said as a value of the element. */
export type NotSayable = 'unit' | 'form'

/** The element's text, or why there is none. */
export function elementText(
  element: DataElement,
  value: unknown,
): { readonly text: string } | { readonly not: NotSayable } {
  if (element.unit !== undefined) return quantityText(element.unit, value)
  if (typeof value === 'boolean' || typeof value === 'number') return { text: String(value) }
  if (typeof value !== 'string') return { not: 'form' }
  if (element.type === 'D') return { text: value.slice(0, 10).replaceAll('-', '') }
  if (element.type === 'DT') return dateTimeText(value)
  if (element.type === 'T') return { text: value.slice(0, 8).replaceAll(':', '') }
  return { text: textOfCode(element, value) }
}

function quantityText(unit: string, value: unknown): { text: string } | { not: NotSayable } {
  if (!isObject(value) || typeof value.value !== 'number') return { not: 'form' }
  const written = value.code ?? value.unit
  const from = typeof written === 'string' ? ucumUnit(written) : undefined
  const text = from === undefined ? undefined : convertDecimal(String(value.value), from, unit)
  return text === undefined ? { not: 'unit' } : { text }
}

/** The wall clock of the place where it happened; WS/T 303 has no zone. */
function dateTimeText(value: string): { text: string } {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/.exec(value)
  if (parts === null) return { text: value.replaceAll('-', '') }
  return { text: `${parts.slice(1, 4).join('')}T${parts.slice(4).join('')}` }
}

function textOfCode({ fhirCodes }: DataElement, value: string): string {
  if (fhirCodes === undefined) return value
  return Object.keys(fhirCodes).find((code) => fhirCodes[code] === value) ?? value
}

/** What FHIR holds for the element's text at a path that ends in the type `leaf`. `zone` goes with times, `+08:00`. */
export function fhirValue(element: DataElement, text: string, leaf: string, zone = '+08:00'): unknown {
  if (element.unit !== undefined) {
    const system = 'http://unitsofmeasure.org'
    return { value: Number(text), unit: element.unit, system, code: element.unit }
  }
  if (element.type === 'L') return text === 'true'
  if (element.type === 'N') return leaf === 'string' ? text : Number(text)
  if (element.type === 'D') return text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  if (element.type === 'T') return text.replace(/^(\d{2})(\d{2})(\d{2})$/, '$1:$2:$3')
  if (element.type === 'DT')
    return text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/, `$1-$2-$3T$4:$5:$6${zone}`)
  return element.fhirCodes?.[text] ?? text
}
