/** The floor plan of the corridor as numbers: where each room, door and exit is, lying for wide screens or upright for narrow ones. */
import type { RoomName } from '../../api/documents.ts'

/** The rooms in the order of the way. */
export const roomNames: readonly RoomName[] = ['connect', 'standardise', 'validate', 'store', 'anchor']

/** A rectangle. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One drawing: its size, the rooms, the exits to quarantine, the ledger's place, and the axis people walk on. */
export interface Plan {
  readonly width: number
  readonly height: number
  readonly rooms: readonly Box[]
  readonly exits: readonly Box[]
  readonly ward: Box
  readonly ledger: Box
  /** The line through all doors. */
  readonly axis: { readonly from: readonly [number, number]; readonly to: readonly [number, number] }
  /** Width of a door. */
  readonly door: number
}

/** Rooms from left to right, quarantine below them, the ledger at the right. */
export const lying: Plan = plan({
  width: 1160,
  height: 330,
  rooms: roomNames.map((_, i) => ({ x: 128 + i * 163, y: 62, width: 163, height: 150 })),
  ward: { x: 128, y: 266, width: 815, height: 50 },
  ledger: { x: 988, y: 62, width: 158, height: 150 },
  exit: (room, ward) => ({ x: room.x + room.width / 2 - 58, y: ward.y, width: 116, height: ward.height }),
  axis: { from: [14, 176], to: [988, 176] },
})

/** Rooms from top to bottom, quarantine at the right, the ledger at the foot. */
export const upright: Plan = plan({
  width: 366,
  height: 688,
  rooms: roomNames.map((_, i) => ({ x: 8, y: 62 + i * 96, width: 226, height: 96 })),
  ward: { x: 284, y: 62, width: 74, height: 480 },
  ledger: { x: 8, y: 590, width: 350, height: 90 },
  exit: (room, ward) => ({ x: ward.x, y: room.y + room.height / 2 - 29, width: ward.width, height: 58 }),
  axis: { from: [36, 10], to: [36, 590] },
})

function plan(form: {
  width: number
  height: number
  rooms: readonly Box[]
  ward: Box
  ledger: Box
  exit: (room: Box, ward: Box) => Box
  axis: Plan['axis']
}): Plan {
  const { exit, ...rest } = form
  return { ...rest, exits: form.rooms.map((room) => exit(room, form.ward)), door: 26 }
}

/** The walls of a room as an SVG path, with gaps where the doors are: two on the axis and one to quarantine. */
export function walls(room: Box, { axis, door }: Plan, hasExit: boolean): string {
  const { x, y, width, height } = room
  const [right, bottom] = [x + width, y + height]
  const half = door / 2
  const isLying = axis.from[1] === axis.to[1]
  if (isLying) {
    const [up, down] = [axis.from[1] - half, axis.from[1] + half]
    const middle = x + width / 2
    const floor = hasExit ? `H${middle + half}M${middle - half} ${bottom}H${x}` : `H${x}`
    return `M${x} ${up}V${y}H${right}V${up}M${right} ${down}V${bottom}${floor}V${down}`
  }
  const [left, rightOf] = [axis.from[0] - half, axis.from[0] + half]
  const middle = y + height / 2
  const side = hasExit ? `V${middle - half}M${right} ${middle + half}V${bottom}` : `V${bottom}`
  return `M${rightOf} ${y}H${right}${side}H${rightOf}M${left} ${bottom}H${x}V${y}H${left}`
}
