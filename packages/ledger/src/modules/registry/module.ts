/** The registry module as the ledger lists it. */
import type { LedgerModule } from '../../module.ts'
import { adoptArtefact } from './adoptions.ts'
import { changeRules } from './change-requests.ts'
import { conflictRules } from './conflicts.ts'
import { brokenInvariants } from './invariants.ts'
import type { RegistryNeeds } from './needs.ts'
import { publishArtefact } from './publish-artefact.ts'
import { registerArtefact } from './register-artefact.ts'
import { REGISTRY } from './state.ts'

/** Which version of which standard, map and table is in force. */
export function registryModule(needs: RegistryNeeds): LedgerModule {
  return {
    name: REGISTRY,
    rules: [
      publishArtefact(needs),
      registerArtefact(needs),
      adoptArtefact(needs),
      ...changeRules(needs),
      ...conflictRules(needs),
    ],
    brokenInvariants,
  }
}
