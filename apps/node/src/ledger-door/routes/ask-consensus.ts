/**
 * GET /ledger/v1/consensus/:method: what a member's node in state sync asks of CometBFT's RPC, which itself stays on this machine. The answer
 * is CometBFT's own, `{result}` or `{error}`; whoever asks verifies it.
 */
import { type LedgerRoute, PATTERN } from '../ledger-route.ts'

const COUNT = '^[1-9][0-9]{0,3}$'

/** The route; a node that runs no CometBFT says so as an error. */
export const askConsensus: LedgerRoute = {
  method: 'GET',
  audience: 'member',
  url: '/ledger/v1/consensus/:method',
  params: { method: '^(?:status|commit|header|validators|consensus_params)$' },
  query: { height: PATTERN.height, page: COUNT, per_page: COUNT },
  async answer({ askLight }, { params, query }) {
    const { method = '' } = params
    const answer = (await askLight?.({ method, params: { ...query } })) ?? NO_COMETBFT
    return { status: 200, body: JSON.stringify(answer) }
  },
}

const NO_COMETBFT = { error: { message: 'This node runs no CometBFT' } }
