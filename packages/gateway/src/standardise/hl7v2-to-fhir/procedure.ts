/** Procedures: PR1 as Procedure (v2-to-FHIR: PR1[Procedure]). */
import { composite, part, type Segment, segmentsNamed, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { concept, concepts, constant } from './coded.ts'
import { badValue, type Conversion } from './conversion.ts'
import type { Visit } from './encounter.ts'
import { entity, keyOf } from './identifiers.ts'
import type { PatientSubject } from './patient.ts'
import type { Draft } from './records.ts'
import { location, practitioners } from './references.ts'
import { dateTime } from './time.ts'

/** The procedures of a message. */
export function procedureDrafts(
  conversion: Conversion,
  subject: PatientSubject,
  visit: Visit | undefined,
): Draft[] {
  return segmentsNamed(conversion.message, 'PR1').map((pr1) => {
    const surgeons = practitioners(conversion, pr1, 11)
    return {
      resource: procedureOf(conversion, pr1, subject, visit),
      patientId: subject.id,
      clinical: dateTime(conversion, pr1, 5),
      agents: surgeons.map((who) => ({ role: 'author' as const, who })),
    }
  })
}

function procedureOf(
  conversion: Conversion,
  pr1: Segment,
  subject: PatientSubject,
  visit: Visit | undefined,
): FhirObject {
  const place = location(conversion, pr1, 23)
  return {
    category: concept(conversion, pr1, 6, { table: '0230' }),
    code: procedureCode(conversion, pr1),
    encounter: visit?.reference,
    id: conversion.tools.identify('Procedure', procedureKey(conversion, pr1, subject, visit)),
    identifier: [entity(conversion, pr1, 19)],
    location: place,
    performedDateTime: dateTime(conversion, pr1, 5),
    performer: performers(conversion, pr1),
    reasonCode: concepts(conversion, pr1, 15),
    resourceType: 'Procedure',
    // HL7's map leaves the status to the context; an ADT reports what was done, and says so only by a time that is over.
    status: text(pr1, 5) === undefined ? 'unknown' : 'completed',
    subject: subject.reference,
  }
}

function procedureKey(
  conversion: Conversion,
  pr1: Segment,
  subject: PatientSubject,
  visit: Visit | undefined,
): string {
  const number = entity(conversion, pr1, 19)
  if (number !== undefined) return keyOf(number)
  const code = composite(pr1, 3)
  const said = code === undefined ? text(pr1, 4) : (part(code, 1) ?? part(code, 2))
  return `${visit?.id ?? subject.id}|${said}|${text(pr1, 5) ?? text(pr1, 1)}`
}

function procedureCode(conversion: Conversion, pr1: Segment): FhirObject | undefined {
  const code = concept(conversion, pr1, 3)
  const description = text(pr1, 4)
  if (code === undefined && description === undefined)
    return badValue(conversion, 'hl7v2.field-missing', pr1, 3)
  return code?.text === undefined && description !== undefined ? { ...code, text: description } : code
}

const snomed = 'http://snomed.info/sct'

function performers(conversion: Conversion, pr1: Segment): FhirObject[] {
  const roles: readonly [number, string | undefined][] = [
    [8, '88189002'],
    [11, '304292004'],
    [12, undefined],
  ]
  return roles.flatMap(([field, code]) =>
    practitioners(conversion, pr1, field).map((actor) => ({
      actor,
      function: code === undefined ? undefined : constant(code, snomed),
    })),
  )
}
