/** GET /.well-known/meridian/trust.json: the trust file that this member gives out, at the genesis or at `height`. */
import { encodeTrust, isRefusal } from '@meridian/protocol'
import { type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'
import { trustAt } from '../trust-at.ts'

/** The route; 404 for a height that is not there, 410 outside the proof window. */
export const readTrust: LedgerRoute = {
  method: 'GET',
  audience: 'anyone',
  url: '/.well-known/meridian/trust.json',
  params: {},
  query: { height: PATTERN.height },
  async answer({ engine, suite, member }, { query }) {
    const trust = trustAt({ engine, suite, earlier: member?.earlier ?? [] }, BigInt(query.height ?? '0'))
    return isRefusal(trust) ? refused(trust) : { status: 200, body: encodeTrust(suite, trust) }
  },
}
