/** GET /ledger/v1/parameters: the parameters of the chain, between what they may be, and the version of the rules. */
import { parametersForm } from '@meridian/client'
import { governanceQueries } from '@meridian/ledger'
import { found, type LedgerRoute } from '../ledger-route.ts'

const { PARAMETER_TABLE, parameterOf, readEdition } = governanceQueries

/** The route. */
export const readParameters: LedgerRoute = {
  method: 'GET',
  audience: 'member',
  url: '/ledger/v1/parameters',
  params: {},
  query: {},
  async answer({ engine }) {
    const { state } = engine
    const { version, retireHeight } = readEdition(state)
    return found(parametersForm, {
      height: engine.status().height,
      applicationVersion: version,
      retireHeight,
      items: PARAMETER_TABLE.map(({ name, least, most }) => ({
        name,
        value: parameterOf(state, name),
        least,
        most,
      })),
    })
  },
}
