/** What the state before a block says about the block itself: the version of the rules in its header and how large it may be. */
import type { ChainConstants } from './chain-constants.ts'
import { EngineFailure } from './engine-failure.ts'
import type { StateMachine, StateView } from './state-machine.ts'

/** The facts. CONSENSUS: both stand in the header of the next block, the size through the hash of the parameters. */
export interface ConsensusFacts {
  readonly applicationVersion: number
  readonly maxBlockBytes: number
}

/** The facts of the block after the state in `view`. Throws engine.unsupported-version where this software lacks the version. */
export function consensusFacts(
  machine: StateMachine,
  view: StateView,
  constants: Pick<ChainConstants, 'maxBlockBytes'>,
): ConsensusFacts {
  const applicationVersion = machine.applicationVersion(view)
  if (!machine.supportedVersions.includes(applicationVersion))
    throw new EngineFailure('engine.unsupported-version', { version: applicationVersion })
  return {
    applicationVersion,
    maxBlockBytes: machine.parameters(view).maxBlockBytes ?? constants.maxBlockBytes,
  }
}
