/** Erasure by two persons, with retention and legal hold, that reaches every copy and leaves a tombstone. */

/** What is to be erased: everything of a patient, one record with all its versions, or one delivery. */
export type EraseTarget =
  | { readonly kind: 'patient'; readonly patientId: string }
  | { readonly kind: 'record'; readonly type: string; readonly id: string }
  | { readonly kind: 'delivery'; readonly deliveryId: string }

/** A request by one person, waiting for another. */
export interface EraseRequest {
  readonly requestId: string
  readonly target: EraseTarget
  readonly reason: string
  readonly requestedBy: string
  readonly requestedTime: string
  readonly state: 'requested' | 'done' | 'withdrawn'
  readonly confirmedBy: string | null
  readonly confirmedTime: string | null
}

/** What an erasure reached. */
export interface Erasure {
  readonly requestId: string
  readonly records: number
  readonly versions: number
  readonly deliveries: number
}

/** Why nothing was erased. `retention`: a version is younger than its type's minimum. */
export interface EraseRefused {
  readonly refused: true
  readonly code: 'same-person' | 'request-unknown' | 'nothing-to-erase' | 'legal-hold' | 'retention'
  readonly detail: Readonly<Record<string, string | number>>
}

/** A minimum time to keep records of a type (`*` for all others), in days since the version was stored. */
export interface RetentionRule {
  readonly type: string
  readonly minimumDays: number
}

/** A hold on everything of a patient or on one record. */
export interface LegalHold {
  readonly holdId: string
  readonly target: EraseTarget
  readonly reason: string
  readonly placedBy: string
  readonly placedTime: string
}

/** One line of the erasure list; kept outside backups and replayed after a restore. Handles and delivery ids only. */
export interface ErasureEntry {
  readonly requestId: string
  readonly confirmedTime: string
  /** Hex of the record handle, and the last version erased. */
  readonly records: readonly { readonly handle: string; readonly upToVersion: number }[]
  readonly deliveries: readonly string[]
}

/** The erase port. */
export interface Eraser {
  request(target: EraseTarget, reason: string, by: string): Promise<EraseRequest | EraseRefused>
  /** Erases, when `by` is another person than the requester and no hold or retention forbids. One SQL transaction. */
  confirm(requestId: string, by: string): Promise<Erasure | EraseRefused>
  withdraw(requestId: string, by: string): Promise<EraseRefused | undefined>
  requests(): Promise<readonly EraseRequest[]>
  setRetention(rule: RetentionRule): Promise<void>
  retention(): Promise<readonly RetentionRule[]>
  placeHold(target: EraseTarget, reason: string, by: string): Promise<LegalHold>
  liftHold(holdId: string, by: string): Promise<boolean>
  holds(): Promise<readonly LegalHold[]>
  erasureList(): Promise<readonly ErasureEntry[]>
  /** Erases again what a restored backup brought back; needs no person, since it was confirmed once. */
  replay(list: readonly ErasureEntry[]): Promise<Erasure>
}
