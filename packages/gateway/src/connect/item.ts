/** What a reader of the room `connect` makes of bytes: the counted items, each with its place, before the inbox has them. */
import type { RoomRefusal } from '../room-refusal.ts'
import type { Position, ReceivedForm } from './received.ts'

/**
 * One counted item. What cannot even be read as its form carries a `refusal` of the room `connect`; it goes into the
 * inbox all the same, so that nothing that arrived is lost, and from there straight into quarantine.
 */
export interface Item {
  readonly form: ReceivedForm
  readonly bytes: Uint8Array
  readonly context: Readonly<Record<string, string>>
  readonly position: Position
  readonly controlId: string
  readonly refusal?: RoomRefusal
}
