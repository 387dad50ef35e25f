/** Relatives and contacts: NK1 as RelatedPerson (v2-to-FHIR: NK1[RelatedPerson]). */
import { repetitions, type Segment, segmentsNamed, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { concepts, constant } from './coded.ts'
import { languages } from './concept-tables.ts'
import { addresses, telecoms } from './contact.ts'
import type { Conversion } from './conversion.ts'
import { identifiers, keyOf, nationalNumber } from './identifiers.ts'
import { names } from './names.ts'
import type { PatientSubject } from './patient.ts'
import { sexOf } from './person.ts'
import type { Draft } from './records.ts'
import { organisation } from './references.ts'
import { date } from './time.ts'
import { relationships } from './value-maps.ts'

/** Kinds of NK1 that are no persons: employer, agencies, insurer (v2-to-FHIR: these become contacts of the patient). */
const institutions = /^(EMR|E|F|I|S)$/

/** The relatives of a message: its NK1 that are persons, and the mother of PID-21. */
export function relatedPersonDrafts(conversion: Conversion, pid: Segment, subject: PatientSubject): Draft[] {
  const persons = nextOfKin(conversion).filter((nk1) => !isInstitution(nk1))
  return [
    ...persons.map((nk1) => ({
      resource: relatedPersonOf(conversion, nk1, subject),
      patientId: subject.id,
    })),
    ...motherDrafts(conversion, pid, subject),
  ]
}

/** Employers, agencies and insurers of NK1 as contacts of the patient (v2-to-FHIR: NK1[Patient]). */
export function patientContacts(conversion: Conversion): FhirObject[] {
  return nextOfKin(conversion)
    .filter(isInstitution)
    .map((nk1) => ({
      address: addresses(conversion, nk1, 4)[0],
      name: names(conversion, nk1, 2)[0],
      organization: organisation(conversion, nk1, 13),
      period: periodOfNk1(conversion, nk1),
      relationship: relationshipsOf(conversion, nk1),
      telecom: [...telecoms(conversion, nk1, 5), ...telecoms(conversion, nk1, 6, 'work')],
    }))
}

// An NK1 without any name, number or relationship says nothing.
function nextOfKin(conversion: Conversion): Segment[] {
  return segmentsNamed(conversion.message, 'NK1').filter((nk1) =>
    [2, 3, 5, 13, 30, 33].some((field) => repetitions(nk1, field).length > 0),
  )
}

function isInstitution(nk1: Segment): boolean {
  return institutions.test(text(nk1, 3)?.toUpperCase() ?? '')
}

function periodOfNk1(conversion: Conversion, nk1: Segment): FhirObject {
  const start = date(conversion, nk1, 8)
  return { end: date(conversion, nk1, 9), start }
}

function relationshipsOf(conversion: Conversion, nk1: Segment): FhirObject[] {
  return [
    ...concepts(conversion, nk1, 3, { table: '0063', map: relationships }),
    ...concepts(conversion, nk1, 7, { table: '0131' }),
  ]
}

// A newborn is found through its mother: PID-21 holds her number (v2-to-FHIR: CX[RelatedPerson-Mother]).
function motherDrafts(conversion: Conversion, pid: Segment, subject: PatientSubject): Draft[] {
  const numbers = identifiers(conversion, pid, 21)
  const [first] = numbers
  if (first === undefined) return []
  const system = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode'
  const resource = {
    id: conversion.tools.identify('RelatedPerson', `${subject.id}|mother|${keyOf(first)}`),
    identifier: numbers,
    patient: subject.reference,
    relationship: [constant('MTH', system, 'mother')],
    resourceType: 'RelatedPerson',
  }
  return [{ resource, patientId: subject.id }]
}

function relatedPersonOf(conversion: Conversion, nk1: Segment, subject: PatientSubject): FhirObject {
  const numbers = [...identifiers(conversion, nk1, 33), ...identifiers(conversion, nk1, 12)]
  const national = text(nk1, 37)
  return {
    address: [...addresses(conversion, nk1, 4), ...addresses(conversion, nk1, 32)],
    birthDate: date(conversion, nk1, 16),
    communication: concepts(conversion, nk1, 20, { table: '0296', map: languages }).map((language) => ({
      language,
    })),
    ...sexOf(conversion, nk1, 15),
    id: conversion.tools.identify('RelatedPerson', relatedKey(nk1, subject, numbers[0] && keyOf(numbers[0]))),
    identifier: [
      ...numbers,
      ...(national === undefined ? [] : [nationalNumber(national, text(conversion.message.header, 17))]),
    ],
    name: [...names(conversion, nk1, 2), ...names(conversion, nk1, 30)],
    patient: subject.reference,
    period: periodOfNk1(conversion, nk1),
    relationship: relationshipsOf(conversion, nk1),
    resourceType: 'RelatedPerson',
    telecom: [
      ...telecoms(conversion, nk1, 5),
      ...telecoms(conversion, nk1, 6, 'work'),
      ...telecoms(conversion, nk1, 31),
      ...telecoms(conversion, nk1, 40),
      ...telecoms(conversion, nk1, 41),
    ],
  }
}

// Without a number of their own, name and relationship tell relatives of one patient apart.
function relatedKey(nk1: Segment, subject: PatientSubject, number: string | undefined): string {
  if (number !== undefined) return `${subject.id}|${number}`
  return [subject.id, nk1.fields[2] ?? '', text(nk1, 3) ?? ''].join('|')
}
