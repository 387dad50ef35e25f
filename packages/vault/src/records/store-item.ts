/** What the corridor hands over to be sealed and stored, and what it gets back. */
import type { CanonicalText } from '@meridian/protocol'
import type { Judgement } from '../findings/judgement.ts'

/**
 * A row by which a record can be found. `token`: a coded value, plaintext. `date`: [from, to) as ISO 8601 instants,
 * plaintext. `reference`: `target` is `Type/id`. `identifier`: the value is a person's; only a keyed blind index of it
 * is kept (`system` in clear). `param` is the FHIR search parameter name (`code`, `patient`, `date`, `identifier`).
 */
export type SearchRow =
  | { readonly kind: 'token'; readonly param: string; readonly system?: string; readonly code: string }
  | { readonly kind: 'date'; readonly param: string; readonly from: string; readonly to: string }
  | { readonly kind: 'reference'; readonly param: string; readonly target: string }
  | { readonly kind: 'identifier'; readonly param: string; readonly system?: string; readonly value: string }

/** The times of a version that are known before it is stored; ISO 8601. `message` decides what is older. */
export interface VersionTimes {
  readonly clinical?: string
  readonly message?: string
  readonly received: string
}

/**
 * One record to store. `upsert` makes the first or the next version; `create` is refused when the record exists;
 * `delete` ends the record with a version that says so (`text` is then what remains to be said, at least
 * `{"id":…,"resourceType":…}`). `expectVersion` is If-Match. `careStage` and `captureMethod` feed the daily totals.
 */
export interface StoreItem {
  readonly deliveryId: string | null
  readonly type: string
  readonly id: string
  readonly operation: 'upsert' | 'create' | 'delete'
  readonly text: CanonicalText
  readonly provenance: CanonicalText
  readonly patientId?: string
  readonly source: string
  readonly captureMethod: string
  readonly careStage: string
  readonly times: VersionTimes
  readonly search: readonly SearchRow[]
  /** How it was judged; kept with the version that the item makes, and with no other. */
  readonly judgement?: Judgement
  readonly expectVersion?: number
}

/** Many items and the deliveries they finish, stored in one SQL transaction. */
export interface StoreGroup {
  readonly items: readonly StoreItem[]
  /** Deliveries done with these items; marked `stored` in the same transaction, with the answer for a repeat. */
  readonly finished: readonly { readonly deliveryId: string; readonly answer?: Uint8Array }[]
}

/** A new version. `handle` is the 16-byte record handle, `commitment` the 32-byte root; state is `sealed`. */
export interface StoredVersion {
  readonly outcome: 'stored'
  readonly type: string
  readonly id: string
  readonly version: number
  readonly handle: Uint8Array
  readonly commitment: Uint8Array
  readonly storedTime: string
}

/** Nothing new was made: the content is the head's (`unchanged`) or older than the head's message time (`older`). */
export interface KeptVersion {
  readonly outcome: 'unchanged' | 'older'
  readonly type: string
  readonly id: string
  /** The head's version, which stays. */
  readonly version: number
}

/**
 * The item was not stored. `exists`: a create of an existing record. `version-conflict`: If-Match did not match.
 * `delivery-refused`: another item of the same delivery was refused, and a delivery is stored whole or not at all.
 * The delivery stays in state `received`, for the corridor to refuse.
 */
export interface NotStored {
  readonly outcome: 'refused'
  readonly code: 'exists' | 'version-conflict' | 'delivery-refused'
  readonly type: string
  readonly id: string
  /** The head's version, 0 when there is none. */
  readonly version: number
}

/** What became of one item. */
export type StoreOutcome = StoredVersion | KeptVersion | NotStored
