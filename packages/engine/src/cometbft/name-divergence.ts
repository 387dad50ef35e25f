/** Finds the module in which this node's state differs from the one that the others have agreed on. */
import { equalBytes } from '@meridian/protocol'
import type { StateRoots } from '../engine.ts'
import { EngineFailure } from '../engine-failure.ts'

/** Asks other members for their list of sub-roots after the block at `height`. What they say is compared with the agreed app hash. */
export type PeerStates = (height: bigint) => Promise<readonly StateRoots[]>

/** What happened: the state after `height` here, and the hash that was decided for it. */
export interface Divergence {
  readonly height: bigint
  readonly own: StateRoots | undefined
  readonly decidedAppHash: Uint8Array
}

/** The failure to stop with; it names the module when a peer's list leads to the decided hash. Never rejects. */
export async function nameDivergence(
  { height, own, decidedAppHash }: Divergence,
  peerStates: PeerStates | undefined,
): Promise<EngineFailure> {
  const states = await askPeers(height, peerStates)
  const agreed = states.find(({ appHash }) => equalBytes(appHash, decidedAppHash))
  const module = own === undefined || agreed === undefined ? undefined : differentModule(own, agreed)
  const detail = { height: height.toString(), ...(module === undefined ? {} : { module }) }
  return new EngineFailure('engine.state-diverged', detail)
}

async function askPeers(height: bigint, peerStates: PeerStates | undefined): Promise<readonly StateRoots[]> {
  try {
    return (await peerStates?.(height)) ?? []
  } catch {
    // Nobody answers: the height alone has to do.
    return []
  }
}

/** The first module whose root differs; `log` when it is the evidence log. */
function differentModule(own: StateRoots, agreed: StateRoots): string | undefined {
  for (const [i, { module, root }] of agreed.subRoots.entries()) {
    const mine = own.subRoots[i]
    if (mine?.module !== module || !equalBytes(mine.root, root)) return module
  }
  return equalBytes(own.logRoot, agreed.logRoot) ? undefined : 'log'
}
