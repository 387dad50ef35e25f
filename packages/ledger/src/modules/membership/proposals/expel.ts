/** `membership.expel`: a member goes because the others say so, or an applicant is turned away (spec 1 §8). */
import type { ProposalRule } from '../../../proposal-rule.ts'
import { checkCoreLoss, checkStatus, exit } from '../life-cycle.ts'
import type { MembershipNeeds } from '../needs.ts'

/** Its `check` refuses with membership.unknown-organisation, .wrong-status, .last-core, .too-few-validators. */
export function expel(needs: MembershipNeeds): ProposalRule<'membership.expel'> {
  return {
    kind: 'membership.expel',
    check: (view, { action }) =>
      checkStatus(view, action.organisation, 'active', 'suspended', 'applied', 'qualified') ??
      checkCoreLoss(view, action.organisation, needs),
    apply: (view, { action }, context) => exit(view, action.organisation, context),
  }
}
