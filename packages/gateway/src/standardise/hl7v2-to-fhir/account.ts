/** The patient's account: PID-18 as Account (v2-to-FHIR: PID[Account]). */
import type { Segment } from '../../connect/hl7v2/message.ts'
import type { Conversion } from './conversion.ts'
import { identifiers, keyOf } from './identifiers.ts'
import type { PatientSubject } from './patient.ts'
import type { Draft } from './records.ts'

/** The account an ADT names; none without a number. */
export function accountDrafts(conversion: Conversion, pid: Segment, subject: PatientSubject): Draft[] {
  const numbers = identifiers(conversion, pid, 18, 'AN')
  const [first] = numbers
  if (first === undefined) return []
  const resource = {
    id: conversion.tools.identify('Account', keyOf(first)),
    identifier: numbers,
    resourceType: 'Account',
    status: 'active',
    subject: [subject.reference],
  }
  return [{ resource, patientId: subject.id }]
}
