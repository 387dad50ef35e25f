/** CometBFT's questions about peers, for those that it dials as for those that dial it. Everything else is asked at our own doors. */
import type { QueryRequest, QueryResponse } from '@meridian/abci'
import { isPeerAdmitted, type PeerParts } from './admit-peer.ts'

const BY_ID = /^\/p2p\/filter\/id\/([0-9a-fA-F]{40})$/
const BY_ADDRESS = /^\/p2p\/filter\/addr\//

/** Any code above 0 keeps a peer out. */
const KEPT_OUT = 1

/** An address says nothing of who is behind it; the id that follows is proved by a signature. */
export function answerQuery(parts: PeerParts, { path }: QueryRequest): QueryResponse {
  if (BY_ADDRESS.test(path)) return { code: 0 }
  const id = BY_ID.exec(path)?.[1]
  if (id === undefined) return { code: KEPT_OUT, log: 'unknown path' }
  return { code: isPeerAdmitted(parts, id) ? 0 : KEPT_OUT }
}
