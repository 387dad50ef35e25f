/** Relatives and contacts: NK1 as RelatedPerson (v2-to-FHIR: NK1[RelatedPerson]). */
import { type Segment, segmentsNamed, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { concepts } from './coded.ts'
import { addresses, telecoms } from './contact.ts'
import type { Conversion } from './conversion.ts'
import { identifiers, keyOf, nationalNumber } from './identifiers.ts'
import { names } from './names.ts'
import { gender, type PatientSubject } from './patient.ts'
import type { Draft } from './records.ts'
import { date } from './time.ts'
import { relationships } from './value-maps.ts'

/** The relatives of a message. An NK1 without any name, number or relationship is no person. */
export function relatedPersonDrafts(conversion: Conversion, subject: PatientSubject): Draft[] {
  return segmentsNamed(conversion.message, 'NK1')
    .filter((nk1) =>
      [2, 3, 5, 13, 30, 33].some(
        (field) => text(nk1, field) !== undefined || (nk1.fields[field] ?? '') !== '',
      ),
    )
    .map((nk1) => ({ resource: relatedPersonOf(conversion, nk1, subject), patientId: subject.id }))
}

function relatedPersonOf(conversion: Conversion, nk1: Segment, subject: PatientSubject): FhirObject {
  const numbers = [...identifiers(conversion, nk1, 33), ...identifiers(conversion, nk1, 12)]
  const national = text(nk1, 37)
  const start = date(conversion, nk1, 8)
  const end = date(conversion, nk1, 9)
  return {
    address: [...addresses(conversion, nk1, 4), ...addresses(conversion, nk1, 32)],
    birthDate: date(conversion, nk1, 16),
    communication: concepts(conversion, nk1, 20, { table: '0296' }).map((language) => ({ language })),
    gender: gender(conversion, nk1, 15),
    id: conversion.tools.identify('RelatedPerson', relatedKey(nk1, subject, numbers[0] && keyOf(numbers[0]))),
    identifier: [...numbers, ...(national === undefined ? [] : [nationalNumber(national, undefined)])],
    name: [...names(conversion, nk1, 2), ...names(conversion, nk1, 30)],
    patient: subject.reference,
    period: { end, start },
    relationship: [
      ...concepts(conversion, nk1, 3, { table: '0063', map: relationships }),
      ...concepts(conversion, nk1, 7, { table: '0131' }),
    ],
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
