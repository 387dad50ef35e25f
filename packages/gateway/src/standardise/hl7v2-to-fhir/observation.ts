/** One result: OBX and its NTEs as Observation (v2-to-FHIR: OBX[Observation], NTE[Observation]). */
import { composite, type Segment, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject, FhirValue } from '../fhir-json.ts'
import type { ProvenanceAgent } from '../provenance.ts'
import { conceptOf, concepts, constant } from './coded.ts'
import { badValue, type Conversion } from './conversion.ts'
import { entity } from './identifiers.ts'
import { notesOf } from './notes.ts'
import { codeOf, observationValue } from './observation-value.ts'
import type { Draft } from './records.ts'
import { codedOrganisation, deviceOf, organisation, practitioners } from './references.ts'
import { dateTime } from './time.ts'
import { interpretations, observationStatuses } from './value-maps.ts'

/** Where an OBX stands: whom it is about and what it belongs to. `key` is what its id is made from. */
export interface ObservationPlace {
  readonly key: string
  readonly patientId: string
  readonly subject: FhirObject
  readonly encounter?: FhirObject | undefined
  readonly specimen?: FhirObject | undefined
  readonly basedOn?: FhirObject | undefined
  readonly partOf?: FhirObject | undefined
  /** The time of the order (OBR-7), for results that do not say their own. */
  readonly effective?: string | undefined
  /** The ordering doctor, author of a result whose observer is not named. */
  readonly authors: readonly ProvenanceAgent[]
  readonly notes: readonly Segment[]
}

/** The Observation of one OBX, with the observer and the equipment in its Provenance. */
export function observationOf(conversion: Conversion, obx: Segment, place: ObservationPlace): Draft {
  const device = composite(obx, 18)
  const equipment = device === undefined ? undefined : deviceOf(device, conversion)
  const observers = practitioners(conversion, obx, 16)
  const effective = dateTime(conversion, obx, 14) ?? place.effective
  const directors = practitioners(conversion, obx, 25)
  const performer = [...observers, ...organisations(conversion, obx), ...directors]
  const code = codeOf(conversion, obx) ?? missingCode(conversion, obx)
  // Members in order, the value last: sorting them again for every result costs more than writing them.
  const { dataAbsentReason, extension, ...value } = observationValue(conversion, obx)
  const resource = {
    basedOn: place.basedOn === undefined ? undefined : [place.basedOn],
    bodySite: conceptAt(conversion, obx, 20),
    code,
    dataAbsentReason: text(obx, 11) === 'N' ? notAsked : dataAbsentReason,
    device: equipment,
    effectiveDateTime: effective,
    encounter: place.encounter,
    extension: extensionsOf(conversion, obx, extension),
    id: conversion.tools.identify('Observation', place.key),
    identifier: [entity(conversion, obx, 21, 'FILL')],
    interpretation: concepts(conversion, obx, 8, { table: '0078', map: interpretations }),
    method: conceptAt(conversion, obx, 17),
    note: notesOf(conversion, place.notes),
    partOf: place.partOf === undefined ? undefined : [place.partOf],
    performer,
    referenceRange: referenceRange(obx),
    resourceType: 'Observation',
    specimen: place.specimen,
    status: statusOf(conversion, obx),
    subject: place.subject,
    ...value,
  }
  return {
    resource,
    patientId: place.patientId,
    clinical: effective,
    agents: agentsOf(observers, equipment, place.authors),
    captureMethod: equipment === undefined ? undefined : 'device',
  }
}

function agentsOf(
  observers: readonly ProvenanceAgent['who'][],
  equipment: ProvenanceAgent['who'] | undefined,
  authors: readonly ProvenanceAgent[],
): ProvenanceAgent[] {
  const people = observers.map((who): ProvenanceAgent => ({ role: 'author', who }))
  const device: ProvenanceAgent[] = equipment === undefined ? [] : [{ role: 'performer', who: equipment }]
  return [...(people.length > 0 ? people : authors), ...device]
}

function conceptAt(conversion: Conversion, obx: Segment, field: number): FhirObject | undefined {
  const value = composite(obx, field)
  return value === undefined ? undefined : conceptOf(value, conversion)
}

function missingCode(conversion: Conversion, obx: Segment): FhirObject {
  badValue(conversion, 'hl7v2.field-missing', obx, 3)
  return { text: 'unknown' }
}

function statusOf(conversion: Conversion, obx: Segment): string {
  const said = text(obx, 11)?.toUpperCase()
  if (said === undefined) return 'unknown'
  return observationStatuses[said] ?? badValue(conversion, 'hl7v2.code', obx, 11) ?? 'unknown'
}

function organisations(conversion: Conversion, obx: Segment): FhirObject[] {
  const performing = organisation(conversion, obx, 23) ?? codedOrganisation(conversion, obx, 15)
  return performing === undefined ? [] : [performing]
}

function referenceRange(obx: Segment): FhirObject[] {
  const range = text(obx, 7)
  return range === undefined ? [] : [{ text: range }]
}

const standard = 'http://hl7.org/fhir/StructureDefinition'

function extensionsOf(conversion: Conversion, obx: Segment, own: FhirValue): FhirObject[] {
  const found = own === undefined ? [] : [...(own as readonly FhirObject[])]
  const subId = text(obx, 4)
  const analysed = dateTime(conversion, obx, 19)
  if (subId !== undefined) {
    const extension = [{ url: 'original-sub-identifier', valueString: subId }]
    found.push({ extension, url: `${standard}/observation-v2-subid` })
  }
  if (analysed !== undefined) {
    found.push({ url: 'urn:meridian:extension:analysis-time', valueDateTime: analysed })
  }
  for (const valueCodeableConcept of concepts(conversion, obx, 10, { table: '0080' })) {
    found.push({ url: `${standard}/observation-nature-of-abnormal-test`, valueCodeableConcept })
  }
  return found
}

const notAsked = constant('not-asked', 'http://terminology.hl7.org/CodeSystem/data-absent-reason')
