/** CometBFT's questions about peers. Everything else is asked at our own doors. */
import type { QueryRequest, QueryResponse } from '@meridian/abci'
import { fromHex } from '@meridian/protocol'
import type { Clock } from '../../clock.ts'
import type { StateMachine } from '../../state-machine.ts'
import type { ChainHead } from './chain-head.ts'

/** Who decides. */
export interface QueryParts {
  readonly machine: StateMachine
  readonly head: ChainHead
  readonly ownPeers: ReadonlySet<string>
  readonly clock: Pick<Clock, 'nowMs'>
}

const BY_ID = /^\/p2p\/filter\/id\/([0-9a-fA-F]{40})$/
const BY_ADDRESS = /^\/p2p\/filter\/addr\//

/** Any code above 0 keeps a peer out. */
const KEPT_OUT = 1

/** An address says nothing of who is behind it; the id that follows is proved by a signature. */
export function answerQuery(parts: QueryParts, { path }: QueryRequest): QueryResponse {
  if (BY_ADDRESS.test(path)) return { code: 0 }
  const id = BY_ID.exec(path)?.[1]?.toLowerCase()
  if (id === undefined) return { code: KEPT_OUT, log: 'unknown path' }
  return { code: isAdmitted(parts, id) ? 0 : KEPT_OUT }
}

/** The clock's block comes every ten minutes. */
const BEHIND_MS = 1_800_000

/**
 * CometBFT asks for those that it dials as for those that dial it. The operator's word counts while this node has not caught up:
 * its state does not know later members yet. Afterwards it knows them all, and who has left is kept out.
 */
function isAdmitted({ machine, head, ownPeers, clock }: QueryParts, id: string): boolean {
  const { state, time } = head.current()
  const isBehind = clock.nowMs() - Number(time / 1_000_000n) > BEHIND_MS
  if (isBehind && ownPeers.has(id)) return true
  return machine.admitsPeer(state.view, fromHex(id) ?? new Uint8Array())
}
