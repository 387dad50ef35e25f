/** Addresses (XAD) and telephone numbers (XTN) as Address and ContactPoint (v2-to-FHIR: XAD[Address], XTN[ContactPoint]). */
import { type Composite, part, repetitions, type Segment } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import type { Conversion } from './conversion.ts'
import { periodOf } from './identifiers.ts'
import { addressTypes, addressUses, telecomSystems, telecomUses } from './value-maps.ts'

/** Every repetition of an XAD field that says where. */
export function addresses(conversion: Conversion, segment: Segment, field: number): FhirObject[] {
  return repetitions(segment, field)
    .map((value) => addressOf(value, conversion))
    .filter((address) => address !== undefined)
}

function addressOf(value: Composite, conversion: Conversion): FhirObject | undefined {
  const street = [part(value, 1, 1), part(value, 1, 2), part(value, 1, 3), part(value, 2), part(value, 19)]
  const kind = part(value, 7)?.toUpperCase() ?? ''
  const address = {
    city: part(value, 3),
    country: part(value, 6),
    district: part(value, 9),
    line: street,
    period: periodOf(value, conversion, 13, 14),
    postalCode: part(value, 5),
    state: part(value, 4),
    type: addressTypes[kind],
    use: addressUses[kind],
  }
  const { city, country, district, postalCode, state } = address
  const says = [...street, city, country, district, postalCode, state].some((piece) => piece !== undefined)
  return says ? address : undefined
}

/** Every repetition of an XTN field; `use` is what the field itself means when a number does not say. */
export function telecoms(
  conversion: Conversion,
  segment: Segment,
  field: number,
  use?: string,
): FhirObject[] {
  return repetitions(segment, field)
    .map((value) => telecomOf(value, conversion, use))
    .filter((telecom) => telecom !== undefined)
}

function telecomOf(
  value: Composite,
  conversion: Conversion,
  use: string | undefined,
): FhirObject | undefined {
  const equipment = part(value, 3)?.toUpperCase() ?? ''
  const mail =
    equipment === 'INTERNET' || equipment === 'X.400' || (equipment === '' && part(value, 4) !== undefined)
  const number = mail
    ? (part(value, 4) ?? part(value, 1))
    : (part(value, 12) ?? part(value, 1) ?? assembled(value))
  if (number === undefined) return undefined
  const rank = part(value, 18)
  return {
    period: periodOf(value, conversion, 13, 14),
    rank: rank !== undefined && /^[1-9]\d{0,5}$/.test(rank) ? Number(rank) : undefined,
    system: mail ? 'email' : (telecomSystems[equipment] ?? 'phone'),
    use: equipment === 'CP' ? 'mobile' : (telecomUses[part(value, 2)?.toUpperCase() ?? ''] ?? use),
    value: number,
  }
}

// XTN-5 country, -6 area, -7 local number, -8 extension, in the form HL7's map gives.
function assembled(value: Composite): string | undefined {
  const local = part(value, 7)
  if (local === undefined) return undefined
  const country = part(value, 5)
  const extension = part(value, 8)
  const pieces = [country === undefined ? undefined : `+${country.replace(/^\+/, '')}`, part(value, 6), local]
  const number = pieces.filter((piece) => piece !== undefined).join(' ')
  return extension === undefined ? number : `${number} X${extension}`
}
