/** Checks one value of a data element: what it says, its format, its value domain and its range. */
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { compareDecimals, readDecimal } from '../units/exact-decimal.ts'
import type { CompiledElement } from './compile-elements.ts'
import { elementText } from './element-value.ts'
import { matchesFormat } from './format-notation.ts'

/** The finding about a value that FHIR holds at `path`, or undefined. */
export function checkFhirValue(compiled: CompiledElement, value: unknown, path: string): Finding | undefined {
  const said = elementText(compiled.element, value)
  if ('text' in said) return checkElementText(compiled, said.text, path)
  return finding(said.not === 'unit' ? 'element.unit' : 'element.format', compiled, path)
}

/** The same for a value in the element's own text. */
export function checkElementText(compiled: CompiledElement, text: string, path: string): Finding | undefined {
  const { element, format, domain } = compiled
  if (!matchesFormat(format, text)) return finding('element.format', compiled, path)
  if (domain !== undefined && !domain.has(text)) return finding('element.domain', compiled, path)
  return isInRange(element, text) ? undefined : finding('element.range', compiled, path)
}

function isInRange({ low, high }: CompiledElement['element'], text: string): boolean {
  if (low === undefined && high === undefined) return true
  const number = readDecimal(text)
  const [least, most] = [readDecimal(low ?? text), readDecimal(high ?? text)]
  if (number === undefined || least === undefined || most === undefined) return false
  return compareDecimals(number, least) >= 0 && compareDecimals(number, most) <= 0
}

type ElementCode =
  | 'element.unit'
  | 'element.format'
  | 'element.domain'
  | 'element.range'
  | 'element.missing'
  | 'element.absent-reason'

/** A finding about an element, which it names with its standard. */
export function finding(code: ElementCode, { element, domain }: CompiledElement, path: string): Finding {
  const { id, standard, names, format, unit, low, high } = element
  const allowed = domain === undefined ? '' : [...domain].slice(0, 40).join(', ')
  const words = { what: names, id, format, allowed, unit: unit ?? '', low: low ?? '…', high: high ?? '…' }
  return { ...findingOf(code, path, words), element: { id, standard } }
}
