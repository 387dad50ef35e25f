/** `membership.restore-validator`: after double signing the core members trust a member's validator again (spec 1 §8). */
import { refuse } from '@meridian/protocol'
import type { ProposalRule } from '../../../proposal-rule.ts'
import { checkStatus } from '../life-cycle.ts'
import { memberOf } from '../own-key.ts'
import { MEMBERSHIP, writeOrganisation } from '../state.ts'

/** Its `check` refuses with membership.unknown-organisation, .wrong-status, .not-barred. The member then registers a new key. */
export const restoreValidator: ProposalRule<'membership.restore-validator'> = {
  kind: 'membership.restore-validator',
  check(view, { action }) {
    const refusal = checkStatus(view, action.organisation, 'active', 'suspended')
    if (refusal !== undefined) return refusal
    return memberOf(view, action.organisation).barredFromValidating
      ? undefined
      : refuse(MEMBERSHIP, 'membership.not-barred')
  },
  apply(view, { action }) {
    const member = memberOf(view, action.organisation)
    writeOrganisation(view, action.organisation, { ...member, barredFromValidating: false })
  },
}
