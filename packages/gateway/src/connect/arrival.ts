/** What a reader of the room `connect` makes of bytes: the counted items, each with its place, before the inbox has them. */
import type { RoomRefusal } from '../room-refusal.ts'
import type { Position, ReceivedForm } from './received.ts'

/**
 * One counted item on its way to the inbox: a {@link Received} without what the inbox adds. `context.onSameId` is
 * `update` when other content under the same control id is the normal way to amend (a FHIR resource, a keyed row);
 * without it, same id with other bytes is a contradiction and refused.
 */
export interface ArrivedItem {
  readonly form: ReceivedForm
  readonly bytes: Uint8Array
  readonly context: Readonly<Record<string, string>>
  readonly position: Position
  readonly controlId: string
}

/**
 * An item that `connect` itself refuses. It goes into the inbox like the others, so that nothing that arrived is lost,
 * and from there straight into quarantine. `bytes` is empty when they were beyond a limit; the answer then names the place.
 */
export interface RefusedArrival extends ArrivedItem {
  readonly refusal: RoomRefusal
}

/** What a reader yields. */
export type Arrival = ArrivedItem | RefusedArrival

/** Tells a refused arrival from an item. */
export function isRefusedArrival(arrival: Arrival): arrival is RefusedArrival {
  return 'refusal' in arrival
}
