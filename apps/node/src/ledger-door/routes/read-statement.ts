/** GET /ledger/v1/statements/:id: where a statement stands, by the hash of its Sig_structure. */
import { placeForm } from '@meridian/client'
import { fromHex, refuse, timeSeconds } from '@meridian/protocol'
import { found, type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'

/** The route; 404 with engine.statement-unknown while no block holds the statement. */
export const readStatement: LedgerRoute = {
  method: 'GET',
  audience: 'member',
  url: '/ledger/v1/statements/:id',
  params: { id: PATTERN.hash },
  query: {},
  async answer({ engine }, { params }) {
    const place = engine.locate(fromHex(params.id ?? '') ?? new Uint8Array())
    const block = place === undefined ? undefined : engine.block(place.height)
    if (place === undefined || block === undefined)
      return refused(refuse('engine', 'engine.statement-unknown'))
    return found(placeForm, {
      height: place.height,
      blockTimeSeconds: timeSeconds(block.header.time),
      index: place.index,
      logIndex: place.logIndex ?? null,
      refusal: place.refusal ?? null,
    })
  },
}
