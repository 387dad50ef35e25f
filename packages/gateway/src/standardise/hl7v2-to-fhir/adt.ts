/** ADT: who the patient is and where the visit stands (v2-to-FHIR: Messages ADT_A01, A02, A05, A06, A09, A11). */
import { firstNamed, segmentsNamed } from '../../connect/hl7v2/message.ts'
import { accountDrafts } from './account.ts'
import { allergyDrafts } from './allergy.ts'
import { type Conversion, cannot } from './conversion.ts'
import { coverageDrafts } from './coverage.ts'
import { diagnosisDrafts } from './diagnosis.ts'
import { type Visit, visitDraft, visitOf } from './encounter.ts'
import type { ExistingRule } from './existing-rule.ts'
import { relatedPersonDrafts } from './next-of-kin.ts'
import { clearedMembers, type PatientSubject, patientOf, patientSubject } from './patient.ts'
import { procedureDrafts } from './procedure.ts'
import type { Draft } from './records.ts'
import { resultDrafts } from './result-drafts.ts'

/** The drafts of every ADT but A37 and A40. */
export function adtDrafts(conversion: Conversion): Draft[] {
  const pid = firstNamed(conversion.message, 'PID')
  if (pid === undefined) {
    cannot(conversion, 'hl7v2.segment-missing', 'PID')
    return []
  }
  const subject = patientSubject(conversion, pid)
  if (subject === undefined) return []
  const pv1 = firstNamed(conversion.message, 'PV1')
  if (pv1 === undefined && needsVisit(conversion.message.type.event)) {
    cannot(conversion, 'hl7v2.segment-missing', 'PV1')
  }
  const visit = visitOf(conversion, pv1, subject)
  const patient: Draft = {
    resource: patientOf(conversion, pid, subject),
    patientId: subject.id,
    existing: { rule: 'overlay', cleared: clearedMembers(pid) },
  }
  const diagnoses = diagnosisDrafts(conversion, subject, visit)
  const parts = { visit, subject, diagnosis: diagnoses.map((one) => one.element) }
  return [
    patient,
    ...accountDrafts(conversion, pid, subject),
    ...relatedPersonDrafts(conversion, pid, subject),
    ...visitDraft(conversion, pv1, parts, visitRule(conversion.message.type.event)),
    ...diagnoses.map((diagnosis) => diagnosis.draft),
    ...procedureDrafts(conversion, subject, visit),
    ...allergyDrafts(conversion, subject),
    ...coverageDrafts(conversion, subject),
    ...observations(conversion, subject, visit),
  ]
}

/** The events that say something about a visit and nothing without one. */
function needsVisit(event: string): boolean {
  return ['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A11', 'A12', 'A13'].includes(event)
}

// An A13 takes the discharge back; an update of the person (A08, A31) does not know where the visit stands.
function visitRule(event: string): ExistingRule {
  if (event === 'A13') {
    const discharge = ['dischargeDisposition', 'destination'].map((name) => `hospitalization.${name}`)
    return { rule: 'overlay', cleared: ['period.end', ...discharge] }
  }
  return ['A08', 'A28', 'A31'].includes(event)
    ? { rule: 'overlay', defaults: ['status'] }
    : { rule: 'overlay' }
}

// Height and weight at admission, for example: they belong to the visit, and only their time tells them apart.
function observations(conversion: Conversion, subject: PatientSubject, visit: Visit | undefined): Draft[] {
  const results = segmentsNamed(conversion.message, 'OBX').map((obx) => ({ obx, notes: [] }))
  return resultDrafts(conversion, results, {
    key: visit?.id ?? subject.id,
    patientId: subject.id,
    subject: subject.reference,
    encounter: visit?.reference,
    authors: [],
    separatedByTime: true,
  })
}
