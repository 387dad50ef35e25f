/** Diagnoses: DG1 as Condition and as Encounter.diagnosis (v2-to-FHIR: DG1[Condition], DG1[Encounter]). */
import { composite, part, type Segment, segmentsNamed, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { concept, constant } from './coded.ts'
import { badValue, type Conversion } from './conversion.ts'
import type { Visit } from './encounter.ts'
import { entity, keyOf } from './identifiers.ts'
import type { PatientSubject } from './patient.ts'
import type { Draft } from './records.ts'
import { practitioners } from './references.ts'
import { dateTime } from './time.ts'
import { diagnosisRoles } from './value-maps.ts'

/** A diagnosis as record, and as the element by which the visit refers to it. */
export interface Diagnosis {
  readonly draft: Draft
  readonly element: FhirObject
}

/** The diagnoses of a message. A main diagnosis has DG1-15 = 1, or is the first when no priority is said anywhere. */
export function diagnosisDrafts(
  conversion: Conversion,
  subject: PatientSubject,
  visit: Visit | undefined,
): Diagnosis[] {
  return segmentsNamed(conversion.message, 'DG1').map((dg1) => diagnosisOf(conversion, dg1, subject, visit))
}

function diagnosisOf(
  conversion: Conversion,
  dg1: Segment,
  subject: PatientSubject,
  visit: Visit | undefined,
): Diagnosis {
  const id = conversion.tools.identify('Condition', diagnosisKey(conversion, dg1, subject, visit))
  const clinicians = practitioners(conversion, dg1, 16)
  const onset = dateTime(conversion, dg1, 5)
  const resource: FhirObject = {
    asserter: clinicians[0],
    category: [constant('encounter-diagnosis', 'http://terminology.hl7.org/CodeSystem/condition-category')],
    ...clinicalStatus(dg1),
    code: diagnosisCode(conversion, dg1),
    encounter: visit?.reference,
    id,
    identifier: [entity(conversion, dg1, 20)],
    onsetDateTime: onset,
    recordedDate: dateTime(conversion, dg1, 19),
    resourceType: 'Condition',
    subject: subject.reference,
  }
  const rank = text(dg1, 15)
  return {
    draft: {
      resource,
      patientId: subject.id,
      clinical: onset,
      agents: clinicians.map((who) => ({ role: 'author', who })),
    },
    element: {
      condition: { reference: `Condition/${id}` },
      rank: rank !== undefined && /^[1-9]\d{0,3}$/.test(rank) ? Number(rank) : undefined,
      use: concept(conversion, dg1, 6, { table: '0052', map: diagnosisRoles }),
    },
  }
}

// The same diagnosis of the same visit is one Condition, however often it is sent.
function diagnosisKey(
  conversion: Conversion,
  dg1: Segment,
  subject: PatientSubject,
  visit: Visit | undefined,
): string {
  const number = entity(conversion, dg1, 20)
  if (number !== undefined) return keyOf(number)
  const code = composite(dg1, 3)
  const said = code === undefined ? text(dg1, 4) : `${part(code, 3) ?? ''}|${part(code, 1) ?? part(code, 2)}`
  return `${visit?.id ?? subject.id}|${text(dg1, 6) ?? ''}|${said ?? text(dg1, 1)}`
}

/** DG1-3 with DG1-4 as its text; one of them is required. */
function diagnosisCode(conversion: Conversion, dg1: Segment): FhirObject | undefined {
  const code = concept(conversion, dg1, 3)
  const description = text(dg1, 4)
  if (code === undefined && description === undefined) {
    return badValue(conversion, 'hl7v2.field-missing', dg1, 3)
  }
  return description === undefined ? code : { ...code, text: description }
}

// An action code D withdraws the diagnosis (DG1-21); an entered-in-error Condition must have no clinical status (con-5).
function clinicalStatus(dg1: Segment): FhirObject {
  const withdrawn = text(dg1, 21) === 'D'
  const verification = withdrawn ? 'entered-in-error' : text(dg1, 6) === 'W' ? 'provisional' : undefined
  const system = 'http://terminology.hl7.org/CodeSystem/condition-ver-status'
  return {
    clinicalStatus: withdrawn
      ? undefined
      : constant('active', 'http://terminology.hl7.org/CodeSystem/condition-clinical'),
    verificationStatus: verification === undefined ? undefined : constant(verification, system),
  }
}
