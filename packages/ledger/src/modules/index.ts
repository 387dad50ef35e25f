/** The modules in their order: the only file where they meet. CONSENSUS: the order is the order of the sub-roots. */
import type { LedgerModule } from '../module.ts'
import { evidenceModule } from './evidence/module.ts'
import { membershipModule } from './membership/module.ts'
import { isActive } from './membership/queries.ts'
import { registryModule } from './registry/module.ts'

/** All modules. */
export const modules: readonly LedgerModule[] = [
  membershipModule,
  evidenceModule({ isActive }),
  registryModule({ isActive }),
]
