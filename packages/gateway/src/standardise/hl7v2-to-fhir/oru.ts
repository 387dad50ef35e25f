/** ORU^R01: results with their report, order, specimens and visit (v2-to-FHIR: Message ORU_R01). */
import type { FhirObject } from '../fhir-json.ts'
import { type Conversion, cannot } from './conversion.ts'
import { type Visit, visitDraft, visitOf } from './encounter.ts'
import { namesSpecimen, orderAuthors, orderKey, serviceRequestOf, tellsOrder } from './order.ts'
import { type PatientSubject, patientOf, patientSubject } from './patient.ts'
import type { Draft } from './records.ts'
import { reportOf, reportTime } from './report.ts'
import { resultDrafts } from './result-drafts.ts'
import { type OrderGroup, type PatientGroup, patientGroups, type ResultSegments } from './result-group.ts'
import { orderSpecimenOf, specimenKey, specimenOf } from './specimen.ts'

/** Whom the results of a group are about. */
interface Holder {
  readonly subject: PatientSubject
  readonly visit?: Visit | undefined
}

/** The drafts of an ORU^R01, in the order in which they refer to one another. */
export function oruDrafts(conversion: Conversion): Draft[] {
  const groups = patientGroups(conversion.message.segments)
  if (groups.length === 0) cannot(conversion, 'hl7v2.segment-missing', 'PID')
  return groups.flatMap((group) => groupDrafts(conversion, group))
}

function groupDrafts(conversion: Conversion, group: PatientGroup): Draft[] {
  const subject = patientSubject(conversion, group.pid)
  if (subject === undefined) return []
  if (group.orders.length === 0 && group.results.length === 0) {
    cannot(conversion, 'hl7v2.segment-missing', 'OBR')
    return []
  }
  const visit = visitOf(conversion, group.pv1, subject)
  const holder = { subject, visit }
  const patient: Draft = {
    resource: patientOf(conversion, group.pid, subject),
    patientId: subject.id,
    existing: { rule: 'keep' },
  }
  return [
    patient,
    // The laboratory only mentions the visit; what the registering system said of it stays.
    ...visitDraft(conversion, group.pv1, { visit, subject, diagnosis: [] }, { rule: 'keep' }),
    ...results(conversion, group.results, holder, { key: `${subject.id}|${conversion.message.controlId}` }),
    ...group.orders.flatMap((order) => orderDrafts(conversion, order, holder)),
  ]
}

/** What the results of one order have in common. */
interface OrderPlace {
  readonly key: string
  readonly basedOn?: FhirObject | undefined
  readonly specimen?: FhirObject | undefined
  readonly effective?: string | undefined
  readonly group?: OrderGroup
}

function orderDrafts(conversion: Conversion, group: OrderGroup, holder: Holder): Draft[] {
  const { subject, visit } = holder
  const { obr } = group
  const key = orderKey(conversion, group, subject.id)
  const { identify } = conversion.tools
  const requestId = tellsOrder(group) ? identify('ServiceRequest', key) : undefined
  const basedOn = requestId === undefined ? undefined : { reference: `ServiceRequest/${requestId}` }
  const specimens = specimenDrafts(conversion, group, subject, key)
  const specimenReferences = specimens.map(referenceTo)
  const place: OrderPlace = {
    key,
    basedOn,
    specimen: specimenReferences.length === 1 ? specimenReferences[0] : undefined,
    effective: reportTime(conversion, obr),
    group,
  }
  const observations = results(conversion, group.results, holder, place)
  const ofSpecimens = group.specimens.flatMap((specimen, index) =>
    results(conversion, specimen.results, holder, {
      ...place,
      key: `${key}|specimen ${index + 1}`,
      specimen: specimenReferences[index],
    }),
  )
  const report = reportOf(conversion, group, obr, {
    id: identify('DiagnosticReport', key),
    subject: subject.reference,
    encounter: visit?.reference,
    basedOn,
    results: [...observations, ...ofSpecimens].map(referenceTo),
    specimens: specimenReferences,
  })
  const facts = { patientId: subject.id, clinical: place.effective, agents: orderAuthors(conversion, group) }
  const request: Draft[] =
    requestId === undefined
      ? []
      : [
          {
            ...facts,
            resource: serviceRequestOf(conversion, group, {
              id: requestId,
              subject: subject.reference,
              encounter: visit?.reference,
              notes: group.notes,
            }),
          },
        ]
  return [...request, ...specimens, ...observations, ...ofSpecimens, { ...facts, resource: report }]
}

function referenceTo(draft: Draft): FhirObject {
  return { reference: `${draft.resource.resourceType as string}/${draft.resource.id as string}` }
}

function specimenDrafts(
  conversion: Conversion,
  group: OrderGroup,
  subject: PatientSubject,
  key: string,
): Draft[] {
  const { identify } = conversion.tools
  if (group.specimens.length === 0 && namesSpecimen(group.obr)) {
    const id = identify('Specimen', `${key}|specimen`)
    return [
      { resource: orderSpecimenOf(conversion, group.obr, id, subject.reference), patientId: subject.id },
    ]
  }
  return group.specimens.map(({ spm }, index) => {
    const id = identify('Specimen', specimenKey(conversion, spm, key, index + 1))
    return { resource: specimenOf(conversion, spm, id, subject.reference), patientId: subject.id }
  })
}

function results(
  conversion: Conversion,
  segments: readonly ResultSegments[],
  holder: Holder,
  place: OrderPlace,
): Draft[] {
  const { subject, visit } = holder
  return resultDrafts(conversion, segments, {
    key: place.key,
    patientId: subject.id,
    subject: subject.reference,
    encounter: visit?.reference,
    specimen: place.specimen,
    basedOn: place.basedOn,
    effective: place.effective,
    authors: place.group === undefined ? [] : orderAuthors(conversion, place.group),
  })
}
