/** ADT^A40: one patient is merged into another; both records stay and point at each other, so that it can be undone. */
import { type Segment, segmentsNamed } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import { type Conversion, cannot, placeOf } from './conversion.ts'
import { identifiers } from './identifiers.ts'
import { names } from './names.ts'
import { type PatientSubject, patientOf, patientSubject, preferredIdentifier, subjectOf } from './patient.ts'
import type { Draft } from './records.ts'

/** The drafts of a merge. A message may merge several pairs: each MRG belongs to the PID before it. */
export function mergeDrafts(conversion: Conversion): Draft[] {
  const { segments } = conversion.message
  const merges = segmentsNamed(conversion.message, 'MRG')
  if (merges.length === 0) cannot(conversion, 'hl7v2.segment-missing', 'MRG')
  return merges.flatMap((mrg) => {
    const before = segments.filter((segment) => segment.name === 'PID' && segment.index < mrg.index)
    return pairDrafts(conversion, before[before.length - 1], mrg)
  })
}

function pairDrafts(conversion: Conversion, pid: Segment | undefined, mrg: Segment): Draft[] {
  if (pid === undefined) {
    cannot(conversion, 'hl7v2.segment-missing', 'PID')
    return []
  }
  const survivor = patientSubject(conversion, pid)
  const number = preferredIdentifier(conversion, mrg, 1) ?? preferredIdentifier(conversion, mrg, 4)
  if (number === undefined) cannot(conversion, 'hl7v2.merge-id', placeOf(conversion, mrg, 1))
  if (survivor === undefined || number === undefined) return []
  const prior = subjectOf(conversion, number)
  if (prior.id === survivor.id) cannot(conversion, 'hl7v2.merge-self', placeOf(conversion, mrg, 1))
  return [
    {
      resource: { ...patientOf(conversion, pid, survivor), link: [linkTo(prior, 'replaces')] },
      patientId: survivor.id,
      existing: { rule: 'unite' },
    },
    {
      resource: priorPatient(conversion, mrg, prior, survivor),
      patientId: prior.id,
      existing: { rule: 'unite' },
    },
  ]
}

function linkTo(other: PatientSubject, type: 'replaces' | 'replaced-by'): FhirObject {
  return { other: other.reference, type }
}

// Only what the MRG says: with `unite` everything else the prior record holds stays as it was.
function priorPatient(
  conversion: Conversion,
  mrg: Segment,
  prior: PatientSubject,
  survivor: PatientSubject,
): FhirObject {
  return {
    active: false,
    id: prior.id,
    identifier: [...identifiers(conversion, mrg, 1), ...identifiers(conversion, mrg, 4)],
    link: [linkTo(survivor, 'replaced-by')],
    name: names(conversion, mrg, 7),
    resourceType: 'Patient',
  }
}
