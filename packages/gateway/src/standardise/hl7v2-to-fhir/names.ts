/** Names of persons (XPN, XCN) as HumanName (v2-to-FHIR: XPN[HumanName]); Chinese names keep their one written form as text. */
import { type Composite, part, repetitions, type Segment } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import type { Conversion } from './conversion.ts'
import { periodOf } from './identifiers.ts'
import { nameUses } from './value-maps.ts'

const han = /^[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}·•]+$/u

/** Every repetition of an XPN field; `called` adds the nickname of XPN-15. */
export function names(conversion: Conversion, segment: Segment, field: number): FhirObject[] {
  return repetitions(segment, field).flatMap((value) => {
    const nickname = part(value, 15)
    const name = nameOf(value, conversion, 1)
    return [
      ...(name === undefined ? [] : [name]),
      ...(nickname === undefined ? [] : [{ given: [nickname], use: 'nickname' }]),
    ]
  })
}

/** A name whose family name is component `at`: 1 for XPN, 2 for XCN. */
export function nameOf(value: Composite, conversion: Conversion, at: number): FhirObject | undefined {
  const family = part(value, at)
  const given = part(value, at + 1)
  const more = part(value, at + 2)
  if (family === undefined && given === undefined && more === undefined) return undefined
  return {
    family,
    given: [given, more],
    period: periodOf(value, conversion, at + 11, at + 12),
    prefix: [part(value, at + 4)],
    suffix: [part(value, at + 3), part(value, at + 5), part(value, at + 13)],
    text: writtenName(family, given, more),
    use: nameUses[part(value, at === 1 ? 7 : 10)?.toUpperCase() ?? ''],
  }
}

/** The one written form of a Chinese name, family name first and without blanks; undefined for other names. */
function writtenName(family?: string, given?: string, more?: string): string | undefined {
  const whole = `${family ?? ''}${given ?? ''}${more ?? ''}`
  return han.test(whole) ? whole : undefined
}

/** A name as one line for a display: Chinese names unbroken, others as prefix, given, family, suffix. */
export function displayName(value: Composite, at: number): string | undefined {
  const pieces = [0, 1, 2, 3, 4].map((offset) => part(value, at + offset))
  const [family, given, more, suffix, prefix] = pieces
  const written = writtenName(family, given, more)
  if (written !== undefined) return written
  const line = [prefix, given, more, family, suffix].filter((piece) => piece !== undefined).join(' ')
  return line === '' ? undefined : line
}
