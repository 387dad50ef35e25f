/** Allergies: AL1 as AllergyIntolerance (v2-to-FHIR: AL1[AllergyIntolerance]). */
import {
  composite,
  part,
  repetitions,
  type Segment,
  segmentsNamed,
  text,
} from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { concept, constant, mappedCode } from './coded.ts'
import type { Conversion } from './conversion.ts'
import type { PatientSubject } from './patient.ts'
import type { Draft } from './records.ts'
import { dateTime } from './time.ts'
import { allergyCategories, allergyTypes, criticalities, reactionSeverities } from './value-maps.ts'

/** The allergies of a message; the same allergen of the same patient is one record. */
export function allergyDrafts(conversion: Conversion, subject: PatientSubject): Draft[] {
  return segmentsNamed(conversion.message, 'AL1').map((al1) => ({
    resource: allergyOf(conversion, al1, subject),
    patientId: subject.id,
    clinical: dateTime(conversion, al1, 6),
  }))
}

function allergyOf(conversion: Conversion, al1: Segment, subject: PatientSubject): FhirObject {
  const allergen = composite(al1, 3)
  const said = allergen === undefined ? text(al1, 1) : (part(allergen, 1) ?? part(allergen, 2))
  return {
    category: [mappedCode(al1, 2, allergyCategories)],
    clinicalStatus: constant('active', 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical'),
    code: concept(conversion, al1, 3),
    criticality: mappedCode(al1, 4, criticalities),
    id: conversion.tools.identify('AllergyIntolerance', `${subject.id}|${said}`),
    onsetDateTime: dateTime(conversion, al1, 6),
    patient: subject.reference,
    reaction: reactions(al1),
    resourceType: 'AllergyIntolerance',
    type: mappedCode(al1, 2, allergyTypes),
  }
}

// A reaction needs a manifestation in FHIR; a severity without one is in `criticality`.
function reactions(al1: Segment): FhirObject[] {
  const severity = mappedCode(al1, 4, reactionSeverities)
  return repetitions(al1, 5)
    .map((value) => part(value, 1))
    .filter((said) => said !== undefined)
    .map((said) => ({ manifestation: [{ text: said }], severity }))
}
