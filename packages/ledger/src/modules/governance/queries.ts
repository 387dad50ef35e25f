/** What others may ask of governance: the envelope check, membership through its needs, the engine and readers of state. */
import { fromUtf8 } from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView } from '../../state-view.ts'
import { PARAMETER_TABLE } from './parameters.ts'
import { isOver } from './settle.ts'
import {
  decodeProposal,
  decodeVote,
  type GivenVote,
  GOVERNANCE,
  type Outcome,
  PROPOSALS,
  type Proposal,
  pendingProposals,
  readEdition,
  readParameter,
  readProposal,
  votesUnder,
} from './state.ts'

export type { ParameterBounds } from './parameters.ts'
export { PARAMETER_TABLE } from './parameters.ts'
export type { Agreement, Edition, GivenVote, Outcome, Proposal, Tally } from './state.ts'
export { decodeProposal, GOVERNANCE, parameterKey, proposalKey, readEdition, voteKey } from './state.ts'
export { decisionOf, tallyOf } from './tally.ts'

/** The proposal, or undefined. */
export function proposalOf(view: StateView, proposalId: Uint8Array): Proposal | undefined {
  return readProposal(view, proposalId)
}

/** The outcome as it is at this block time: an open proposal past its deadline has expired, swept or not. */
export function outcomeAt(proposal: Proposal, timeSeconds: bigint): Outcome {
  return proposal.outcome === 'open' && isOver(proposal, { timeSeconds }) ? 'expired' : proposal.outcome
}

/** Every proposal, in the order of ids. Cost: all that ever were. */
export function proposals(
  view: StateView,
): readonly { readonly proposalId: Uint8Array; readonly proposal: Proposal }[] {
  return entriesUnder(view, GOVERNANCE, PROPOSALS).map(({ rest, value }) => ({
    proposalId: rest,
    proposal: decodeProposal(value),
  }))
}

/** What is put to the members and not yet decided, or waits for its height. Cost: those alone. */
export function pendingQuestions(view: StateView): readonly Pick<Proposal, 'kind' | 'action'>[] {
  return pendingProposals(view).map(({ proposalId }) => readProposal(view, proposalId) as Proposal)
}

/** The answers to a proposal, by organisation. */
export function votesOf(view: StateView, proposalId: Uint8Array): ReadonlyMap<string, GivenVote> {
  return new Map(
    votesUnder(view, proposalId).map(({ rest, value }) => [fromUtf8(rest) ?? '', decodeVote(value)]),
  )
}

/** The value of a parameter. Throws for a name that is not in the table: a bug. */
export function parameterOf(view: StateView, name: string): number {
  const parameter = readParameter(view, name)
  if (parameter === undefined) throw new Error(`no parameter ${name}`)
  return parameter.value
}

/** All parameters by name. */
export function parametersOf(view: StateView): Readonly<Record<string, number>> {
  return Object.fromEntries(PARAMETER_TABLE.map(({ name }) => [name, parameterOf(view, name)]))
}

/** The version of the rules in force. */
export function applicationVersionOf(view: StateView): number {
  return readEdition(view).version
}
