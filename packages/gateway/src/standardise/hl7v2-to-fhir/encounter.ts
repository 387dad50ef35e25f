/** The visit of a message: PV1 and PV2 (v2-to-FHIR: PV1[Encounter], PV2[Encounter], MSH[Encounter]). */
import { composite, firstNamed, type Segment, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { hl7Table } from './code-systems.ts'
import { coding, concept, concepts } from './coded.ts'
import { type Conversion, note } from './conversion.ts'
import type { ExistingRule } from './existing-rule.ts'
import { identifierOf, identifiers, keyOf, type ReadIdentifier } from './identifiers.ts'
import type { PatientSubject } from './patient.ts'
import { yesNo } from './person.ts'
import type { Draft } from './records.ts'
import { locationOf, physicalType, practitioners } from './references.ts'
import { visitRoles } from './roles.ts'
import { dateTime } from './time.ts'
import { classStatuses, encounterClasses, encounterPriorities } from './value-maps.ts'

/** A visit: our id and a reference with it. */
export interface Visit {
  readonly id: string
  readonly reference: FhirObject
}

/** What a trigger event says about the status of the visit (v2-to-FHIR: Event[EncounterStatus]). */
const eventStatuses: Readonly<Record<string, string>> = {
  A03: 'finished',
  A05: 'planned',
  A11: 'cancelled',
  A13: 'in-progress',
}

/**
 * The visit a PV1 speaks of, or undefined when it speaks of none (class N without a number). Its key is PV1-19, else PV1-50,
 * else patient and admission time; a visit with none of these cannot be found again and gets the message's control id.
 */
export function visitOf(
  conversion: Conversion,
  pv1: Segment | undefined,
  subject: PatientSubject,
): Visit | undefined {
  if (pv1 === undefined) return undefined
  const number = visitNumbers(conversion, pv1)[0]
  if (number === undefined && saysNothing(pv1)) return undefined
  const id = conversion.tools.identify('Encounter', visitKey(conversion, pv1, subject, number))
  return { id, reference: { reference: `Encounter/${id}` } }
}

function visitKey(
  conversion: Conversion,
  pv1: Segment,
  subject: PatientSubject,
  number: ReadIdentifier | undefined,
): string {
  if (number !== undefined) return keyOf(number)
  const admitted = text(pv1, 44)
  if (admitted !== undefined) return `${subject.id}|${admitted}`
  note(conversion, 'hl7v2.visit-number', pv1, 19)
  return `${subject.id}|${conversion.message.controlId}`
}

function visitNumbers(conversion: Conversion, pv1: Segment): ReadIdentifier[] {
  const alternate = composite(pv1, 50)
  const second = alternate === undefined ? undefined : identifierOf(alternate, conversion)
  return [...identifiers(conversion, pv1, 19, 'VN'), ...(second === undefined ? [] : [second])]
}

// HL7's map marks PV1-19 as a visit number even where the field says another type.
function visitIdentifiers(conversion: Conversion, pv1: Segment): FhirObject[] {
  const [first, ...rest] = visitNumbers(conversion, pv1)
  if (first === undefined || text(pv1, 19) === undefined) return visitNumbers(conversion, pv1)
  const said = (first.type as { coding: readonly FhirObject[] } | undefined)?.coding ?? []
  const coding = said.some(({ code }) => code === 'VN')
    ? said
    : [...said, { code: 'VN', system: hl7Table('0203') }]
  return [{ ...first, type: { coding } }, ...rest]
}

function saysNothing(pv1: Segment): boolean {
  const patientClass = text(pv1, 2)?.toUpperCase()
  if (patientClass !== undefined && patientClass !== 'N') return false
  return text(pv1, 44) === undefined && text(pv1, 3) === undefined && text(pv1, 7) === undefined
}

/** What a visit is made from besides its PV1; `diagnosis` are the elements made from DG1. */
export interface VisitParts {
  readonly visit: Visit | undefined
  readonly subject: PatientSubject
  readonly diagnosis: readonly FhirObject[]
}

/** The draft of a visit, or none when the message speaks of none. The attending doctor answers for it as its author. */
export function visitDraft(
  conversion: Conversion,
  pv1: Segment | undefined,
  parts: VisitParts,
  existing: ExistingRule,
): Draft[] {
  const { visit, subject } = parts
  if (pv1 === undefined || visit === undefined) return []
  return [
    {
      resource: encounterOf(conversion, pv1, { ...parts, visit }),
      patientId: subject.id,
      clinical: visitTime(conversion, pv1),
      agents: practitioners(conversion, pv1, 7).map((who) => ({ role: 'author', who })),
      existing,
    },
  ]
}

// PV1 and PV2 together.
function encounterOf(
  conversion: Conversion,
  pv1: Segment,
  parts: { visit: Visit; subject: PatientSubject; diagnosis: readonly FhirObject[] },
): FhirObject {
  const pv2 = firstNamed(conversion.message, 'PV2')
  const period = { end: dateTime(conversion, pv1, 45), start: dateTime(conversion, pv1, 44) }
  return {
    class: encounterClass(conversion, pv1),
    diagnosis: parts.diagnosis,
    episodeOfCare: episodes(conversion, pv1),
    extension: pv2 === undefined ? undefined : visitExtensions(conversion, pv2),
    hospitalization: hospitalization(conversion, pv1),
    id: parts.visit.id,
    identifier: visitIdentifiers(conversion, pv1),
    location: locations(conversion, pv1, pv2),
    meta: pv2 === undefined ? undefined : protection(pv2),
    participant: participants(conversion, pv1, pv2),
    period,
    priority:
      pv2 === undefined
        ? undefined
        : concept(conversion, pv2, 25, { table: '0217', map: encounterPriorities }),
    reasonCode: pv2 === undefined ? undefined : concepts(conversion, pv2, 3),
    resourceType: 'Encounter',
    serviceType: concept(conversion, pv1, 10, { table: '0069' }),
    status: statusOf(conversion.message.type.event, pv1, period.end),
    subject: parts.subject.reference,
    type: concepts(conversion, pv1, 4, { table: '0007' }),
  }
}

// When it happened: the discharge for A03; for others what EVN-6 says, else the admission.
function visitTime(conversion: Conversion, pv1: Segment): string | undefined {
  const evn = firstNamed(conversion.message, 'EVN')
  const occurred = evn === undefined ? undefined : dateTime(conversion, evn, 6)
  if (conversion.message.type.event === 'A03') return dateTime(conversion, pv1, 45) ?? occurred
  return occurred ?? dateTime(conversion, pv1, 44)
}

function statusOf(event: string, pv1: Segment, end: string | undefined): string {
  const said = eventStatuses[event]
  if (said !== undefined) return said
  if (end !== undefined) return 'finished'
  return classStatuses[text(pv1, 2)?.toUpperCase() ?? 'U'] ?? 'in-progress'
}

function encounterClass(conversion: Conversion, pv1: Segment): FhirObject {
  const said = coding(conversion, pv1, 2, { table: '0004', map: encounterClasses })
  return said ?? { code: 'U', display: 'Unknown', system: hl7Table('0004') }
}

const roles: readonly [number, string, string][] = [
  [7, 'ATND', 'attender'],
  [8, 'REF', 'referrer'],
  [9, 'CON', 'consultant'],
  [17, 'ADM', 'admitter'],
  [52, 'PART', 'Participation'],
]

function participants(conversion: Conversion, pv1: Segment, pv2: Segment | undefined): FhirObject[] {
  const referral = pv2 === undefined ? [] : inRole(conversion, pv2, [13, 'REF', 'referrer'])
  return [...roles.flatMap((role) => inRole(conversion, pv1, role)), ...referral, ...visitRoles(conversion)]
}

function inRole(
  conversion: Conversion,
  segment: Segment,
  role: readonly [number, string, string],
): FhirObject[] {
  const [field, code, display] = role
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType'
  return practitioners(conversion, segment, field).map((individual) => ({
    individual,
    type: [{ coding: [{ code, display, system }] }],
  }))
}

function locations(conversion: Conversion, pv1: Segment, pv2: Segment | undefined): FhirObject[] {
  const planned = text(pv1, 2)?.toUpperCase() === 'P'
  return [
    ...placed(conversion, pv1, 3, planned ? 'planned' : 'active'),
    ...placed(conversion, pv1, 6, 'completed'),
    ...placed(conversion, pv1, 11, 'active'),
    ...placed(conversion, pv1, 42, 'reserved'),
    ...(pv2 === undefined ? [] : placed(conversion, pv2, 1, 'planned')),
  ]
}

function placed(conversion: Conversion, segment: Segment, field: number, status: string): FhirObject[] {
  const value = composite(segment, field)
  const location = value === undefined ? undefined : locationOf(value, conversion)
  if (value === undefined || location === undefined) return []
  return [{ location, physicalType: physicalType(value), status }]
}

function hospitalization(conversion: Conversion, pv1: Segment): FhirObject {
  const preAdmission = composite(pv1, 5)
  const destination = text(pv1, 37)
  return {
    admitSource: concept(conversion, pv1, 14, { table: '0023' }),
    destination: destination === undefined ? undefined : { display: destination, type: 'Location' },
    dietPreference: concepts(conversion, pv1, 38, { table: '0114' }),
    dischargeDisposition: concept(conversion, pv1, 36, { table: '0112' }),
    preAdmissionIdentifier: preAdmission === undefined ? undefined : identifierOf(preAdmission, conversion),
    reAdmission: concept(conversion, pv1, 13, { table: '0092' }),
    specialArrangement: concepts(conversion, pv1, 15, { table: '0009' }),
    specialCourtesy: concepts(conversion, pv1, 16, { table: '0099' }),
  }
}

// PV2-22: a visit that must be protected is labelled restricted.
function protection(pv2: Segment): FhirObject {
  const protect = yesNo(text(pv2, 22))
  if (protect === undefined) return {}
  const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
  return { security: [{ code: protect ? 'R' : 'N', system }] }
}

function episodes(conversion: Conversion, pv1: Segment): FhirObject[] {
  const description = text(pv1, 53)
  return identifiers(conversion, pv1, 54).map((identifier) => ({
    display: description,
    identifier,
    type: 'EpisodeOfCare',
  }))
}

function visitExtensions(conversion: Conversion, pv2: Segment): FhirObject[] {
  const arrival = coding(conversion, pv2, 38, { table: '0430' })
  const url = 'http://hl7.org/fhir/StructureDefinition/encounter-modeOfArrival'
  const planned: readonly [number, string][] = [
    [8, 'plannedStartDate'],
    [9, 'plannedEndDate'],
  ]
  return [
    ...(arrival === undefined ? [] : [{ url, valueCoding: arrival }]),
    ...planned.flatMap(([field, name]) => {
      const value = dateTime(conversion, pv2, field)
      return value === undefined
        ? []
        : [
            {
              url: `http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.${name}`,
              valueDateTime: value,
            },
          ]
    }),
  ]
}
