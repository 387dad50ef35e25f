/** How a room says no: a value with the room's name, a code of the catalogue and what the clerk needs to mend it. */
import type { Finding } from '@meridian/standards'

/** The rooms of the corridor IN, in order. */
export type Room = 'connect' | 'standardise' | 'validate' | 'store' | 'anchor'

/**
 * A refusal by a room. `code` is a key of the catalogue (`catalogue.ts`); `place` is a segment, column or path in
 * what was sent (`PID-8`, `column "体温"`, `Observation.value`), never a value; `detail` holds only identifiers of ours and
 * counts; `findings` are the validator's, when the room is `validate`.
 */
export interface RoomRefusal {
  readonly refusedBy: Room
  readonly code: string
  readonly place?: string
  readonly detail: Readonly<Record<string, string | number>>
  readonly findings: readonly Finding[]
}

/** Builds a {@link RoomRefusal}. */
export function refuseIn(
  room: Room,
  code: string,
  more: { place?: string; detail?: Record<string, string | number>; findings?: readonly Finding[] } = {},
): RoomRefusal {
  return {
    refusedBy: room,
    code,
    ...(more.place === undefined ? {} : { place: more.place }),
    detail: more.detail ?? {},
    findings: more.findings ?? [],
  }
}

/** Tells a refusal from what a room would have made. */
export function isRoomRefusal(value: object): value is RoomRefusal {
  return 'refusedBy' in value
}
