/** VXU^V04: vaccinations given, refused or reported (v2-to-FHIR: Message VXU_V04). */
import { firstNamed } from '../../connect/hl7v2/message.ts'
import { type Conversion, cannot } from './conversion.ts'
import { coverageDrafts } from './coverage.ts'
import { type Visit, visitDraft, visitOf } from './encounter.ts'
import { immunizationKey, immunizationOf } from './immunization.ts'
import { relatedPersonDrafts } from './next-of-kin.ts'
import { orderAuthors, serviceRequestOf } from './order.ts'
import { clearedMembers, type PatientSubject, patientOf, patientSubject } from './patient.ts'
import type { Draft } from './records.ts'
import { practitioners } from './references.ts'
import { type ResultHolder, resultDrafts } from './result-drafts.ts'
import { dateTime } from './time.ts'
import { type VaccinationGroup, vaccinationGroups } from './vaccination-group.ts'

/** The drafts of a VXU^V04. A vaccination message knows the person well, so its demographics are an update. */
export function vxuDrafts(conversion: Conversion): Draft[] {
  const pid = firstNamed(conversion.message, 'PID')
  const { person, vaccinations } = vaccinationGroups(conversion.message.segments)
  if (pid === undefined || vaccinations.length === 0) {
    cannot(conversion, 'hl7v2.segment-missing', pid === undefined ? 'PID' : 'RXA')
    return []
  }
  const subject = patientSubject(conversion, pid)
  if (subject === undefined) return []
  const pv1 = firstNamed(conversion.message, 'PV1')
  const visit = visitOf(conversion, pv1, subject)
  const place = { subject, visit }
  return [
    {
      resource: patientOf(conversion, pid, subject),
      patientId: subject.id,
      existing: { rule: 'overlay', cleared: clearedMembers(pid) },
    },
    ...relatedPersonDrafts(conversion, pid, subject),
    ...visitDraft(conversion, pv1, { visit, subject, diagnosis: [] }, { rule: 'keep' }),
    ...coverageDrafts(conversion, subject),
    ...resultDrafts(conversion, person, personHolder(conversion, place)),
    ...vaccinations.flatMap((group) => vaccinationDrafts(conversion, group, place)),
  ]
}

interface Place {
  readonly subject: PatientSubject
  readonly visit?: Visit | undefined
}

function vaccinationDrafts(conversion: Conversion, group: VaccinationGroup, place: Place): Draft[] {
  const { subject, visit } = place
  const key = immunizationKey(conversion, group, subject.id)
  const id = conversion.tools.identify('Immunization', key)
  const givers = practitioners(conversion, group.rxa, 10)
  const immunization: Draft = {
    resource: immunizationOf(conversion, group, {
      id,
      patient: subject.reference,
      encounter: visit?.reference,
    }),
    patientId: subject.id,
    clinical: dateTime(conversion, group.rxa, 3),
    agents: [
      ...givers.map((who) => ({ role: 'author' as const, who })),
      ...(givers.length > 0 ? [] : orderAuthors(conversion, group)),
    ],
  }
  return [
    immunization,
    ...orderDraft(conversion, group, place, key),
    ...resultDrafts(conversion, group.results, {
      ...personHolder(conversion, place),
      key,
      partOf: { reference: `Immunization/${id}` },
    }),
  ]
}

// The order is kept when somebody is named as having ordered: otherwise ORC only carries the numbers of the vaccination.
function orderDraft(conversion: Conversion, group: VaccinationGroup, place: Place, key: string): Draft[] {
  const authors = orderAuthors(conversion, group)
  if (group.orc === undefined || authors.length === 0) return []
  const id = conversion.tools.identify('ServiceRequest', key)
  const resource = serviceRequestOf(
    conversion,
    { orc: group.orc },
    {
      id,
      subject: place.subject.reference,
      encounter: place.visit?.reference,
      notes: [],
    },
  )
  return [
    { resource, patientId: place.subject.id, agents: authors, clinical: dateTime(conversion, group.orc, 9) },
  ]
}

function personHolder(conversion: Conversion, place: Place): ResultHolder {
  const { subject, visit } = place
  return {
    key: `${subject.id}|${conversion.message.controlId}`,
    patientId: subject.id,
    subject: subject.reference,
    encounter: visit?.reference,
    authors: [],
  }
}
