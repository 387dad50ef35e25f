/** `membership.change-class`: a member is promoted or demoted (spec 1 §8). */
import { refuse } from '@meridian/protocol'
import type { ProposalRule } from '../../../proposal-rule.ts'
import { checkCoreLoss, checkStatus } from '../life-cycle.ts'
import type { MembershipNeeds } from '../needs.ts'
import { memberOf } from '../own-key.ts'
import { MEMBERSHIP, writeOrganisation } from '../state.ts'

/** Its `check` refuses with membership.unknown-organisation, .wrong-status, .class-unchanged, .last-core, .too-few-validators. */
export function changeClass(needs: MembershipNeeds): ProposalRule<'membership.change-class'> {
  return {
    kind: 'membership.change-class',
    check(view, { action }) {
      const refusal = checkStatus(view, action.organisation, 'active')
      if (refusal !== undefined) return refusal
      if (memberOf(view, action.organisation).memberClass === action.memberClass) {
        return refuse(MEMBERSHIP, 'membership.class-unchanged')
      }
      return checkCoreLoss(view, action.organisation, needs)
    },
    apply(view, { action }) {
      const member = memberOf(view, action.organisation)
      writeOrganisation(view, action.organisation, { ...member, memberClass: action.memberClass })
    },
  }
}
