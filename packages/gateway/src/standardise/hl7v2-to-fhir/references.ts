/**
 * Staff, organisations, places and equipment: reference data, named by identifier and display inside each record and not records
 * of their own (v2-to-FHIR: XCN, XON, PL, HD, EI; the choice is in docs/adr).
 */
import {
  type Composite,
  composite,
  part,
  repetitions,
  type Segment,
  subcomposite,
} from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import type { NamedReference } from '../provenance.ts'
import { hl7Table } from './code-systems.ts'
import type { Conversion } from './conversion.ts'
import { authoritySystem, entityIdentifier } from './identifiers.ts'
import { displayName } from './names.ts'

/** A doctor, nurse or technician (XCN). */
export function practitionerOf(value: Composite, conversion: Conversion): NamedReference | undefined {
  const number = part(value, 1)
  const display = displayName(value, 2)
  if (number === undefined && display === undefined) return undefined
  return reference(
    'Practitioner',
    numbered(number, subcomposite(value, 9), part(value, 13), conversion),
    display,
  )
}

/** Every repetition of an XCN field. */
export function practitioners(
  conversion: Conversion,
  segment: Segment | undefined,
  field: number,
): NamedReference[] {
  if (segment === undefined) return []
  return repetitions(segment, field)
    .map((value) => practitionerOf(value, conversion))
    .filter((found) => found !== undefined)
}

/** A technician or interpreter (NDL): the first component is the person, as subcomponents. */
export function practitionerOfNdl(value: Composite, conversion: Conversion): NamedReference | undefined {
  const person = subcomposite(value, 1)
  return person === undefined ? undefined : practitionerOf(person, conversion)
}

/** An organisation (XON): name and number. */
export function organisationOf(value: Composite, conversion: Conversion): NamedReference | undefined {
  const display = part(value, 1)
  const number = part(value, 10) ?? part(value, 3)
  if (number === undefined && display === undefined) return undefined
  return reference(
    'Organization',
    numbered(number, subcomposite(value, 6), part(value, 7), conversion),
    display,
  )
}

/** The first repetition of an XON field. */
export function organisation(
  conversion: Conversion,
  segment: Segment,
  field: number,
): NamedReference | undefined {
  const value = composite(segment, field)
  return value === undefined ? undefined : organisationOf(value, conversion)
}

/** An organisation told by a code (CWE): OBX-15, RXA-17. */
export function codedOrganisation(
  conversion: Conversion,
  segment: Segment,
  field: number,
): NamedReference | undefined {
  const value = composite(segment, field)
  if (value === undefined) return undefined
  const system: Composite = { components: [part(value, 3) ?? ''], encoding: value.encoding }
  const number = part(value, 1)
  const identifier = number === undefined ? undefined : numbered(number, system, undefined, conversion)
  const display = part(value, 2)
  return number === undefined && display === undefined
    ? undefined
    : reference('Organization', identifier, display)
}

/** A system or facility told by an HD (MSH-3, MSH-4). */
export function namedByHd(
  type: 'Device' | 'Organization',
  value: Composite | undefined,
  conversion: Conversion,
): NamedReference | undefined {
  const namespace = value === undefined ? undefined : part(value, 1)
  const universal = value === undefined ? undefined : part(value, 2)
  if (value === undefined || (namespace === undefined && universal === undefined)) return undefined
  const system = universal === undefined ? undefined : authoritySystem(value, conversion)
  const identifier = system?.startsWith('urn:oid:')
    ? { system: 'urn:ietf:rfc:3986', value: system }
    : undefined
  return reference(type, identifier ?? { value: namespace ?? universal }, namespace)
}

/** A place (PL): the written path is its identifier, from the facility down to the bed. */
export function locationOf(value: Composite, conversion: Conversion): NamedReference | undefined {
  const path = [4, 7, 8, 1, 2, 3].map((component) => part(value, component))
  const said = path.filter((piece) => piece !== undefined)
  const display = said.length === 0 ? part(value, 9) : said.join(' ')
  if (display === undefined) return undefined
  const system = authoritySystem(subcomposite(value, 4), conversion)
  const identifier =
    said.length === 0 ? undefined : { system, value: path.map((piece) => piece ?? '').join('/') }
  return reference('Location', identifier, display)
}

/** A PL field as place. */
export function location(
  conversion: Conversion,
  segment: Segment,
  field: number,
): NamedReference | undefined {
  const value = composite(segment, field)
  return value === undefined ? undefined : locationOf(value, conversion)
}

/** The narrowest thing a PL names, as code of `location-physical-type`: bed, room, ward, level, building, site. */
export function physicalType(value: Composite): FhirObject | undefined {
  const kinds: readonly [number, string][] = [
    [3, 'bd'],
    [2, 'ro'],
    [1, 'wa'],
    [8, 'lvl'],
    [7, 'bu'],
    [4, 'si'],
  ]
  const found = kinds.find(([component]) => part(value, component) !== undefined)
  if (found === undefined) return undefined
  return {
    coding: [{ code: found[1], system: 'http://terminology.hl7.org/CodeSystem/location-physical-type' }],
  }
}

/** Equipment (EI, OBX-18). */
export function deviceOf(value: Composite, conversion: Conversion): NamedReference | undefined {
  const identifier = entityIdentifier(value, conversion)
  return identifier === undefined ? undefined : reference('Device', identifier, part(value, 1))
}

function numbered(
  number: string | undefined,
  authority: Composite | undefined,
  type: string | undefined,
  conversion: Conversion,
): FhirObject | undefined {
  if (number === undefined) return undefined
  return {
    system: authoritySystem(authority, conversion),
    type: type === undefined ? undefined : { coding: [{ code: type, system: hl7Table('0203') }] },
    value: number,
  }
}

function reference(
  type: string,
  identifier: FhirObject | undefined,
  display: string | undefined,
): NamedReference {
  return {
    ...(display === undefined ? {} : { display }),
    ...(identifier === undefined ? {} : { identifier }),
    type,
  }
}
