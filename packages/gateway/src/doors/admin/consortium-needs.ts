/** What the admin door receives about the other members: who they are, what they decide, how the validators sign, and the alarms. */
import type { ProposalAction, VoteChoice } from '@meridian/protocol'
import type { Bilingual } from '@meridian/standards'

/** A document of the ledger door as it travels: the forms of `@meridian/client`, which the app encodes. */
export type LedgerDocument = Readonly<Record<string, unknown>>

/** A question as a person puts it. The height of an upgrade is a whole number that JSON can hold. */
export interface Question {
  readonly asked:
    | Exclude<ProposalAction, { readonly kind: 'upgrade' | `artefact.${string}` }>
    | {
        readonly kind: 'upgrade'
        readonly action: { readonly version: number; readonly retireHeight: number }
      }
  readonly days: number
  /** 0 for at once. */
  readonly activationHeight: number
}

/** Where a statement of this organisation stands. */
export interface SaidOnLedger {
  readonly statementId: string
  readonly height: number
}

/** The ledger's no, in its own words: they hold identifiers of ours and counts only. */
export interface LedgerSaysNo {
  readonly refusedByLedger: string
  readonly message: Bilingual
}

/** The members and what they decide, by way of the client; what is said is signed with the key of this organisation. */
export interface ConsortiumNeed {
  members(): Promise<LedgerDocument>
  /** The membership certificate of an organisation by the newest signed state, canonical text. */
  certificate(organisation: string): Promise<{ readonly text: string } | LedgerSaysNo>
  proposals(): Promise<LedgerDocument>
  parameters(): Promise<LedgerDocument>
  /** Resolves when a block holds it. `proposalId` is hex. */
  vote(proposalId: string, choice: VoteChoice | 'withdraw'): Promise<SaidOnLedger | LedgerSaysNo>
  propose(question: Question): Promise<(SaidOnLedger & { readonly proposalId: string }) | LedgerSaysNo>
  validators(): Promise<ValidatorsDocument>
}

/** One validator over the newest blocks. */
export interface ValidatorRow {
  readonly organisation: string
  /** CometBFT's address, 40 hex digits. */
  readonly address: string
  readonly isOwn: boolean
  /** Oldest first, one letter a block: `s` signed, `n` voted for nil, `m` missed, `-` was no validator then. */
  readonly signed: string
  /** Blocks of the window that it proposed. */
  readonly proposed: number
  /** Height of the newest block it signed in the window. */
  readonly lastSigned?: number
  /** Whether a peer of that member is connected to this node; absent for this node itself and where nobody knows. */
  readonly isConnected?: boolean
  /** `down`: signed none of the newest blocks; `late`: missed more than half of them. */
  readonly state: 'signing' | 'late' | 'down' | 'unknown'
}

/** The validators and where consensus is. Hashes hex, times ISO 8601. */
export interface ValidatorsDocument {
  readonly height: number
  readonly blockTime: string
  /** How far the clock of this machine is past the newest block. */
  readonly lagSeconds: number
  readonly waiting: number
  /** Heights of the window, both included. */
  readonly window: { readonly from: number; readonly to: number }
  readonly items: readonly ValidatorRow[]
  /** How CometBFT sees it; absent for the embedded engine and while CometBFT does not answer. */
  readonly network?: {
    readonly height: number
    readonly round: number
    readonly peers: number
    readonly mempool: number
    readonly catchingUp: boolean
  }
  readonly engine: 'embedded' | 'cometbft'
}

/** Something that a person must look at now. */
export interface AlarmDocument {
  readonly code: string
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly height: number
  readonly module?: string
}

/** The alarms of this node. */
export interface HealthNeed {
  alarms(): readonly AlarmDocument[]
}
