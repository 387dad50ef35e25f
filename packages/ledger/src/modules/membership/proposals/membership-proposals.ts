/** What the core members may decide about members: entries of the table of proposal kinds. */
import type { AnyProposalRule } from '../../../proposal-rule.ts'
import type { MembershipNeeds } from '../needs.ts'
import { admit } from './admit.ts'
import { changeClass } from './change-class.ts'
import { expel } from './expel.ts'
import { restoreValidator } from './restore-validator.ts'
import { reinstate, suspend } from './suspend.ts'

/** The entries. */
export function membershipProposals(needs: MembershipNeeds): readonly AnyProposalRule[] {
  return [admit, changeClass(needs), suspend(needs), reinstate, expel(needs), restoreValidator]
}
