/**
 * Parts from peers that are no members any more. CometBFT asks about a peer only when it connects and has no call that ends a connection,
 * so it is started again, which takes a second, and asked then (ADR 0135).
 */
import type { Clock } from '../../clock.ts'
import { isEngineFailure } from '../../engine-failure.ts'
import type { JsonRpc } from '../rpc/json-rpc.ts'
import { readNetworkStatus } from '../rpc/network-status.ts'

/** Who is looked at and what is done. */
export interface PartParts {
  readonly rpc: JsonRpc
  readonly clock: Clock
  /** How often the peers are looked at. */
  readonly everyMs: number
  /** Decides when this node's turn is, so that the members do not start again all at once. */
  readonly nodeId: string
  /** By node id, 40 hex digits. */
  readonly isAdmitted: (nodeId: string) => boolean
  readonly startAgain: () => void
}

/** A member's turn is one of sixteen. */
const TURNS = 16

/** Looks until it is stopped; the answer stops it. */
export function partFromPeers(parts: PartParts): () => void {
  const { clock, everyMs, nodeId } = parts
  const turnMs = (Number.parseInt(nodeId.slice(0, 1), 16) * everyMs) / TURNS
  let cancel = clock.after(everyMs, look)

  function look(): void {
    void hasStranger(parts).then((found) => {
      cancel = clock.after(found ? turnMs : everyMs, found ? part : look)
    })
  }

  function part(): void {
    void hasStranger(parts).then((found) => {
      if (found) parts.startAgain()
      cancel = clock.after(everyMs, look)
    })
  }

  return () => cancel()
}

/** A CometBFT that does not answer has no peers. */
async function hasStranger({ rpc, isAdmitted }: PartParts): Promise<boolean> {
  try {
    const { peers } = await readNetworkStatus(rpc)
    return peers.some((peer) => !isAdmitted(peer.nodeId))
  } catch (error) {
    if (isEngineFailure(error)) return false
    throw error
  }
}
