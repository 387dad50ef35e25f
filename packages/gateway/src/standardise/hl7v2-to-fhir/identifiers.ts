/** Identifiers (CX, EI, HD) as FHIR Identifier, and who assigns them as a uri (v2-to-FHIR: CX[Identifier], HD[uri]). */
import {
  type Composite,
  composite,
  part,
  repetitions,
  type Segment,
  subcomposite,
} from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { hl7Table, localUri } from './code-systems.ts'
import type { Conversion } from './conversion.ts'
import { dateTimeText } from './time.ts'

/** An identifier with what makes it unique. */
export interface ReadIdentifier extends FhirObject {
  readonly system: string
  readonly value: string
}

/** The system of FHIR for the Chinese citizen number (GB 11643), by the OID China registered for it. */
export const citizenNumberSystem = 'urn:oid:2.16.156.10011.1.3'

const usSocialSecurity = 'http://hl7.org/fhir/sid/us-ssn'

/** A CX as Identifier; undefined without a number. `typeCode` is used when the field does not say what the number is. */
export function identifierOf(
  value: Composite,
  conversion: Conversion,
  typeCode?: string,
): ReadIdentifier | undefined {
  const number = part(value, 1)
  if (number === undefined) return undefined
  const authority = subcomposite(value, 4)
  const citizen = isCitizenNumber(number, part(value, 5))
  const type = citizen ? 'NI' : (part(value, 5) ?? typeCode)
  return {
    assigner: authority === undefined ? undefined : { display: part(authority, 1), type: undefined },
    period: periodOf(value, conversion, 7, 8),
    system: citizen ? citizenNumberSystem : authoritySystem(authority, conversion),
    type: type === undefined ? undefined : typeOf(type),
    value: citizen ? number.toUpperCase() : number,
  }
}

// Two digits are the national table of documents (CV02.01.101), which systems here put into CX-5.
function typeOf(code: string): FhirObject {
  const system = /^\d{2}$/.test(code) ? 'urn:oid:2.16.156.10011.2.3.1.1' : hl7Table('0203')
  return { coding: [{ code, system }] }
}

/** Every repetition of a CX field. */
export function identifiers(
  conversion: Conversion,
  segment: Segment,
  field: number,
  typeCode?: string,
): ReadIdentifier[] {
  return repetitions(segment, field)
    .map((value) => identifierOf(value, conversion, typeCode))
    .filter((identifier) => identifier !== undefined)
}

/** An EI (order numbers, OBX-21, OBX-18) as Identifier with a type of table 0203. */
export function entityIdentifier(
  value: Composite,
  conversion: Conversion,
  typeCode?: string,
): ReadIdentifier | undefined {
  const number = part(value, 1)
  if (number === undefined) return undefined
  const authority: Composite = { components: value.components.slice(1, 4), encoding: value.encoding }
  return {
    system: authoritySystem(authority, conversion),
    type: typeCode === undefined ? undefined : { coding: [{ code: typeCode, system: hl7Table('0203') }] },
    value: number,
  }
}

/** The first repetition of an EI field. */
export function entity(
  conversion: Conversion,
  segment: Segment | undefined,
  field: number,
  typeCode?: string,
): ReadIdentifier | undefined {
  const value = segment === undefined ? undefined : composite(segment, field)
  return value === undefined ? undefined : entityIdentifier(value, conversion, typeCode)
}

/** PID-19: a citizen number here, a social security number where its form or the country says so. */
export function nationalNumber(number: string, country: string | undefined): FhirObject {
  if (isCitizenNumber(number, undefined)) {
    return {
      system: citizenNumberSystem,
      type: { coding: [{ code: 'NI', system: hl7Table('0203') }] },
      value: number.toUpperCase(),
    }
  }
  const american = country === 'USA' || country === 'US' || /^\d{3}-\d{2}-\d{4}$/.test(number)
  return {
    system: american ? usSocialSecurity : undefined,
    type: { coding: [{ code: american ? 'SS' : 'SB', system: hl7Table('0203') }] },
    value: number,
  }
}

/** The uri of an assigning authority (HD). Without one, numbers are the sending source's own. */
export function authoritySystem(authority: Composite | undefined, conversion: Conversion): string {
  const namespace = authority === undefined ? undefined : part(authority, 1)
  const universal = authority === undefined ? undefined : part(authority, 2)
  const kind = authority === undefined ? undefined : part(authority, 3)
  const global = universal === undefined ? undefined : universalUri(universal, kind)
  if (global !== undefined) return global
  return localUri(conversion, 'authority', namespace ?? universal ?? conversion.received.source.name)
}

/** A key for `identify`: two identifiers are the same thing when system and value are. */
export function keyOf(identifier: ReadIdentifier): string {
  return `${identifier.system}|${identifier.value}`
}

/** A Period from two time components of a repetition. */
export function periodOf(
  value: Composite,
  conversion: Conversion,
  from: number,
  to: number,
): FhirObject | undefined {
  const [start, end] = [part(value, from), part(value, to)].map((raw) =>
    raw === undefined ? undefined : dateTimeText(raw, conversion),
  )
  return start === undefined && end === undefined ? undefined : { end, start }
}

function universalUri(id: string, kind: string | undefined): string | undefined {
  const type = kind?.toUpperCase()
  if (type === 'ISO' || (type === undefined && id.includes('.'))) {
    return /^[0-2](\.(0|[1-9]\d*))+$/.test(id) ? `urn:oid:${id}` : undefined
  }
  if (type === 'UUID' || type === 'GUID')
    return /^[0-9a-f-]{36}$/i.test(id) ? `urn:uuid:${id.toLowerCase()}` : undefined
  return type === 'URI' || type === 'URL' ? (/^[a-z][a-z0-9+.-]*:\S+$/i.test(id) ? id : undefined) : undefined
}

// The form decides, not the type code: systems here write the number under many codes. The check digit is the validator's business.
function isCitizenNumber(number: string, type: string | undefined): boolean {
  const named = type === undefined || /^(NI|NNCHN|NN|SFZ|ID|IDCARD|身份证|居民身份证|01|SS|SB)$/i.test(type)
  return named && /^[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(number)
}
