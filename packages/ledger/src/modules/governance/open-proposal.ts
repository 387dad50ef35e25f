/** A proposal that may still be voted on or withdrawn. */
import { type Refusal, refuse } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { StateView } from '../../state-view.ts'
import { isOver } from './settle.ts'
import { GOVERNANCE, type Proposal, readProposal } from './state.ts'

/** The proposal. Refusals: governance.unknown-proposal, .closed. */
export function openProposal(
  view: StateView,
  proposalId: Uint8Array,
  context: Pick<Context, 'timeSeconds'>,
): Proposal | Refusal {
  const proposal = readProposal(view, proposalId)
  if (proposal === undefined) return refuse(GOVERNANCE, 'governance.unknown-proposal')
  const outcome = proposal.outcome === 'open' && isOver(proposal, context) ? 'expired' : proposal.outcome
  return outcome === 'open' ? proposal : refuse(GOVERNANCE, 'governance.closed', { outcome })
}
