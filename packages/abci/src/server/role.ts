/** Which of CometBFT's four connections a request belongs to. The protocol does not say it at the start: requests tell. */
import { type Request, requestNumbers } from '../tables/envelope.ts'

/** CometBFT's names (`proxy/app_conn.go`); `unknown` before the first telling request. */
export type Role = 'consensus' | 'mempool' | 'query' | 'snapshot' | 'unknown'

const kinds: Readonly<Record<Exclude<Role, 'unknown'>, readonly Request['kind'][]>> = {
  consensus: [
    'initChain',
    'prepareProposal',
    'processProposal',
    'extendVote',
    'verifyVoteExtension',
    'finalizeBlock',
    'commit',
  ],
  mempool: ['checkTx'],
  query: ['info', 'query'],
  snapshot: ['listSnapshots', 'offerSnapshot', 'loadSnapshotChunk', 'applySnapshotChunk'],
}

const roles = new Map(
  Object.entries(kinds).flatMap(([role, names]) => names.map((name) => [requestNumbers[name], role as Role])),
)

/** The role a request number tells; Echo and Flush tell none. */
export function roleOf(requestNumber: number): Role | undefined {
  return roles.get(requestNumber)
}
