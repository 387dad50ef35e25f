/** The app hash: what the validators sign of the state (spec 3 §4). CONSENSUS. */
import { encodeCbor } from './cbor.ts'
import type { Suite } from './suite.ts'

/** The root of one ledger module's state tree. */
export interface SubRoot {
  readonly module: string
  readonly root: Uint8Array
}

/** Everything the app hash stands for. The sub-roots are in the ledger's order of modules. */
export interface AppState {
  readonly subRoots: readonly SubRoot[]
  readonly logSize: number
  readonly logRoot: Uint8Array
}

/** Domain and format; a new composition gets a new name. */
const DOMAIN = 'meridian-app-hash/1'

/**
 * SHA-256 over deterministic CBOR `[domain, [[module, root], …], log size, log root]`. The size is part of it because
 * an inclusion proof alone does not bind the size of the tree.
 */
export function appHash(suite: Suite, state: AppState): Uint8Array {
  return suite.sha256(
    encodeCbor([
      DOMAIN,
      state.subRoots.map(({ module, root }) => [module, root]),
      state.logSize,
      state.logRoot,
    ]),
  )
}
