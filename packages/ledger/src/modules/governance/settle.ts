/** What happens to a proposal when it is looked at: it expires, is decided, and takes effect. */
import { decodeAction, isRefusal, type ProposalKind } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { ProposalRule } from '../../proposal-rule.ts'
import type { WritableView } from '../../state-view.ts'
import type { GovernanceNeeds } from './needs.ts'
import type { ProposalTable } from './proposal-table.ts'
import { type Outcome, type Proposal, pendingProposals, readProposal, writeProposal } from './state.ts'
import { decisionOf, tallyOf } from './tally.ts'

/** What settling needs. */
export interface Settling {
  readonly needs: GovernanceNeeds
  readonly table: ProposalTable
}

/**
 * Looks at every proposal that is open or waits for its height: at the start of a block that is not empty. The number is
 * bounded, since no member has many open.
 */
export function settleAll(view: WritableView, settling: Settling, context: Context): void {
  for (const { proposalId } of pendingProposals(view)) settle(view, proposalId, settling, context)
}

/** Expires, decides or activates one proposal, whatever it is ready for. */
export function settle(
  view: WritableView,
  proposalId: Uint8Array,
  settling: Settling,
  context: Context,
): void {
  const proposal = readProposal(view, proposalId)
  if (proposal === undefined) throw new Error('a proposal that is listed is gone')
  if (proposal.outcome === 'open' && isOver(proposal, context)) {
    close(view, proposalId, proposal, { outcome: 'expired', context })
    return
  }
  const decided = proposal.outcome === 'open' ? decide(view, proposalId, settling, context) : proposal
  if (decided.outcome === 'passed') activate(view, { proposalId, proposal: decided }, settling, context)
}

/** Judged on read: from its deadline on nobody votes any more. */
export function isOver(
  { deadlineSeconds }: Proposal,
  { timeSeconds }: Pick<Context, 'timeSeconds'>,
): boolean {
  return deadlineSeconds <= timeSeconds
}

function decide(view: WritableView, proposalId: Uint8Array, { needs }: Settling, context: Context): Proposal {
  const proposal = readProposal(view, proposalId) as Proposal
  const tally = tallyOf(view, proposalId, needs.coreMembers(view))
  const outcome = decisionOf(tally)
  return outcome === undefined
    ? proposal
    : close(view, proposalId, { ...proposal, tally }, { outcome, context })
}

/** A passed proposal takes effect at its height; when it no longer can, it fails and says why. */
function activate(
  view: WritableView,
  { proposalId, proposal }: { readonly proposalId: Uint8Array; readonly proposal: Proposal },
  { table }: Settling,
  context: Context,
): void {
  const rule = table.get(proposal.kind) as ProposalRule<ProposalKind> | undefined
  if (rule === undefined) throw new Error('a proposal of a kind without a rule has passed')
  if (proposal.activationHeight > context.height + (rule.leadBlocks ?? 0n)) return
  const action = decodeAction(rule.kind, proposal.action)
  if (isRefusal(action)) throw new Error('the action of a proposal that was checked does not decode')
  const { activationHeight, tally } = proposal
  const evidence = tally?.agreement?.evidence
  const asked = { action, activationHeight, ...(evidence === undefined ? {} : { evidence }) }
  const refusal = rule.check(view, asked, context)
  const failure = refusal?.code ?? ''
  const outcome = refusal === undefined ? 'activated' : 'failed'
  close(view, proposalId, { ...proposal, failure }, { outcome, context })
  if (refusal === undefined) rule.apply(view, asked, context)
}

/** Writes an outcome and answers the proposal with it. */
export function close(
  view: WritableView,
  proposalId: Uint8Array,
  proposal: Proposal,
  { outcome, context }: { readonly outcome: Outcome; readonly context: Pick<Context, 'height'> },
): Proposal {
  const closed = { ...proposal, outcome, outcomeHeight: context.height }
  writeProposal(view, proposalId, closed)
  return closed
}
