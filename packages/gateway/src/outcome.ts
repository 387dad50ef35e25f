/** What became of one item that arrived: the corridor's answer, and the count it falls under. */
import type { Finding } from '@meridian/standards'
import type { DeliveryState, RecordOutcome } from '@meridian/vault'
import type { Position } from './connect/received.ts'
import type { RoomRefusal } from './room-refusal.ts'

/** Taken in: sealed and stored; `records` names every version made or kept. */
export interface TakenIn {
  readonly state: 'taken-in'
  readonly deliveryId: string
  readonly position: Position
  readonly records: readonly RecordOutcome[]
  readonly findings: readonly Finding[]
}

/** Refused by a room and kept in quarantine under `deliveryId`. */
export interface Refused {
  readonly state: 'refused'
  readonly deliveryId: string
  readonly position: Position
  readonly refusal: RoomRefusal
}

/** Came before, byte for byte; `records` are those of the first time. */
export interface Duplicate {
  readonly state: 'duplicate'
  readonly deliveryId: string
  readonly position: Position
  readonly earlier: DeliveryState
  readonly records: readonly RecordOutcome[]
}

/** Exactly one for each item: received = taken in + refused + duplicates. */
export type Outcome = TakenIn | Refused | Duplicate
