/** GET /ledger/v1/light-blocks/:height: header, commit and validators of one height, or of the newest: what a light client asks for. */
import { lightBlockForm, lightBlockOf, refuse } from '@meridian/protocol'
import { found, type LedgerRoute, refused } from '../ledger-route.ts'

/** The route; 404 with engine.height-unknown. */
export const readLightBlock: LedgerRoute = {
  method: 'GET',
  audience: 'anyone',
  url: '/ledger/v1/light-blocks/:height',
  params: { height: '^(?:newest|0|[1-9][0-9]{0,17})$' },
  query: {},
  async answer({ engine }, { params }) {
    const height = params.height === 'newest' ? engine.status().height : BigInt(params.height ?? '0')
    const block = engine.block(height)
    return block === undefined
      ? refused(refuse('engine', 'engine.height-unknown', { height: height.toString() }))
      : found(lightBlockForm, lightBlockOf(block.header, block.commit, block.validators))
  },
}
