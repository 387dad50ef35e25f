/** The modules in their order: the only file where they meet. CONSENSUS: the order is the order of the sub-roots. */
import type { LedgerModule } from '../module.ts'
import type { StateView } from '../state-view.ts'
import { evidenceModule } from './evidence/module.ts'
import { governanceModule } from './governance/module.ts'
import { parameterOf } from './governance/queries.ts'
import { membershipModule } from './membership/module.ts'
import type { MembershipNeeds } from './membership/needs.ts'
import { membershipProposals } from './membership/proposals/membership-proposals.ts'
import { coreMembers, isActive, isCoreMember, validatorsOf } from './membership/queries.ts'
import { registryModule } from './registry/module.ts'
import { registryProposals } from './registry/proposals/registry-proposals.ts'
import { isStandardsSet } from './registry/queries.ts'

const membershipNeeds: MembershipNeeds = {
  minValidators: (view) => parameterOf(view, 'minValidators'),
}

const governanceNeeds = {
  isCoreMember,
  coreMembers,
  validatorCount: (view: StateView) => validatorsOf(view).length,
}

/** All modules. */
export const modules: readonly LedgerModule[] = [
  membershipModule(membershipNeeds),
  governanceModule(governanceNeeds, [...membershipProposals(membershipNeeds), ...registryProposals]),
  evidenceModule({ isActive, isStandardsSet }),
  registryModule({ isActive, isCoreMember }),
]
