/** The JSON documents of the admin door, as the console reads them. */
import type { Bilingual } from './answer.ts'

export type Role = 'administrator' | 'clerk' | 'researcher' | 'auditor'
export type RoomName = 'connect' | 'standardise' | 'validate' | 'store' | 'anchor'
export type RecordState = 'sealed' | 'submitted' | 'final' | 'superseded' | 'erased'

/** A list with what comes next. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}

export interface SessionDocument {
  readonly person: { readonly name: string; readonly displayName: string; readonly role: Role }
  readonly organisation: { readonly id: string; readonly names: Bilingual }
  readonly csrf: string
}

/** Items up to `takenIn`, record versions after: see the door's document of the same name. */
export interface CorridorDocument {
  readonly rooms: readonly {
    readonly name: RoomName
    readonly passed: number
    readonly quarantined: number
  }[]
  readonly counts: Readonly<
    Record<
      | 'received'
      | 'standardised'
      | 'validated'
      | 'takenIn'
      | 'stored'
      | 'anchored'
      | 'quarantined'
      | 'duplicates',
      number
    >
  >
  readonly pending: { readonly inbox: number; readonly outbox: number; readonly batches: number }
  readonly rates: {
    readonly recordsPerSecond: number
    readonly bucketSeconds: number
    readonly series: readonly { readonly time: string; readonly records: number }[]
  }
  readonly ledger: { readonly height: number; readonly blockTime?: string; readonly chainId: string }
  readonly time: string
}

export interface WayTimes {
  readonly clinical?: string
  readonly message?: string
  readonly received: string
  readonly stored: string
  readonly submitted?: string
  readonly committed?: string
}

export interface RecordRow {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly state: RecordState
  readonly operation: 'create' | 'update' | 'delete'
  readonly source: string
  readonly captureMethod: string
  readonly patientId: string | null
  readonly times: WayTimes
  readonly commitment: string
  readonly height?: number
}

export interface Element {
  readonly path: string
  readonly value: string
}

export interface ElementChange {
  readonly path: string
  readonly before?: string
  readonly after?: string
}

export interface ProvenanceDocument {
  readonly participants: readonly {
    readonly role: string
    readonly kind: string
    readonly name?: string
    readonly identifier?: string
    readonly onBehalfOf?: string
  }[]
  readonly sources: readonly {
    readonly system?: string
    readonly record?: string
    readonly display?: string
  }[]
  readonly event?: string
  readonly recorded?: string
  readonly captureMethod?: string
  readonly map?: string
  readonly standards: readonly string[]
}

export interface VersionDocument extends RecordRow {
  readonly previous: string | null
  readonly leafCount: number
  readonly standardsSetHash: string
  readonly careStage: string
  readonly deliveryId: string | null
  readonly batch?: { readonly batchId: string; readonly leafIndex: number; readonly size: number }
  readonly statementId?: string
  readonly elements: readonly Element[]
  readonly changes: readonly ElementChange[]
  readonly provenance?: ProvenanceDocument
  readonly takenIn?: TakenInJudgement
}

/** A delivery that is no record yet: a row of the list under the state `received`. */
export interface ReceivedRow {
  readonly deliveryId: string
  readonly state: 'received'
  readonly source: string
  readonly form: string
  readonly times: { readonly received: string }
}

/** How a version was judged when it was taken in; `conversion` is about the whole delivery, `left` were too many to keep. */
export interface TakenInJudgement {
  readonly profile: string
  readonly standardsSetHash: string
  readonly findings: readonly Finding[]
  readonly conversion: readonly Finding[]
  readonly left: number
}

/** The same version judged by what is in force today; nothing of it is kept. */
export interface TodaysJudgement {
  readonly profile: string
  readonly standardsSetHash: string
  readonly findings: readonly Finding[]
}

export interface Finding {
  readonly code: string
  readonly path: string
  readonly severity: 'error' | 'warning' | 'information'
  readonly message: Bilingual
  readonly hint: Bilingual
}

export interface RecordDocument {
  readonly type: string
  readonly id: string
  readonly minimised: boolean
  readonly versions: readonly VersionDocument[]
  readonly next?: string
}

export interface QuarantineGroup {
  readonly room: RoomName
  readonly code: string
  readonly count: number
  readonly newestTime: string
  readonly message: Bilingual
  readonly hint: Bilingual
}

export interface QuarantineRow {
  readonly id: string
  readonly state: 'open' | 'retrying' | 'resolved' | 'dismissed'
  readonly room: RoomName
  readonly code: string
  readonly place: string | null
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly source: string
  readonly form: string
  readonly controlId: string
  readonly position: { readonly file?: string; readonly index?: number; readonly line?: number } | null
  readonly attempts: number
  readonly mended: boolean
  readonly refusedTime: string
  readonly changedBy: string | null
}

/** Character offsets [from, to). */
export interface Mark {
  readonly from: number
  readonly to: number
}

export interface QuarantineDocument extends QuarantineRow {
  readonly receivedTime?: string
  readonly size: number
  readonly headings?: readonly string[]
  readonly text?: string
  readonly textForm?: { readonly charset: string; readonly lineEnd: string; readonly bom: boolean }
  readonly marks: readonly Mark[]
  readonly findings: readonly (Finding & { readonly mark?: Mark })[]
}

export type SecondWay =
  | {
      readonly outcome: 'taken-in'
      readonly records: readonly { readonly type: string; readonly id: string; readonly version: number }[]
    }
  | { readonly outcome: 'refused'; readonly item: QuarantineDocument }
  | { readonly outcome: 'waiting' }

export interface LedgerStatus {
  readonly chainId: string
  readonly height: number
  readonly blockTime?: string
  readonly appHash: string
  readonly logSize: number
}

export interface BlockRow {
  readonly height: number
  readonly time: string
  readonly hash: string
  readonly appHash: string
  readonly statements: number
  readonly refused: number
  readonly logSize: number
  readonly proposer: string
  readonly proposerOrganisation?: string
  readonly signatures: number
  readonly validators: number
}

export interface StatementDocument {
  readonly index: number
  readonly size: number
  readonly id?: string
  readonly kind?: string
  readonly issuer?: string
  readonly subject?: string
  readonly keyId?: string
  readonly expires?: string
  readonly body?: unknown
  readonly refusal?: string
}

export interface BlockDocument extends Omit<BlockRow, 'statements'> {
  readonly signers: readonly {
    readonly address: string
    readonly organisation?: string
    readonly vote: 'signed' | 'nil' | 'missed'
  }[]
  readonly logRoot: string
  readonly subRoots: readonly { readonly name: string; readonly root: string }[]
  readonly statements: readonly StatementDocument[]
}

export interface UserDocument {
  readonly name: string
  readonly displayName: string
  readonly role: Role
  readonly disabled: boolean
  readonly createdTime: string
  readonly lockedUntil: string | null
}
