/** `withdraw-proposal`: the proposer takes an open proposal back (spec 1 §6.14). */
import { isRefusal, type Refusal, refuse, type Statement } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { openProposal } from './open-proposal.ts'
import { close } from './settle.ts'
import { GOVERNANCE, type Proposal, readProposal } from './state.ts'

/** Refusals: governance.unknown-proposal, .closed, .not-proposer. Whoever proposed may withdraw, also when no longer core. */
function check(
  view: StateView,
  { issuer, body }: Statement<'withdraw-proposal'>,
  context: Context,
): Refusal | undefined {
  const proposal = openProposal(view, body.proposalId, context)
  if (isRefusal(proposal)) return proposal
  return proposal.proposer === issuer ? undefined : refuse(GOVERNANCE, 'governance.not-proposer')
}

/** Effects: nobody votes on it any more. */
function apply(
  view: WritableView,
  statement: Statement<'withdraw-proposal'>,
  context: Context,
): Refusal | undefined {
  const refusal = check(view, statement, context)
  if (refusal !== undefined) return refusal
  const { proposalId } = statement.body
  close(view, proposalId, readProposal(view, proposalId) as Proposal, { outcome: 'withdrawn', context })
  return undefined
}

/** The rule. */
export const withdrawProposal: Rule<'withdraw-proposal'> = { kind: 'withdraw-proposal', check, apply }
