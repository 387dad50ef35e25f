/** Whose node may be connected: the members', as state knows them. */
import { fromHex } from '@meridian/protocol'
import type { Clock } from '../../clock.ts'
import type { StateMachine } from '../../state-machine.ts'
import type { ChainHead } from './chain-head.ts'

/** Who decides. */
export interface PeerParts {
  readonly machine: StateMachine
  readonly head: ChainHead
  /** Node ids of the peers that the operator named. */
  readonly ownPeers: ReadonlySet<string>
  readonly clock: Pick<Clock, 'nowMs'>
}

/** The clock's block comes every ten minutes. */
const BEHIND_MS = 1_800_000

/**
 * Whether the node with this id (40 hex digits) may be connected. The operator's word counts while this node has not caught up: its state
 * does not know later members yet. Afterwards it knows them all, and who has left is kept out.
 */
export function isPeerAdmitted({ machine, head, ownPeers, clock }: PeerParts, nodeId: string): boolean {
  const id = nodeId.toLowerCase()
  const { state, time } = head.current()
  const isBehind = clock.nowMs() - Number(time / 1_000_000n) > BEHIND_MS
  if (isBehind && ownPeers.has(id)) return true
  return machine.admitsPeer(state.view, fromHex(id) ?? new Uint8Array())
}
