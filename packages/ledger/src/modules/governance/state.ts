/** Proposals, votes, parameters and the version of the rules in state. Nobody outside this folder reads or writes them; see queries.ts. */
import {
  type CborValue,
  concatBytes,
  fromUtf8,
  utf8,
  VOTE_CHOICES,
  type VoteChoice,
} from '@meridian/protocol'
import { type EntryUnder, entriesUnder } from '../../entries-under.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'

/** The module's name and the name of its sub-root. */
export const GOVERNANCE = 'governance'

/** How far a proposal is. CONSENSUS: state stores the place in this list. Append only. */
export const OUTCOMES = ['open', 'passed', 'activated', 'rejected', 'expired', 'withdrawn', 'failed'] as const

/** One of them. */
export type Outcome = (typeof OUTCOMES)[number]

/** How the votes stood, out of how many that could vote. */
export interface Tally {
  readonly yes: number
  readonly no: number
  readonly abstain: number
  /** Active core members. */
  readonly electorate: number
  /** Where votes carry evidence and somebody said yes: `yes` then counts those of them that agree. */
  readonly agreement?: Agreement
}

/** What most of the yes votes found, and how many found something else: these count against it. */
export interface Agreement {
  /** 32 bytes. */
  readonly evidence: Uint8Array
  readonly differing: number
}

/** A question to the core members. */
export interface Proposal {
  readonly kind: string
  readonly action: Uint8Array
  readonly bodyHash: Uint8Array
  readonly proposer: string
  readonly deadlineSeconds: bigint
  /** 0 for at once. */
  readonly activationHeight: bigint
  readonly proposedHeight: bigint
  readonly outcome: Outcome
  /** Where the outcome became what it is; absent while it is open. */
  readonly outcomeHeight: bigint | undefined
  /** How the votes stood when it passed or was rejected. */
  readonly tally: Tally | undefined
  /** The refusal code when it failed to take effect; empty otherwise. */
  readonly failure: string
}

/** The version of the rules, and until when what it gave up is still taken. */
export interface Edition {
  readonly version: number
  readonly retireHeight: bigint
}

/** A parameter of the chain. */
export interface Parameter {
  readonly value: number
  /** What the genesis document says. */
  readonly genesisValue: number
}

/** Prefix of all proposals. */
export const PROPOSALS: Uint8Array = new Uint8Array([0x01])

/** Prefix of all parameters. */
export const PARAMETERS: Uint8Array = new Uint8Array([0x03])

const VOTES = new Uint8Array([0x02])
const EDITION = new Uint8Array([0x04])
const PENDING = new Uint8Array([0x05])

/** 0x01 ‖ proposal id (16 bytes). */
export function proposalKey(proposalId: Uint8Array): Uint8Array {
  return concatBytes(PROPOSALS, proposalId)
}

/** 0x02 ‖ proposal id (16 bytes) ‖ organisation in UTF-8. */
export function voteKey(proposalId: Uint8Array, organisation: string): Uint8Array {
  return concatBytes(VOTES, proposalId, utf8(organisation))
}

/** 0x03 ‖ name in UTF-8. */
export function parameterKey(name: string): Uint8Array {
  return concatBytes(PARAMETERS, utf8(name))
}

/** The proposal with this id, or undefined. */
export function readProposal(view: StateView, proposalId: Uint8Array): Proposal | undefined {
  const bytes = view.get(GOVERNANCE, proposalKey(proposalId))
  return bytes === undefined ? undefined : decodeProposal(bytes)
}

/** Reads what writeProposal put; throws for anything else, which is a bug. */
export function decodeProposal(bytes: Uint8Array): Proposal {
  const fields = decodeStored(bytes)
  const [kind, action, bodyHash, proposer, deadline, activation, proposed, outcome, at, tally, failure] =
    fields
  return {
    kind: kind as string,
    action: action as Uint8Array,
    bodyHash: bodyHash as Uint8Array,
    proposer: proposer as string,
    deadlineSeconds: storedInteger(deadline),
    activationHeight: storedInteger(activation),
    proposedHeight: storedInteger(proposed),
    outcome: OUTCOMES[outcome as number] as Outcome,
    outcomeHeight: at === null ? undefined : storedInteger(at),
    tally: tally === null ? undefined : tallyIn(tally as readonly CborValue[]),
    failure: failure as string,
  }
}

