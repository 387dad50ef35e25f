/** One vaccination: RXA, RXR and ORC as Immunization (v2-to-FHIR: RXA, RXR and ORC[Immunization]). */
import { composite, part, repetitions, type Segment, text } from '../../connect/hl7v2/message.ts'
import { decimalText, type FhirObject } from '../fhir-json.ts'
import { hl7Table } from './code-systems.ts'
import { concept, conceptOf, concepts, constant, mappedCode } from './coded.ts'
import { badValue, type Conversion } from './conversion.ts'
import { entity } from './identifiers.ts'
import { resultIdentifiers } from './order.ts'
import { quantityOf } from './quantity.ts'
import { codedOrganisation, location, locationOf, practitioners } from './references.ts'
import type { ResultSegments } from './result-group.ts'
import { date, dateTime } from './time.ts'
import type { VaccinationGroup } from './vaccination-group.ts'
import { completionStatuses } from './value-maps.ts'

/** The key of a vaccination: the filler's number with vaccine and day (some systems write one number for all old shots). */
export function immunizationKey(conversion: Conversion, group: VaccinationGroup, patientId: string): string {
  const number = entity(conversion, group.orc, 3) ?? entity(conversion, group.orc, 2)
  const vaccine = text(group.rxa, 5) ?? text(group.rxa, 5, 2)
  return [patientId, number?.value ?? '', vaccine ?? '', text(group.rxa, 3)?.slice(0, 8) ?? ''].join('|')
}

/** The Immunization resource. */
export function immunizationOf(
  conversion: Conversion,
  group: VaccinationGroup,
  place: { id: string; patient: FhirObject; encounter: FhirObject | undefined },
): FhirObject {
  const { rxa, rxr, orc } = group
  const occurrence = dateTime(conversion, rxa, 3) ?? required(conversion, rxa, 3)
  return {
    doseQuantity: dose(conversion, rxa),
    encounter: place.encounter,
    expirationDate: date(conversion, rxa, 16),
    ...explained(conversion, group.results),
    id: place.id,
    identifier: resultIdentifiers(conversion, { orc }),
    location: location(conversion, rxa, 27) ?? oldLocation(conversion, rxa),
    lotNumber: text(rxa, 15),
    manufacturer: codedOrganisation(conversion, rxa, 17),
    occurrenceDateTime: occurrence,
    patient: place.patient,
    performer: [
      ...performers(conversion, orc, 12, 'OP', 'Ordering Provider'),
      ...performers(conversion, rxa, 10, 'AP', 'Administering Provider'),
    ],
    ...origin(conversion, rxa),
    reasonCode: concepts(conversion, rxa, 19),
    recorded: recorded(conversion, rxa, orc),
    resourceType: 'Immunization',
    route: rxr === undefined ? undefined : concept(conversion, rxr, 1, { table: '0162' }),
    site: rxr === undefined ? undefined : concept(conversion, rxr, 2, { table: '0163' }),
    status: statusOf(rxa),
    statusReason: concept(conversion, rxa, 18),
    vaccineCode: concept(conversion, rxa, 5) ?? required(conversion, rxa, 5),
  }
}

function required(conversion: Conversion, rxa: Segment, field: number): undefined {
  return badValue(conversion, 'hl7v2.field-missing', rxa, field)
}

function statusOf(rxa: Segment): string {
  if (text(rxa, 21) === 'D') return 'entered-in-error'
  return mappedCode(rxa, 20, completionStatuses) ?? 'completed'
}

function recorded(conversion: Conversion, rxa: Segment, orc: Segment | undefined): string | undefined {
  const entered = text(rxa, 21) === 'A' ? dateTime(conversion, rxa, 22) : undefined
  return entered ?? (orc === undefined ? undefined : dateTime(conversion, orc, 9))
}

// 999 means that nobody knows how much (HL7 v2.8 §4A.4.7.6).
function dose(conversion: Conversion, rxa: Segment): FhirObject | undefined {
  const amount = text(rxa, 6)
  if (amount === undefined || /^9{3,}$/.test(amount) || Number(amount) === 0) return undefined
  const quantity = quantityOf(amount, { unit: composite(rxa, 7) }, conversion)
  if (quantity === 'unit-missing') return badValue(conversion, 'hl7v2.unit-missing', rxa, 7)
  return quantity === 'number' ? badValue(conversion, 'hl7v2.number', rxa, 6) : quantity
}

function performers(
  conversion: Conversion,
  segment: Segment | undefined,
  field: number,
  code: string,
  display: string,
): FhirObject[] {
  return practitioners(conversion, segment, field).map((actor) => ({
    actor,
    function: constant(code, hl7Table('0443'), display),
  }))
}

// RXA-11 (LA2) before RXA-27 existed: its first components are those of a place.
function oldLocation(conversion: Conversion, rxa: Segment): FhirObject | undefined {
  const value = composite(rxa, 11)
  return value === undefined ? undefined : locationOf(value, conversion)
}

/** RXA-9: 00 is a new shot given by the sender; everything else is told from elsewhere. */
function origin(conversion: Conversion, rxa: Segment): FhirObject {
  const source = repetitions(rxa, 9).find(
    (value) => part(value, 3) === 'NIP001' || /^0\d$/.test(part(value, 1) ?? ''),
  )
  if (source === undefined) return {}
  const primarySource = part(source, 1) === '00'
  return { primarySource, reportOrigin: conceptOf(source, conversion) }
}

/** Observations that FHIR has elements for: who pays, who is entitled, which dose of the series. They stay observations too. */
function explained(conversion: Conversion, results: readonly ResultSegments[]): FhirObject {
  const resultOf = (code: string): Segment | undefined =>
    results.find(({ obx }) => text(obx, 3) === code)?.obx
  const [funding, eligibility, doseNumber] = ['30963-3', '64994-7', '30973-2'].map(resultOf)
  const number = doseNumber === undefined ? undefined : decimalText(text(doseNumber, 5) ?? '')?.decimal
  const doseInSeries = number !== undefined && /^[1-9]\d?$/.test(number) ? Number(number) : undefined
  return {
    fundingSource: funding === undefined ? undefined : concept(conversion, funding, 5),
    programEligibility: eligibility === undefined ? undefined : concepts(conversion, eligibility, 5),
    protocolApplied: doseInSeries === undefined ? undefined : [{ doseNumberPositiveInt: doseInSeries }],
  }
}
