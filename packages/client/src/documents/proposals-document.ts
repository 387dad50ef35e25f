/** What the members decide, as it travels: proposals with their votes, read at a block time. */
import {
  countForm,
  type Form,
  hashForm,
  hexForm,
  listForm,
  nullableForm,
  objectForm,
  patternForm,
  VOTE_CHOICES,
  type VoteChoice,
  wholeForm,
} from '@meridian/protocol'
import { choiceForm, organisationForm } from './plain-forms.ts'

/** How far a proposal is. */
export const PROPOSAL_OUTCOMES = [
  'open',
  'passed',
  'activated',
  'rejected',
  'expired',
  'withdrawn',
  'failed',
] as const

/** One of them. */
export type ProposalOutcome = (typeof PROPOSAL_OUTCOMES)[number]

/** One member's answer. */
export interface LedgerVote {
  readonly organisation: string
  readonly choice: VoteChoice
  readonly height: bigint
  /** What the voter found when it ran the vectors; null where the kind asks for none. */
  readonly evidence: Uint8Array | null
}

/** How the votes stand: for a decided proposal at its decision, else now. */
export interface LedgerTally {
  readonly yes: number
  readonly no: number
  readonly abstain: number
  /** Active core members. It passes when 3 · yes > 2 · electorate. */
  readonly electorate: number
  /** Yes votes that found something else than most did: they count against it. */
  readonly differing: number
}

/** One member of an action, in the order of the specification. */
export interface ActionPart {
  readonly name: string
  /** Numbers as decimal text. */
  readonly value: string
}

/** One proposal. */
export interface LedgerProposal {
  readonly proposalId: Uint8Array
  readonly kind: string
  /** What is asked, for people. */
  readonly action: readonly ActionPart[]
  /** The same, as it was signed. */
  readonly actionBytes: Uint8Array
  readonly bodyHash: Uint8Array
  readonly proposer: string
  readonly proposedHeight: bigint
  readonly deadlineSeconds: bigint
  /** 0 for at once. */
  readonly activationHeight: bigint
  /** At the block time of the answer. */
  readonly outcome: ProposalOutcome
  readonly outcomeHeight: bigint | null
  readonly tally: LedgerTally
  readonly votes: readonly LedgerVote[]
  /** Why it could not take effect, a refusal code; empty otherwise. */
  readonly failure: string
  /** Its key in the module `governance`: what `proofs` proves it by. */
  readonly stateKey: Uint8Array
}

/** The answer of GET /ledger/v1/proposals. */
export interface LedgerProposals {
  /** Of the newest signed block. */
  readonly height: bigint
  /** Time of that block, whole seconds since 1970. */
  readonly blockTimeSeconds: bigint
  /** The newest first, at most 1,000. */
  readonly items: readonly LedgerProposal[]
}

const MOST_ITEMS = 1_000
const codeForm: Form<string> = patternForm(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)

const proposalForm: Form<LedgerProposal> = objectForm<LedgerProposal>({
  proposalId: hexForm(16),
  kind: codeForm,
  action: listForm(objectForm<ActionPart>({ name: codeForm, value: codeForm }), { max: 16 }),
  actionBytes: hexForm(),
  bodyHash: hashForm,
  proposer: organisationForm,
  proposedHeight: wholeForm,
  deadlineSeconds: wholeForm,
  activationHeight: wholeForm,
  outcome: choiceForm(PROPOSAL_OUTCOMES),
  outcomeHeight: nullableForm(wholeForm),
  tally: objectForm<LedgerTally>({
    yes: countForm,
    no: countForm,
    abstain: countForm,
    electorate: countForm,
    differing: countForm,
  }),
  votes: listForm(
    objectForm<LedgerVote>({
      organisation: organisationForm,
      choice: choiceForm(VOTE_CHOICES),
      height: wholeForm,
      evidence: nullableForm(hashForm),
    }),
    { max: 10_000 },
  ),
  failure: patternForm(/^[a-z.-]{0,64}$/),
  stateKey: hexForm(),
})

/** Its form. */
export const proposalsForm: Form<LedgerProposals> = objectForm<LedgerProposals>({
  height: wholeForm,
  blockTimeSeconds: wholeForm,
  items: listForm(proposalForm, { max: MOST_ITEMS }),
})
