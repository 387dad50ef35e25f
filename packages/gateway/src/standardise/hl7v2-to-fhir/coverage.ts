/** Insurance: IN1 as Coverage (v2-to-FHIR: IN1[Coverage]). */
import { composite, type Segment, segmentsNamed, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { coding, concept } from './coded.ts'
import { addresses } from './contact.ts'
import type { Conversion } from './conversion.ts'
import { identifierOf, identifiers } from './identifiers.ts'
import { names } from './names.ts'
import type { PatientSubject } from './patient.ts'
import { sexOf } from './person.ts'
import type { Draft } from './records.ts'
import { organisation } from './references.ts'
import { date, dateTime } from './time.ts'
import { relationships } from './value-maps.ts'

/** The insurances of a message, each with the insured person when it is another one; plan, company and policy make one. */
export function coverageDrafts(conversion: Conversion, subject: PatientSubject): Draft[] {
  return segmentsNamed(conversion.message, 'IN1').flatMap((in1) => {
    const insured = subscriberOf(conversion, in1, subject)
    const resource = coverageOf(conversion, in1, subject, insured)
    const coverage = { resource, patientId: subject.id, clinical: dateTime(conversion, in1, 12) }
    return insured?.resource === undefined
      ? [coverage]
      : [{ resource: insured.resource, patientId: subject.id }, coverage]
  })
}

function coverageOf(
  conversion: Conversion,
  in1: Segment,
  subject: PatientSubject,
  insured: Subscriber | undefined,
): FhirObject {
  const plan = coding(conversion, in1, 2, { table: '0072' })
  const policy = text(in1, 36)
  const start = dateTime(conversion, in1, 12)
  const end = dateTime(conversion, in1, 13)
  const number = text(in1, 49)
  return {
    beneficiary: subject.reference,
    class: classes(in1, plan),
    id: conversion.tools.identify('Coverage', coverageKey(in1, subject)),
    identifier: [
      ...identifiers(conversion, in1, 49),
      ...(plan === undefined ? [] : [{ system: plan.system, value: plan.code }]),
      ...(policy === undefined ? [] : [{ value: policy }]),
    ],
    payor: payors(conversion, in1),
    period: { end, start },
    relationship: concept(conversion, in1, 17, { table: '0063', map: relationships }),
    resourceType: 'Coverage',
    status: 'active',
    subscriber: insured?.reference,
    subscriberId: number,
    type: concept(conversion, in1, 15, { table: '0086' }),
  }
}

function coverageKey(in1: Segment, subject: PatientSubject): string {
  return [subject.id, text(in1, 2), text(in1, 3), text(in1, 36) ?? text(in1, 49)]
    .map((piece) => piece ?? '')
    .join('|')
}

// Plan and group say which contract it is.
function classes(in1: Segment, plan: FhirObject | undefined): FhirObject[] {
  const system = 'http://terminology.hl7.org/CodeSystem/coverage-class'
  const kind = (code: string): FhirObject => ({ coding: [{ code, system }] })
  const group = text(in1, 8)
  return [
    ...(plan === undefined ? [] : [{ name: plan.display, type: kind('plan'), value: plan.code }]),
    ...(group === undefined ? [] : [{ name: text(in1, 9), type: kind('group'), value: group }]),
  ]
}

function payors(conversion: Conversion, in1: Segment): FhirObject[] {
  const company = organisation(conversion, in1, 4)
  const number = composite(in1, 3)
  const identifier = number === undefined ? undefined : identifierOf(number, conversion)
  if (company === undefined && identifier === undefined) return [{ display: 'unknown', type: 'Organization' }]
  return [{ ...(identifier === undefined ? {} : { identifier }), ...company, type: 'Organization' }]
}

/** Who holds the insurance: the patient, or another person with a record of their own. */
interface Subscriber {
  readonly reference: FhirObject
  readonly resource?: FhirObject
}

function subscriberOf(conversion: Conversion, in1: Segment, subject: PatientSubject): Subscriber | undefined {
  const relation = text(in1, 17)?.toUpperCase()
  if (relation === 'SEL' || relation === '18') return { reference: subject.reference }
  const [name] = names(conversion, in1, 16)
  if (name === undefined) return undefined
  const key = `${subject.id}|subscriber|${in1.fields[16] ?? ''}`
  const id = conversion.tools.identify('RelatedPerson', key)
  const relationship = concept(conversion, in1, 17, { table: '0063', map: relationships })
  const resource = {
    address: addresses(conversion, in1, 19),
    birthDate: date(conversion, in1, 18),
    ...sexOf(conversion, in1, 43),
    id,
    name: [name],
    patient: subject.reference,
    relationship: relationship === undefined ? [] : [relationship],
    resourceType: 'RelatedPerson',
  }
  return { reference: { reference: `RelatedPerson/${id}` }, resource }
}
