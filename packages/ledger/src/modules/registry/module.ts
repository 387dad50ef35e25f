/** The registry module as the ledger lists it. */
import type { LedgerModule } from '../../module.ts'
import { brokenInvariants } from './invariants.ts'
import type { RegistryNeeds } from './needs.ts'
import { publishArtefact } from './publish-artefact.ts'
import { REGISTRY } from './state.ts'

/** Which version of which standard, map and table is in force. */
export function registryModule(needs: RegistryNeeds): LedgerModule {
  return { name: REGISTRY, rules: [publishArtefact(needs)], brokenInvariants }
}
