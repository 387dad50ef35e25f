/** GET /ledger/v1/blocks/:height: one block; with `waitMs` the answer waits for a block that is not there yet. */
import { blockForm, type LedgerBlock } from '@meridian/client'
import type { Engine, StoredBlock } from '@meridian/engine'
import { lightBlockOf, refuse } from '@meridian/protocol'
import { found, type LedgerRoute, PATTERN, type RouteInput, refused } from '../ledger-route.ts'

/** A wait is bounded by the door, whatever was asked for. */
const MAX_WAIT_MS = 30_000

/** The route; 404 with engine.height-unknown when the block is not there in time. */
export const readBlock: LedgerRoute = {
  method: 'GET',
  audience: 'member',
  url: '/ledger/v1/blocks/:height',
  params: { height: PATTERN.height },
  query: { waitMs: PATTERN.waitMs },
  async answer({ engine }, input) {
    const height = BigInt(input.params.height ?? '0')
    const block = engine.block(height) ?? (await waitForBlock(engine, height, input))
    if (block === undefined) {
      return refused(refuse('engine', 'engine.height-unknown', { height: height.toString() }))
    }
    return found(blockForm, blockDocument(block))
  },
}

async function waitForBlock(
  engine: Engine,
  height: bigint,
  { query, signal }: RouteInput,
): Promise<StoredBlock | undefined> {
  const waitMs = Math.min(Number(query.waitMs ?? 0), MAX_WAIT_MS)
  if (waitMs === 0 || height < 1n) return undefined
  const patience = AbortSignal.any([signal, AbortSignal.timeout(waitMs)])
  for await (const block of engine.follow(height, patience)) return block
  return undefined
}

/** What travels of a stored block. */
function blockDocument(block: StoredBlock): LedgerBlock {
  const { subRoots, logSize, logRoot } = block.state
  return {
    light: lightBlockOf(block.header, block.commit, block.validators),
    statements: block.statements,
    results: block.results.map((refusal) => refusal ?? null),
    state: { subRoots, logSize, logRoot },
  }
}
