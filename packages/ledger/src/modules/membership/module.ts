/** The membership module as the ledger lists it. */
import type { LedgerModule } from '../../module.ts'
import { initialise } from './initialise.ts'
import { brokenInvariants } from './invariants.ts'
import { registerKey } from './register-key.ts'
import { revokeKey } from './revoke-key.ts'
import { rotateKey } from './rotate-key.ts'
import { MEMBERSHIP } from './state.ts'

/** Who is a member, and whose key is whose. */
export const membershipModule: LedgerModule = {
  name: MEMBERSHIP,
  rules: [registerKey, revokeKey, rotateKey],
  initialise,
  brokenInvariants,
}
