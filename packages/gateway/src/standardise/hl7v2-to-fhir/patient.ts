/** The patient of a message: PID with PD1 and the contacts of NK1 (v2-to-FHIR: PID[Patient], PD1[Patient], NK1[Patient]). */
import {
  composite,
  firstNamed,
  type Hl7Message,
  isNull,
  repetitions,
  type Segment,
  text,
} from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { hl7Table } from './code-systems.ts'
import { concept, concepts } from './coded.ts'
import { languages, religions } from './concept-tables.ts'
import { addresses, telecoms } from './contact.ts'
import { type Conversion, cannot, placeOf } from './conversion.ts'
import { identifierOf, identifiers, keyOf, nationalNumber, type ReadIdentifier } from './identifiers.ts'
import { names } from './names.ts'
import { patientContacts } from './next-of-kin.ts'
import { sexOf, yesNo } from './person.ts'
import { organisation, practitioners } from './references.ts'
import { generalPractitionerRoles } from './roles.ts'
import { date, dateTime } from './time.ts'
import { maritalStatuses } from './value-maps.ts'

/** Who a message is about: our id, and a reference with it. */
export interface PatientSubject {
  readonly id: string
  readonly reference: FhirObject
}

/** The identity of the patient of a PID, or undefined with a refusal when it carries no number. */
export function patientSubject(conversion: Conversion, pid: Segment): PatientSubject | undefined {
  const key = patientKey(conversion, pid)
  if (key === undefined) return cannot(conversion, 'hl7v2.patient-id', placeOf(conversion, pid, 3))
  return subjectOf(conversion, key)
}

/** The subject for an identifier that is already read (MRG-1). */
export function subjectOf(conversion: Conversion, key: ReadIdentifier): PatientSubject {
  const id = conversion.tools.identify('Patient', keyOf(key))
  return { id, reference: { reference: `Patient/${id}` } }
}

/**
 * The number a patient is known by: the medical record number of PID-3 when one is marked so (MR, PI, PT), else its first
 * number; PID-2 and PID-4 only when PID-3 is empty, as before v2.3.1.
 */
export function patientKey(conversion: Conversion, pid: Segment): ReadIdentifier | undefined {
  return (
    preferredIdentifier(conversion, pid, 3) ??
    preferredIdentifier(conversion, pid, 2) ??
    preferredIdentifier(conversion, pid, 4)
  )
}

/** The record number of a CX field, or its first number. */
export function preferredIdentifier(
  conversion: Conversion,
  segment: Segment,
  field: number,
): ReadIdentifier | undefined {
  const values = repetitions(segment, field)
  const marked = values.find((value) => /^(MR|PI|PT)$/.test(value.components[4] ?? ''))
  for (const value of marked === undefined ? values : [marked, ...values]) {
    const found = identifierOf(value, conversion)
    if (found !== undefined) return found
  }
  return undefined
}

/** The Patient resource of a PID. */
export function patientOf(conversion: Conversion, pid: Segment, subject: PatientSubject): FhirObject {
  const { message } = conversion
  const pd1 = firstNamed(message, 'PD1')
  return {
    address: addresses(conversion, pid, 11),
    ...birth(conversion, pid),
    communication: concepts(conversion, pid, 15, { table: '0296', map: languages }).map((language) => ({
      language,
    })),
    contact: patientContacts(conversion),
    ...death(conversion, pid),
    extension: extensionsOf(conversion, pid, pd1),
    ...sexOf(conversion, pid, 8),
    generalPractitioner: [
      ...(pd1 === undefined ? [] : generalPractitioners(conversion, pd1)),
      ...generalPractitionerRoles(conversion),
    ],
    id: subject.id,
    identifier: allIdentifiers(conversion, pid, message),
    maritalStatus: concept(conversion, pid, 16, { table: '0002', map: maritalStatuses }),
    ...multipleBirth(pid),
    name: [...names(conversion, pid, 5), ...names(conversion, pid, 9)],
    resourceType: 'Patient',
    telecom: [
      ...telecoms(conversion, pid, 13, 'home'),
      ...telecoms(conversion, pid, 14, 'work'),
      ...telecoms(conversion, pid, 40),
    ],
  }
}

/** Which members of Patient the fields of a PID stand for, when the sender empties them (`""`). */
const members: readonly [number, string][] = [
  [5, 'name'],
  [7, 'birthDate'],
  [8, 'gender'],
  [11, 'address'],
  [13, 'telecom'],
  [15, 'communication'],
  [16, 'maritalStatus'],
  [29, 'deceasedDateTime'],
  [30, 'deceasedBoolean'],
]

/** The members of Patient that a PID says are empty. */
export function clearedMembers(pid: Segment): string[] {
  return members.filter(([field]) => isNull(pid, field)).map(([, member]) => member)
}

function allIdentifiers(conversion: Conversion, pid: Segment, message: Hl7Message): FhirObject[] {
  const national = text(pid, 19)
  const licence = composite(pid, 20)
  const licenceNumber =
    licence === undefined
      ? undefined
      : identifierOf({ ...licence, components: licence.components.slice(0, 1) }, conversion)
  return distinct([
    ...identifiers(conversion, pid, 3),
    ...identifiers(conversion, pid, 2),
    ...identifiers(conversion, pid, 4),
    ...(national === undefined ? [] : [nationalNumber(national, text(message.header, 17))]),
    ...(licenceNumber === undefined
      ? []
      : [{ ...licenceNumber, type: { coding: [{ code: 'DL', system: hl7Table('0203') }] } }]),
  ])
}

