/** GET /ledger/v1/status: where the chain stands. */
import { statusForm } from '@meridian/client'
import { found, type LedgerRoute } from '../ledger-route.ts'

/** The route. */
export const readStatus: LedgerRoute = {
  method: 'GET',
  audience: 'member',
  url: '/ledger/v1/status',
  params: {},
  query: {},
  async answer({ engine }) {
    const { time, ...status } = engine.status()
    return found(statusForm, { ...status, genesisHash: engine.genesisHash, timeNanos: time })
  },
}
