/** The quarantine: deliveries a room refused, with the room's name, a coded reason and what a clerk needs to mend them. */
import type { Page, PageRequest } from '../records/records.ts'

/** `open` waits for a person; `retrying` was taken for another try; `resolved` was stored after all; `dismissed` by a person. */
export type QuarantineState = 'open' | 'retrying' | 'resolved' | 'dismissed'

/**
 * A refusal to keep. `detail` and `findings` are plain JSON and sealed with the delivery. `subjects` are personal
 * identifiers found in it (patient id, ID number), kept only as blind index, so that an erasure finds the delivery.
 */
export interface NewQuarantineItem {
  readonly deliveryId: string
  readonly room: string
  readonly code: string
  readonly place?: string
  readonly detail: unknown
  readonly findings: unknown
  readonly subjects?: readonly string[]
  /** The answer given for it, for a repeated delivery. */
  readonly answer?: Uint8Array
}

/** One refused delivery. */
export interface QuarantineItem {
  readonly deliveryId: string
  readonly state: QuarantineState
  readonly room: string
  readonly code: string
  readonly place: string | null
  readonly detail: unknown
  readonly findings: unknown
  readonly source: string
  readonly form: string
  readonly controlId: string
  readonly position: unknown
  readonly attempts: number
  readonly mended: boolean
  readonly refusedTime: string
  readonly changedBy: string | null
}

/** How many open items share a room and a code. */
export interface QuarantineGroup {
  readonly room: string
  readonly code: string
  readonly count: number
  readonly newestTime: string
}

/** Which items to list; open ones unless told otherwise. */
export interface QuarantineListRequest extends PageRequest {
  readonly room?: string
  readonly code?: string
  readonly source?: string
  readonly state?: QuarantineState
}

/** The quarantine port. A delivery has at most one item; a second refusal after a retry renews it. */
export interface Quarantine {
  /** Keeps refusals and marks their deliveries `quarantined`, in one SQL transaction. */
  put(items: readonly NewQuarantineItem[]): Promise<void>
  /** Open items by room and code, most first. */
  groups(): Promise<readonly QuarantineGroup[]>
  /** Newest first; undefined for a foreign cursor. */
  list(request: QuarantineListRequest): Promise<Page<QuarantineItem> | undefined>
  get(deliveryId: string): Promise<QuarantineItem | undefined>
  /** Mends: other bytes for the next try; the original stays. False when not open or unknown. */
  replaceBytes(deliveryId: string, bytes: Uint8Array, by: string): Promise<boolean>
  /** Takes for another try: the delivery is `received` again and comes out of `inbox.pending`. False when not open. */
  retry(deliveryId: string, by: string): Promise<boolean>
  /** All open ones of a room and code (after a mapping was mended); gives the number taken. */
  retryGroup(room: string, code: string, by: string): Promise<number>
  /** Puts aside for good, by name; the bytes stay in the inbox. */
  dismiss(deliveryId: string, by: string): Promise<boolean>
}
