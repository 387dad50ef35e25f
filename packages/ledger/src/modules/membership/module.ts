/** The membership module as the ledger lists it. */
import type { LedgerModule } from '../../module.ts'
import { announceEndpoints } from './announce-endpoints.ts'
import { applyMembership } from './apply-membership.ts'
import { recordMisbehaviour } from './double-signing.ts'
import { initialise } from './initialise.ts'
import { brokenInvariants } from './invariants.ts'
import { leave } from './leave.ts'
import type { MembershipNeeds } from './needs.ts'
import { registerKey } from './register-key.ts'
import { reviewQualification } from './review-qualification.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import { MEMBERSHIP } from './state.ts'

/** Who is a member of which class, whose key is whose, and who orders blocks. */
export function membershipModule(needs: MembershipNeeds): LedgerModule {
  return {
    name: MEMBERSHIP,
    rules: [
      registerKey,
      revokeKey(needs),
      rotateKey,
      applyMembership,
      reviewQualification,
      announceEndpoints,
      leave(needs),
    ],
    initialise,
    beginBlock: recordMisbehaviour,
    brokenInvariants,
  }
}