// The same number often stands in PID-2 and PID-3, or in PID-3 and PID-19.
function distinct(all: readonly FhirObject[]): FhirObject[] {
  const seen = new Set<string>()
  return all.filter(({ system, value }) => {
    const key = `${system}|${value}`
    return seen.has(key) ? false : seen.add(key)
  })
}

function birth(conversion: Conversion, pid: Segment): FhirObject {
  const birthDate = date(conversion, pid, 7)
  const birthTime = birthDate === undefined ? undefined : dateTime(conversion, pid, 7)
  if (birthTime === undefined || !birthTime.includes('T')) return { birthDate }
  const extension = [
    { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: birthTime },
  ]
  return { _birthDate: { extension }, birthDate }
}

function death(conversion: Conversion, pid: Segment): FhirObject {
  const deceasedDateTime = dateTime(conversion, pid, 29)
  if (deceasedDateTime !== undefined) return { deceasedDateTime }
  return { deceasedBoolean: yesNo(text(pid, 30)) }
}

function multipleBirth(pid: Segment): FhirObject {
  const order = text(pid, 25)
  if (order !== undefined && /^[1-9]\d?$/.test(order)) return { multipleBirthInteger: Number(order) }
  return { multipleBirthBoolean: yesNo(text(pid, 24)) }
}

function generalPractitioners(conversion: Conversion, pd1: Segment): FhirObject[] {
  const facility = organisation(conversion, pd1, 3)
  return [...(facility === undefined ? [] : [facility]), ...practitioners(conversion, pd1, 4)]
}

const standard = 'http://hl7.org/fhir/StructureDefinition'

function extensionsOf(conversion: Conversion, pid: Segment, pd1: Segment | undefined): FhirObject[] {
  const maiden = names(conversion, pid, 6)[0]?.family
  const place = text(pid, 23)
  const religion = concept(conversion, pid, 17, { table: '0006', map: religions })
  const disability = pd1 === undefined ? undefined : concept(conversion, pd1, 6, { table: '0295' })
  const congregation = pd1 === undefined ? undefined : text(pd1, 14)
  return [
    ...(maiden === undefined ? [] : [{ url: `${standard}/patient-mothersMaidenName`, valueString: maiden }]),
    ...(religion === undefined
      ? []
      : [{ url: `${standard}/patient-religion`, valueCodeableConcept: religion }]),
    ...(place === undefined
      ? []
      : [{ url: `${standard}/patient-birthPlace`, valueAddress: { text: place } }]),
    ...coded(conversion, pid, 26, 'patient-citizenship', '0171'),
    ...coded(conversion, pid, 39, 'patient-citizenship', '0171'),
    ...coded(conversion, pid, 28, 'patient-nationality', '0212'),
    ...animal(conversion, pid),
    ...plain(conversion, pid, 10, 'race', '0005'),
    ...ethnicGroup(conversion, pid),
    ...(disability === undefined
      ? []
      : [{ url: `${standard}/patient-disability`, valueCodeableConcept: disability }]),
    ...(congregation === undefined
      ? []
      : [{ url: `${standard}/patient-congregation`, valueString: congregation }]),
  ]
}

function coded(
  conversion: Conversion,
  pid: Segment,
  field: number,
  name: string,
  table: string,
): FhirObject[] {
  return concepts(conversion, pid, field, { table }).map((value) => ({
    extension: [{ url: 'code', valueCodeableConcept: value }],
    url: `${standard}/${name}`,
  }))
}

// HL7's map leaves race and ethnic group to a national extension; China has none in FHIR, so they are ours （民族 comes in PID-22）.
function plain(
  conversion: Conversion,
  pid: Segment,
  field: number,
  name: string,
  table: string,
): FhirObject[] {
  return concepts(conversion, pid, field, { table }).map((value) => ({
    url: `urn:meridian:extension:${name}`,
    valueCodeableConcept: value,
  }))
}

// 民族 as two digits is the national table (GB/T 3304); anything else is HL7's table of ethnic groups or names its own.
function ethnicGroup(conversion: Conversion, pid: Segment): FhirObject[] {
  const code = text(pid, 22) ?? ''
  if (!/^\d{2}$/.test(code) || text(pid, 22, 3) !== undefined) {
    return plain(conversion, pid, 22, 'ethnic-group', '0189')
  }
  const coding = [{ code, display: text(pid, 22, 2), system: 'urn:oid:2.16.156.10011.2.3.3.3' }]
  return [{ url: 'urn:meridian:extension:ethnic-group', valueCodeableConcept: { coding } }]
}

// A patient may be an animal: species and breed.
function animal(conversion: Conversion, pid: Segment): FhirObject[] {
  const parts = [
    { url: 'species', valueCodeableConcept: concept(conversion, pid, 35, { table: '0446' }) },
    { url: 'breed', valueCodeableConcept: concept(conversion, pid, 36, { table: '0447' }) },
  ].filter((part) => part.valueCodeableConcept !== undefined)
  return parts.length === 0 ? [] : [{ extension: parts, url: `${standard}/patient-animal` }]
}
