/** `vote`: a core member answers a proposal, once; the vote that is enough decides it (spec 1 §6.13). */
import { isRefusal, type Refusal, refuse, type Statement, type Vote } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { Rule } from '../../module.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { openProposal } from './open-proposal.ts'
import { type Settling, settle } from './settle.ts'
import { GOVERNANCE, type Proposal, readVote, writeVote } from './state.ts'

/** The rule. Its `check` refuses with governance.not-core, .unknown-proposal, .closed, .already-voted, .evidence-missing, .evidence-not-asked. */
export function vote(settling: Settling): Rule<'vote'> {
  function check(
    view: StateView,
    { issuer, body }: Statement<'vote'>,
    context: Context,
  ): Refusal | undefined {
    if (!settling.needs.isCoreMember(view, issuer)) return refuse(GOVERNANCE, 'governance.not-core')
    const proposal = openProposal(view, body.proposalId, context)
    if (isRefusal(proposal)) return proposal
    const hasVoted = readVote(view, body.proposalId, issuer) !== undefined
    return hasVoted ? refuse(GOVERNANCE, 'governance.already-voted') : checkEvidence(proposal, body)
  }

  function checkEvidence({ kind }: Proposal, { choice, evidence }: Vote): Refusal | undefined {
    const isAsked = settling.table.get(kind)?.yesNeedsEvidence === true
    if (!isAsked && evidence !== undefined) return refuse(GOVERNANCE, 'governance.evidence-not-asked')
    return isAsked && choice === 'yes' && evidence === undefined
      ? refuse(GOVERNANCE, 'governance.evidence-missing')
      : undefined
  }

  /** Effects: the vote counts; a proposal that is decided by it may take effect at once. */
  function apply(view: WritableView, statement: Statement<'vote'>, context: Context): Refusal | undefined {
    const refusal = check(view, statement, context)
    if (refusal !== undefined) return refusal
    const { proposalId, ...answer } = statement.body
    writeVote(view, { proposalId, organisation: statement.issuer }, { ...answer, height: context.height })
    settle(view, proposalId, settling, context)
    return undefined
  }

  return { kind: 'vote', check, apply }
}
