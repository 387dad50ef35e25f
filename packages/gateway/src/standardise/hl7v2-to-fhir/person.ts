/** What patients and relatives have in common: the sex code, and HL7's yes and no. */
import { type Segment, text } from '../../connect/hl7v2/message.ts'
import { badValue, type Conversion } from './conversion.ts'
import { genders } from './value-maps.ts'

/** A sex code (table 0001 or GB/T 2261.1) as FHIR gender; a code of neither is refused. */
export function gender(conversion: Conversion, segment: Segment, field: number): string | undefined {
  const code = text(segment, field)
  if (code === undefined) return undefined
  return genders[code.toUpperCase()] ?? badValue(conversion, 'hl7v2.sex-code', segment, field)
}

/** Yes/NoIndicator (table 0136). */
export function yesNo(code: string | undefined): boolean | undefined {
  return code === 'Y' ? true : code === 'N' ? false : undefined
}
