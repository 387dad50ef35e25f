/** What patients and relatives have in common: the sex code, and HL7's yes and no. */
import { type Segment, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { badValue, type Conversion } from './conversion.ts'
import { genders } from './value-maps.ts'

/**
 * A sex code (table 0001 or GB/T 2261.1) as FHIR gender; a code of neither is refused. `9` (not stated) and `0` (unknown) are one
 * word in FHIR, so `9` stands beside it (docs/adr/0031).
 */
export function sexOf(conversion: Conversion, segment: Segment, field: number): FhirObject {
  const code = text(segment, field)
  if (code === undefined) return {}
  const gender = genders[code.toUpperCase()] ?? badValue(conversion, 'hl7v2.sex-code', segment, field)
  if (code !== '9') return { gender }
  const valueCoding = { code, system: 'urn:oid:2.16.156.10011.2.3.3.4' }
  return { _gender: { extension: [{ url: 'urn:meridian:extension:sex-code', valueCoding }] }, gender }
}

/** Yes/NoIndicator (table 0136). */
export function yesNo(code: string | undefined): boolean | undefined {
  return code === 'Y' ? true : code === 'N' ? false : undefined
}
