/** GET /ledger/v1/proofs/:module/:key: presence or absence of a key in state, up to the signatures of the validators. */
import { type LedgerProof, proofForm } from '@meridian/client'
import type { Engine, ModuleProof } from '@meridian/engine'
import { fromHex, isRefusal, lightBlockOf } from '@meridian/protocol'
import { found, type LedgerRoute, PATTERN, refused } from '../ledger-route.ts'

/** The route; 404 for a module or height that is unknown, 410 for one that left the proof window. */
export const readProof: LedgerRoute = {
  method: 'GET',
  audience: 'anyone',
  url: '/ledger/v1/proofs/:module/:key',
  params: { module: PATTERN.module, key: PATTERN.key },
  query: { height: PATTERN.height },
  async answer({ engine }, { params, query }) {
    const key = fromHex(params.key ?? '') ?? new Uint8Array()
    const height = query.height === undefined ? undefined : BigInt(query.height)
    const answer = engine.prove(params.module ?? '', key, height)
    return isRefusal(answer) ? refused(answer) : found(proofForm, proofDocument(engine, answer))
  },
}

function proofDocument(engine: Engine, proved: ModuleProof): LedgerProof {
  const block = engine.block(proved.height + 1n)
  if (block === undefined) throw new Error('a state was proved whose hash no block carries')
  const { subRoots, logSize, logRoot } = proved.state
  return {
    module: proved.module,
    key: proved.key,
    nodes: proved.proof.nodes,
    value: proved.proof.value ?? null,
    state: { subRoots, logSize, logRoot },
    block: lightBlockOf(block.header, block.commit, block.validators),
  }
}
