/** The inbox: everything that arrived, sealed, exactly as it came, before anyone is told that we have it. */
import type { AccessRule } from '../access-rule.ts'
import type { Page, PageRequest } from '../records/records.ts'

/** Where a delivery stands. `quarantined` waits for a person; `erased` has lost its bytes for good. */
export type DeliveryState = 'received' | 'stored' | 'quarantined' | 'erased'

/**
 * One counted item to take into the inbox (design: At the door). `controlId` is MSH-10, the Bundle or resource id,
 * or the row's place. `context` and `position` are sealed with the bytes, since a file name may hold a person's name.
 * `receivedTime` is an ISO 8601 instant. `position` is plain JSON.
 */
export interface NewDelivery {
  readonly source: string
  readonly controlId: string
  readonly form: string
  readonly bytes: Uint8Array
  readonly context: Readonly<Record<string, string>>
  readonly position: unknown
  readonly receivedTime: string
}

/** What became of one record of a delivery; ids of ours only. */
export interface RecordOutcome {
  readonly type: string
  readonly id: string
  readonly outcome: 'stored' | 'unchanged' | 'older'
  /** The version made; for `unchanged` and `older` the head that stays. */
  readonly version: number
}

/**
 * The answer to one delivery. `duplicate`: same source, control id and bytes, `deliveryId` is the earlier one's, with
 * its state and the answer it was given. `conflict`: same source and control id with other bytes; kept under its own
 * `deliveryId` in state `received`, to be put into quarantine; `conflictWith` is the first delivery of that id.
 */
export interface Reception {
  readonly outcome: 'new' | 'duplicate' | 'conflict'
  readonly deliveryId: string
  readonly state: DeliveryState
  readonly conflictWith?: string
  readonly answer?: Uint8Array
  readonly records?: readonly RecordOutcome[]
}

/** One delivery as it stands, opened. `bytes`, `context` and `position` are empty once erased. */
export interface Delivery {
  readonly deliveryId: string
  readonly state: DeliveryState
  readonly source: string
  readonly controlId: string
  readonly form: string
  readonly bytes: Uint8Array
  readonly context: Readonly<Record<string, string>>
  readonly position: unknown
  readonly receivedTime: string
  readonly conflictWith?: string
  /** The answer given, for a repeat. */
  readonly answer?: Uint8Array
  readonly records?: readonly RecordOutcome[]
  /** True when a clerk mended it: `bytes` is the mended text, the original is kept (`Inbox.original`). */
  readonly mended: boolean
}

/** A delivery that no room has finished with yet, as far as it is known without opening it. */
export interface WaitingDelivery {
  readonly deliveryId: string
  readonly source: string
  readonly form: string
  readonly receivedTime: string
}

/** How many, from where, of which source. */
export interface WaitingRequest extends PageRequest {
  readonly source?: string
}

/** The inbox port. All calls are scoped to the vault's organisation. */
export interface Inbox {
  /** Takes many in one SQL transaction, in order; durable when it resolves. Effects: inbox rows. */
  receive(deliveries: readonly NewDelivery[]): Promise<readonly Reception[]>
  /** Deliveries in state `received`, in order of arrival: what a crash left, and what a database outage delayed. */
  pending(limit: number): Promise<readonly Delivery[]>
  /** Deliveries in state `received`, newest first, unopened; undefined for a foreign cursor. A rule by type or patient admits none. */
  waiting(request: WaitingRequest, access: AccessRule): Promise<Page<WaitingDelivery> | undefined>
  /** One delivery, opened; undefined when unknown. */
  get(deliveryId: string): Promise<Delivery | undefined>
  /** The bytes exactly as they arrived, never the mended ones; undefined when unknown or erased. */
  original(deliveryId: string): Promise<Uint8Array | undefined>
  /** Keeps the answer that was given, so that a repeated delivery gets the same. */
  saveAnswer(deliveryId: string, answer: Uint8Array): Promise<void>
}
