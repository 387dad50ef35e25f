/** Everything the admin door receives, as small interfaces; the app wires the real things in. */
import type { CanonicalText } from '@meridian/protocol'
import type { Bilingual, Finding } from '@meridian/standards'
import type { Terminology } from '@meridian/standards/terminology'
import type { Users, Vault } from '@meridian/vault'
import type { DoorLimits } from '../door-limits.ts'
import type { ConsortiumNeed, HealthNeed } from './consortium-needs.ts'
import type { GrouperNeed } from './grouper/grouper-need.ts'
import type { MappingsNeed } from './mappings/mapping-needs.ts'
import type { MapsNeed } from './maps/maps-need.ts'
import type { QualityNeed } from './quality/quality-need.ts'
import type { StandardsNeed } from './standards/standards-needs.ts'

/** The parts of the vault that this door reads and the few calls by which it changes something. */
export interface VaultNeed {
  readonly users: Users
  readonly records: Pick<Vault['records'], 'list' | 'history' | 'vread'>
  readonly inbox: Pick<Vault['inbox'], 'get' | 'waiting'>
  readonly outbox: Pick<Vault['outbox'], 'batchOf' | 'batchesOf'>
  readonly quarantine: Pick<
    Vault['quarantine'],
    'groups' | 'list' | 'get' | 'replaceBytes' | 'retry' | 'retryGroup' | 'dismiss'
  >
  status: Vault['status']
}

/** A judgement by what is in force now. `standardsSetHash` is hex. */
export interface TodaysJudgement {
  readonly profile: string
  readonly standardsSetHash: string
  readonly findings: readonly Finding[]
}

/** The corridor IN, from outside. */
export interface CorridorNeed {
  /** Calls `listener` after a change (often, cheaply); the returned function ends it. */
  onChange(listener: () => void): () => void
  /** Takes everything in state `received` through the rooms; resolves when nothing waits any more. */
  resume(): Promise<unknown>
  /** Judges a stored resource by the profile of its source, as the room `validate` would today. */
  judge(source: string, resource: CanonicalText): TodaysJudgement
  /** The catalogue's words for a refusal of a room. */
  explain(code: string): { readonly message: Bilingual; readonly hint: Bilingual }
}

/**
 * Receipts beside the records. Each answers the canonical text that the command line writes to a file: a verifier compares
 * bytes, so the door sends it as it is.
 */
export interface ReceiptsNeed {
  /** `'not-final'` while the batch is in no block; `undefined` when there is no such version. */
  receipt(type: string, id: string, version: number): Promise<ReceiptText | 'not-final' | undefined>
  /** Canonical text and secret: whoever holds it can open the commitment. `'erased'` when they are gone. */
  export(type: string, id: string, version: number): Promise<ReceiptText | 'erased' | undefined>
  /** The trust file of this chain. */
  trust(): Promise<ReceiptText>
}

/** A file of the verifier as text. */
export interface ReceiptText {
  readonly text: string
}

/** Where the chain stands. Hashes are hex; `blockTime` is ISO 8601. */
export interface LedgerStatus {
  readonly chainId: string
  readonly height: number
  readonly blockTime?: string
  readonly appHash: string
  readonly logSize: number
}

/** What one validator did at a height. `address` is hex. */
export interface BlockSigner {
  readonly address: string
  readonly organisation?: string
  readonly vote: 'signed' | 'nil' | 'missed'
}

/** One block: what was in it and what it led to. `results[i]` is a refusal code when statement i was refused. */
export interface LedgerBlock {
  readonly height: number
  readonly time: string
  readonly hash: string
  readonly appHash: string
  readonly proposer: string
  /** The member behind that address, where the ledger knows it. */
  readonly proposerOrganisation?: string
  /** One for each validator of that height. */
  readonly signers: readonly BlockSigner[]
  readonly statements: readonly Uint8Array[]
  readonly results: readonly (string | undefined)[]
  readonly subRoots: readonly { readonly name: string; readonly root: string }[]
  readonly logRoot: string
  readonly logSize: number
}

/** The ledger, by way of the client. */
export interface LedgerNeed {
  status(): Promise<LedgerStatus>
  block(height: number): Promise<LedgerBlock | undefined>
}

/** The door's dependencies. */
export interface AdminNeeds {
  readonly organisation: { readonly id: string; readonly names: Bilingual }
  readonly vault: VaultNeed
  readonly corridor: CorridorNeed
  readonly receipts: ReceiptsNeed
  readonly ledger: LedgerNeed
  readonly consortium: ConsortiumNeed
  readonly health: HealthNeed
  readonly grouper: GrouperNeed
  readonly mappings: MappingsNeed
  readonly maps: MapsNeed
  readonly quality: QualityNeed
  readonly standards: StandardsNeed
  readonly terminology: Terminology
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  /** True behind TLS: the session cookie is then `Secure`. */
  readonly secureCookie: boolean
  readonly limits?: DoorLimits
}
