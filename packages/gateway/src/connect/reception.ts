/** Between an item, its delivery in the inbox, and what the rooms receive; the same after a crash as before it. */
import type { Delivery, NewDelivery, Reception } from '@meridian/vault'
import { type RoomRefusal, refuseIn } from '../room-refusal.ts'
import { type Arrival, isRefusedArrival } from './arrival.ts'
import type { Position, Received, ReceivedForm } from './received.ts'
import type { Source } from './source.ts'

/** Where the context of a delivery keeps what `connect` refused it for, so that a crash does not forget it. */
const refusalKey = 'connect-refusal'

/** What the inbox is to keep of an item. */
export function deliveryOf(source: Source, item: Arrival, receivedTime: string): NewDelivery {
  const context = isRefusedArrival(item)
    ? { ...item.context, [refusalKey]: JSON.stringify(item.refusal) }
    : item.context
  const { controlId, form, bytes, position } = item
  return { source: source.name, controlId, form, bytes, context, position, receivedTime }
}

/** What the rooms receive, once the inbox has it. */
export function receivedOf(
  source: Source,
  item: Arrival,
  reception: Reception,
  receivedTime: string,
): Received {
  const { form, bytes, context, position, controlId } = item
  const refusal = isRefusedArrival(item) ? item.refusal : contradictionOf(context, reception.conflictWith)
  return {
    deliveryId: reception.deliveryId,
    source,
    form,
    bytes,
    context,
    position,
    controlId,
    receivedTime,
    ...(refusal === undefined ? {} : { refusal }),
  }
}

/** The same from the inbox: after a crash, or when a person mended it and asked for another try. */
export function receivedAgain(
  delivery: Delivery,
  sourceNamed: (name: string) => Source | undefined,
): Received {
  const { [refusalKey]: noted, ...context } = delivery.context
  const source = sourceNamed(delivery.source)
  const refusal = source === undefined ? unknownSource() : refusalAgain(delivery, noted)
  return {
    deliveryId: delivery.deliveryId,
    source: source ?? nobody(delivery.source),
    form: delivery.form as ReceivedForm,
    bytes: delivery.bytes,
    context,
    position: delivery.position as Position,
    controlId: delivery.controlId,
    receivedTime: delivery.receivedTime,
    ...(refusal === undefined ? {} : { refusal }),
  }
}

/** A mended item is read afresh; what was noted about its first bytes no longer holds. */
function refusalAgain(delivery: Delivery, noted: string | undefined): RoomRefusal | undefined {
  if (delivery.mended) return undefined
  if (noted !== undefined) return JSON.parse(noted) as RoomRefusal
  return contradictionOf(delivery.context, delivery.conflictWith)
}

/** The same control id with other bytes: an amendment where that is the normal way to amend, else a contradiction. */
function contradictionOf(
  context: Readonly<Record<string, string>>,
  earlier: string | undefined,
): RoomRefusal | undefined {
  if (earlier === undefined || context.onSameId === 'update') return undefined
  return refuseIn('connect', 'connect.control-id-reused', { detail: { earlier } })
}

function unknownSource(): RoomRefusal {
  return refuseIn('connect', 'connect.source-unknown')
}

const nobody = (name: string): Source => ({
  name,
  kind: 'fhir',
  profile: 'r4',
  timeZone: 'Z',
  captureMethod: 'interface',
  ackAfter: 'stored',
  onBadValue: 'refuse',
})