function tallyIn([yes, no, abstain, electorate, evidence, differing]: readonly CborValue[]): Tally {
  const counts = { yes, no, abstain, electorate } as Tally
  return evidence === undefined ? counts : { ...counts, agreement: { evidence, differing } as Agreement }
}

function tallyFields({ yes, no, abstain, electorate, agreement }: Tally): readonly CborValue[] {
  const counts = [yes, no, abstain, electorate]
  return agreement === undefined ? counts : [...counts, agreement.evidence, agreement.differing]
}

/** Puts the proposal under its id, and into the list of those that something may still happen to or out of it. */
export function writeProposal(view: WritableView, proposalId: Uint8Array, proposal: Proposal): void {
  const { tally, outcome } = proposal
  const fields = [
    proposal.kind,
    proposal.action,
    proposal.bodyHash,
    proposal.proposer,
    proposal.deadlineSeconds,
    proposal.activationHeight,
    proposal.proposedHeight,
    OUTCOMES.indexOf(outcome),
    proposal.outcomeHeight ?? null,
    tally === undefined ? null : tallyFields(tally),
    proposal.failure,
  ]
  view.put(GOVERNANCE, proposalKey(proposalId), encodeStored(fields))
  const pending = concatBytes(PENDING, proposalId)
  if (outcome === 'open' || outcome === 'passed') view.put(GOVERNANCE, pending, utf8(proposal.proposer))
  else view.delete(GOVERNANCE, pending)
}

/** Ids of the proposals that are open or wait for their height, in their order, with their proposers. */
export function pendingProposals(
  view: StateView,
): readonly { readonly proposalId: Uint8Array; readonly proposer: string }[] {
  return entriesUnder(view, GOVERNANCE, PENDING).map(({ rest, value }) => ({
    proposalId: rest,
    proposer: fromUtf8(value) ?? '',
  }))
}

/** The answer of an organisation, or undefined. */
export function readVote(
  view: StateView,
  proposalId: Uint8Array,
  organisation: string,
): VoteChoice | undefined {
  const bytes = view.get(GOVERNANCE, voteKey(proposalId, organisation))
  return bytes === undefined ? undefined : decodeVote(bytes).choice
}

/** An answer and where it was given. */
export interface GivenVote {
  readonly choice: VoteChoice
  readonly height: bigint
  /** 32 bytes, where the kind demands it. */
  readonly evidence?: Uint8Array
}

/** Reads what writeVote put. */
export function decodeVote(bytes: Uint8Array): GivenVote {
  const [choice, height, evidence] = decodeStored(bytes)
  const vote = { choice: VOTE_CHOICES[choice as number] as VoteChoice, height: storedInteger(height) }
  return evidence === undefined ? vote : { ...vote, evidence: evidence as Uint8Array }
}

/** Puts an answer. */
export function writeVote(
  view: WritableView,
  name: { readonly proposalId: Uint8Array; readonly organisation: string },
  { choice, height, evidence }: GivenVote,
): void {
  const key = voteKey(name.proposalId, name.organisation)
  const fields = [VOTE_CHOICES.indexOf(choice), height]
  view.put(GOVERNANCE, key, encodeStored(evidence === undefined ? fields : [...fields, evidence]))
}

/** All answers to a proposal, by organisation. */
export function votesUnder(view: StateView, proposalId: Uint8Array): readonly EntryUnder[] {
  return entriesUnder(view, GOVERNANCE, concatBytes(VOTES, proposalId))
}

/** A parameter, or undefined when the chain has none of this name. */
export function readParameter(view: StateView, name: string): Parameter | undefined {
  const bytes = view.get(GOVERNANCE, parameterKey(name))
  if (bytes === undefined) return undefined
  const [value, genesisValue] = decodeStored(bytes)
  return { value: value as number, genesisValue: genesisValue as number }
}

/** Puts a parameter. */
export function writeParameter(view: WritableView, name: string, parameter: Parameter): void {
  view.put(GOVERNANCE, parameterKey(name), encodeStored([parameter.value, parameter.genesisValue]))
}

/** The version of the rules in force. */
export function readEdition(view: StateView): Edition {
  const bytes = view.get(GOVERNANCE, EDITION)
  if (bytes === undefined) throw new Error('the state says no version of the rules')
  const [version, retireHeight] = decodeStored(bytes)
  return { version: version as number, retireHeight: storedInteger(retireHeight) }
}

/** Puts the version of the rules in force. */
export function writeEdition(view: WritableView, { version, retireHeight }: Edition): void {
  view.put(GOVERNANCE, EDITION, encodeStored([version, retireHeight]))
}
