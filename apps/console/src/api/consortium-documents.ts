/** The documents of the consortium as the console reads them. Heights and seconds of the ledger are decimal text. */
import type { Bilingual } from './answer.ts'

export type MemberClass = 'core' | 'ordinary' | 'observer'
export type MemberStatus = 'applied' | 'qualified' | 'disqualified' | 'active' | 'suspended' | 'exited'
export type Outcome = 'open' | 'passed' | 'activated' | 'rejected' | 'expired' | 'withdrawn' | 'failed'
export type Choice = 'yes' | 'no' | 'abstain'

export interface MemberDocument {
  readonly organisation: string
  readonly names: Bilingual
  readonly kind: string
  readonly memberClass: MemberClass
  readonly status: MemberStatus
  readonly statusHeight: string
  readonly place: string
  readonly door: string
  readonly nodes: readonly { readonly nodeId: string; readonly address: string }[]
  readonly signingKeys: number
  readonly validator: { readonly keyId: string } | null
  readonly barredFromValidating: boolean
  readonly sponsor: string
}

export interface DoubleSigning {
  readonly kind: string
  readonly organisation: string
  readonly keyId: string
  readonly height: string
  readonly timeSeconds: string
  readonly carriedHeight: string
  readonly barred: boolean
}

/** `own`: the organisation of this node. */
export interface MembersDocument {
  readonly own: string
  readonly height: string
  readonly items: readonly MemberDocument[]
  readonly doubleSignings: readonly DoubleSigning[]
}

export interface ProposalDocument {
  readonly proposalId: string
  readonly kind: string
  readonly action: readonly { readonly name: string; readonly value: string }[]
  readonly proposer: string
  readonly proposedHeight: string
  readonly deadlineSeconds: string
  readonly activationHeight: string
  readonly outcome: Outcome
  readonly outcomeHeight: string | null
  readonly tally: {
    readonly yes: number
    readonly no: number
    readonly abstain: number
    readonly electorate: number
  }
  readonly votes: readonly {
    readonly organisation: string
    readonly choice: Choice
    readonly height: string
  }[]
  readonly failure: string
}

export interface ProposalsDocument {
  readonly height: string
  readonly blockTimeSeconds: string
  readonly items: readonly ProposalDocument[]
}

export interface ParametersDocument {
  readonly applicationVersion: number
  readonly items: readonly {
    readonly name: string
    readonly value: number
    readonly least: number
    readonly most: number
  }[]
}

export interface ValidatorRow {
  readonly organisation: string
  readonly address: string
  readonly isOwn: boolean
  /** Oldest first: `s` signed, `n` voted for nil, `m` missed, `-` was no validator then. */
  readonly signed: string
  readonly proposed: number
  readonly lastSigned?: number
  readonly isConnected?: boolean
  readonly state: 'signing' | 'late' | 'down' | 'unknown'
}

export interface ValidatorsDocument {
  readonly height: number
  readonly blockTime: string
  readonly lagSeconds: number
  readonly waiting: number
  readonly window: { readonly from: number; readonly to: number }
  readonly items: readonly ValidatorRow[]
  readonly network?: {
    readonly height: number
    readonly round: number
    readonly peers: number
    readonly mempool: number
    readonly catchingUp: boolean
  }
  readonly engine: 'embedded' | 'cometbft'
}

export interface AlarmDocument {
  readonly code: string
  readonly message: Bilingual
  readonly hint: Bilingual
  readonly height: number
  readonly module?: string
}
