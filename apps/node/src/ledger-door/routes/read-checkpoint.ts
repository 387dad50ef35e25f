/** GET /.well-known/meridian/checkpoint: size and root of the evidence log, signed by this member and others (spec 5 §8). */
import { refuse } from '@meridian/protocol'
import { type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'

/** The route; with `height`, the log after that block, signed by this member alone. 404 where no member answers or the height is not there. */
export const readCheckpoint: LedgerRoute = {
  method: 'GET',
  audience: 'anyone',
  url: '/.well-known/meridian/checkpoint',
  params: {},
  query: { height: PATTERN.height },
  async answer({ member }, { query: { height } }) {
    const note =
      height === undefined ? await member?.checkpoints.newest() : member?.checkpoints.at(BigInt(height))
    if (note === undefined)
      return refused(refuse('engine', 'engine.height-unknown', { height: height ?? '0' }))
    return { status: 200, type: 'text/plain; charset=utf-8', body: note }
  },
}
