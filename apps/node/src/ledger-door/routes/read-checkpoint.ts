/** GET /.well-known/meridian/checkpoint: size and root of the evidence log, signed by this member (spec 5 §8). */
import { checkpointKeyName, refuse, signCheckpoint } from '@meridian/protocol'
import { type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'

/** The route; with `height`, the log after that block. 404 where no member answers or the height is not there. */
export const readCheckpoint: LedgerRoute = {
  method: 'GET',
  audience: 'anyone',
  url: '/.well-known/meridian/checkpoint',
  params: {},
  query: { height: PATTERN.height },
  async answer({ engine, suite, member }, { query }) {
    const height = query.height === undefined ? engine.status().height : BigInt(query.height)
    const block = engine.block(height)
    if (member === undefined || block === undefined)
      return refused(refuse('engine', 'engine.height-unknown', { height: height.toString() }))
    const { logSize: size, logRoot: root } = block.state
    const key = {
      name: checkpointKeyName(engine.chainId, member.organisation),
      signer: member.receiptSigner,
    }
    return {
      status: 200,
      type: 'text/plain; charset=utf-8',
      body: signCheckpoint(suite, { origin: engine.chainId, size, root }, key),
    }
  },
}
