/** `membership.suspend` and `membership.reinstate`: a member stops acting for a while, but for what protects others (spec 1 §8). */
import type { ProposalRule } from '../../../proposal-rule.ts'
import { checkCoreLoss, checkStatus, setStatus } from '../life-cycle.ts'
import type { MembershipNeeds } from '../needs.ts'

/** Its `check` refuses with membership.unknown-organisation, .wrong-status, .last-core, .too-few-validators. */
export function suspend(needs: MembershipNeeds): ProposalRule<'membership.suspend'> {
  return {
    kind: 'membership.suspend',
    check: (view, { action }) =>
      checkStatus(view, action.organisation, 'active') ?? checkCoreLoss(view, action.organisation, needs),
    apply: (view, { action }, context) => setStatus(view, action.organisation, 'suspended', context),
  }
}

/** Its `check` refuses with membership.unknown-organisation, .wrong-status. */
export const reinstate: ProposalRule<'membership.reinstate'> = {
  kind: 'membership.reinstate',
  check: (view, { action }) => checkStatus(view, action.organisation, 'suspended'),
  apply: (view, { action }, context) => setStatus(view, action.organisation, 'active', context),
}
