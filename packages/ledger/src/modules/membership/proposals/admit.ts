/** `membership.admit`: a qualified applicant becomes a member of the class it asked for (spec 1 §8). */
import type { ProposalRule } from '../../../proposal-rule.ts'
import { checkStatus, setStatus } from '../life-cycle.ts'

/** Its `check` refuses with membership.unknown-organisation, .wrong-status. */
export const admit: ProposalRule<'membership.admit'> = {
  kind: 'membership.admit',
  check: (view, { action }) => checkStatus(view, action.organisation, 'qualified'),
  apply: (view, { action }, context) => setStatus(view, action.organisation, 'active', context),
}
