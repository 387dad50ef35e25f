/** The order behind a result: ORC and OBR as ServiceRequest, and the keys of everything that hangs on it (v2-to-FHIR). */
import { composite, type Segment, subcomposite, text } from '../../connect/hl7v2/message.ts'
import type { FhirObject } from '../fhir-json.ts'
import type { ProvenanceAgent } from '../provenance.ts'
import { concept, concepts, mappedCode } from './coded.ts'
import { orderTypes } from './concept-tables.ts'
import type { Conversion } from './conversion.ts'
import { entity, entityIdentifier, keyOf } from './identifiers.ts'
import { notesOf } from './notes.ts'
import { practitioners } from './references.ts'
import { dateTime } from './time.ts'
import { orderControls, orderStatuses, requestPriorities } from './value-maps.ts'

/** The segments of one order: either may be missing. */
export interface OrderSegments {
  readonly orc?: Segment | undefined
  readonly obr?: Segment | undefined
}

/**
 * What identifies an order: the filler's number (OBR-3, ORC-3), else the placer's (OBR-2, ORC-2), else the patient with the
 * service and its time; a repeated or corrected message then reaches the same records.
 */
export function orderKey(conversion: Conversion, order: OrderSegments, patientId: string): string {
  const number =
    entity(conversion, order.obr, 3) ??
    entity(conversion, order.orc, 3) ??
    entity(conversion, order.obr, 2) ??
    entity(conversion, order.orc, 2)
  if (number !== undefined) {
    // One filler number may cover several services of a message.
    return `${keyOf(number)}|${order.obr === undefined ? '' : (text(order.obr, 4) ?? '')}`
  }
  const { obr } = order
  return `${patientId}|${obr === undefined ? conversion.message.controlId : `${text(obr, 4)}|${text(obr, 7)}`}`
}

/** The doctor who ordered: ORC-12, else OBR-16. */
export function orderAuthors(conversion: Conversion, order: OrderSegments): ProvenanceAgent[] {
  const named = practitioners(conversion, order.orc, 12)
  const people = named.length > 0 ? named : practitioners(conversion, order.obr, 16)
  return people.map((who) => ({ role: 'author', who }))
}

/** Placer and filler numbers with their types; OBR's, else ORC's. */
export function orderIdentifiers(conversion: Conversion, order: OrderSegments): FhirObject[] {
  const placer = entity(conversion, order.obr, 2, 'PLAC') ?? entity(conversion, order.orc, 2, 'PLAC')
  const filler = entity(conversion, order.obr, 3, 'FILL') ?? entity(conversion, order.orc, 3, 'FILL')
  return [placer, filler].filter((identifier) => identifier !== undefined)
}

/** The numbers of a report or vaccination: those of the order, and the group's (ORC-4, an EIP). */
export function resultIdentifiers(conversion: Conversion, order: OrderSegments): FhirObject[] {
  const group = order.orc === undefined ? undefined : composite(order.orc, 4)
  const numbered = (at: number, type: string): FhirObject | undefined => {
    const number = group === undefined ? undefined : subcomposite(group, at)
    return number === undefined ? undefined : entityIdentifier(number, conversion, type)
  }
  // An EI instead of an EIP has its namespace where the filler's number would be.
  const filler =
    group?.components[1]?.includes(group.encoding.subcomponent) === true ? numbered(2, 'FGN') : undefined
  return [...orderIdentifiers(conversion, order), numbered(1, 'PGN'), filler].filter(
    (identifier) => identifier !== undefined,
  )
}

/** Whether a message tells enough of the order to keep it: an ORC, or the placer's number. */
export function tellsOrder(order: OrderSegments): boolean {
  return order.orc !== undefined || (order.obr !== undefined && text(order.obr, 2) !== undefined)
}

/** The ServiceRequest of an order. */
export function serviceRequestOf(
  conversion: Conversion,
  order: OrderSegments,
  place: { id: string; subject: FhirObject; encounter: FhirObject | undefined; notes: readonly Segment[] },
): FhirObject {
  const { orc, obr } = order
  return {
    authoredOn: orc === undefined ? undefined : dateTime(conversion, orc, 9),
    category: obr === undefined ? undefined : concepts(conversion, obr, 24, { table: '0074' }),
    code: obr === undefined ? undefined : concept(conversion, obr, 4),
    encounter: place.encounter,
    id: place.id,
    identifier: orderIdentifiers(conversion, order),
    intent: obr !== undefined && text(obr, 11) === 'G' ? 'reflex-order' : 'order',
    locationCode:
      orc === undefined ? undefined : concepts(conversion, orc, 29, { table: '0482', map: orderTypes }),
    note: notesOf(conversion, place.notes),
    occurrenceDateTime: obr === undefined ? undefined : dateTime(conversion, obr, 6),
    orderDetail:
      obr === undefined ? undefined : [...concepts(conversion, obr, 46), ...concepts(conversion, obr, 47)],
    priority: obr === undefined ? undefined : mappedCode(obr, 5, requestPriorities),
    reasonCode: obr === undefined ? undefined : concepts(conversion, obr, 31),
    requester: orderAuthors(conversion, order)[0]?.who,
    requisition: requisition(conversion, orc),
    resourceType: 'ServiceRequest',
    status: orderStatus(orc),
    subject: place.subject,
  }
}

function requisition(conversion: Conversion, orc: Segment | undefined): FhirObject | undefined {
  return entity(conversion, orc, 4, 'PGN')
}

function orderStatus(orc: Segment | undefined): string {
  if (orc === undefined) return 'unknown'
  return mappedCode(orc, 5, orderStatuses) ?? mappedCode(orc, 1, orderControls) ?? 'unknown'
}

/** Whether an order names a specimen in OBR-15, as before v2.5. */
export function namesSpecimen(obr: Segment): boolean {
  return composite(obr, 15) !== undefined
}
