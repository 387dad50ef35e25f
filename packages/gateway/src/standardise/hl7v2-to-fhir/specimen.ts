/** What was taken from the patient: SPM, or OBR-15 before v2.5, as Specimen (v2-to-FHIR: SPM[Specimen], OBR[Specimen]). */
import {
  type Composite,
  composite,
  part,
  type Segment,
  subcomposite,
  text,
} from '../../connect/hl7v2/message.ts'
import { decimalText, type FhirObject } from '../fhir-json.ts'
import { concept, conceptOf, concepts } from './coded.ts'
import type { Conversion } from './conversion.ts'
import { entity, entityIdentifier, identifiers, keyOf, type ReadIdentifier } from './identifiers.ts'
import { practitioners } from './references.ts'
import { dateTime } from './time.ts'

/** The Specimen of an SPM. */
export function specimenOf(
  conversion: Conversion,
  spm: Segment,
  id: string,
  subject: FhirObject,
): FhirObject {
  return {
    accessionIdentifier: identifiers(conversion, spm, 30)[0],
    collection: collectionOf(conversion, spm),
    condition: concepts(conversion, spm, 24, { table: '0493' }),
    container: containerOf(conversion, spm),
    id,
    identifier: [
      ...specimenNumbers(conversion, spm),
      ...identifiers(conversion, spm, 31),
      entity(conversion, spm, 32, 'SHIP'),
    ],
    note: text(spm, 14) === undefined ? undefined : [{ text: text(spm, 14) }],
    receivedTime: dateTime(conversion, spm, 18),
    resourceType: 'Specimen',
    status: text(spm, 20) === 'Y' ? 'available' : text(spm, 20) === 'N' ? 'unavailable' : undefined,
    subject,
    type: concept(conversion, spm, 4, { table: '0487' }),
  }
}

/** The key of a specimen: its number, else its place under the order. */
export function specimenKey(conversion: Conversion, spm: Segment, order: string, index: number): string {
  const number = specimenNumbers(conversion, spm)[0]
  return number === undefined ? `${order}|specimen ${index}` : keyOf(number)
}

// SPM-2 is an EIP: the placer's and the filler's number as subcomponents.
function specimenNumbers(conversion: Conversion, spm: Segment): ReadIdentifier[] {
  const value = composite(spm, 2)
  if (value === undefined) return []
  const pair: readonly [number, string][] = [
    [1, 'PGN'],
    [2, 'FGN'],
  ]
  return pair
    .map(([at, type]) => {
      const number = subcomposite(value, at)
      return number === undefined ? undefined : entityIdentifier(number, conversion, type)
    })
    .filter((identifier) => identifier !== undefined)
}

function collectionOf(conversion: Conversion, spm: Segment): FhirObject {
  const start = dateTime(conversion, spm, 17)
  const end = dateTime(conversion, spm, 17, 2)
  return {
    bodySite: concept(conversion, spm, 8),
    ...(end === undefined ? { collectedDateTime: start } : { collectedPeriod: { end, start } }),
    method: concept(conversion, spm, 7, { table: '0488' }),
    quantity: amount(composite(spm, 12)),
  }
}

// CQ: how much, with the unit as written.
function amount(value: Composite | undefined): FhirObject | undefined {
  const number = value === undefined ? undefined : decimalText(part(value, 1) ?? '')
  if (value === undefined || number === undefined) return undefined
  return { unit: part(value, 2, 2) ?? part(value, 2), value: number }
}

function containerOf(conversion: Conversion, spm: Segment): FhirObject[] {
  const additives = concepts(conversion, spm, 6, { table: '0371' })
  const type = concept(conversion, spm, 27)
  if (type === undefined && additives.length === 0) return []
  // One container holds one additive in R4; several additives are several entries, as HL7's map has it.
  const [first, ...rest] = additives
  return [
    { additiveCodeableConcept: first, type },
    ...rest.map((additive) => ({ additiveCodeableConcept: additive })),
  ]
}

/** The Specimen of an OBR (OBR-15 SPS, with OBR-7, -9, -10 and -14), for messages without SPM. */
export function orderSpecimenOf(
  conversion: Conversion,
  obr: Segment,
  id: string,
  subject: FhirObject,
): FhirObject {
  const source = composite(obr, 15)
  const at = (component: number): FhirObject | undefined => {
    const value = source === undefined ? undefined : subcomposite(source, component)
    return value === undefined ? undefined : conceptOf(value, conversion)
  }
  return {
    collection: {
      bodySite: at(4),
      collectedDateTime: dateTime(conversion, obr, 7),
      collector: practitioners(conversion, obr, 10)[0],
      method: at(3),
      quantity: amount(composite(obr, 9)),
    },
    id,
    receivedTime: dateTime(conversion, obr, 14),
    resourceType: 'Specimen',
    subject,
    type: at(1),
  }
}
