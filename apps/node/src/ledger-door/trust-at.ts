/** The trust file of a running chain: pinned at its genesis, or at a block inside the proof window with the members behind its validators. */
import type { Engine } from '@meridian/engine'
import {
  checkpointAnchor,
  type GenesisDocument,
  genesisAnchor,
  isRefusal,
  KEYS_MODULE,
  lightBlockOf,
  provedKeyKey,
  type Refusal,
  readProvedKey,
  refuse,
  type Suite,
  type Trust,
  type TrustAnchor,
} from '@meridian/protocol'

/** What it is made from. */
export interface TrustGround {
  readonly engine: Pick<Engine, 'genesis' | 'genesisHash' | 'block' | 'prove'>
  readonly suite: Suite
  /** The chains before this one, newest first. */
  readonly earlier: readonly GenesisDocument[]
}

/** Height 0 is the genesis. Refusals: engine.height-unknown, engine.outside-proof-window, trust.unknown-validator. */
export function trustAt(ground: TrustGround, height: bigint): Trust | Refusal {
  const { engine, suite, earlier } = ground
  const before = earlier.map((genesis) => genesisAnchor(suite, genesis))
  const newest = height === 0n ? genesisAnchor(suite, engine.genesis) : anchorAt(ground, height)
  return isRefusal(newest) ? newest : { anchors: [newest, ...before] }
}

function anchorAt({ engine, suite }: TrustGround, height: bigint): TrustAnchor | Refusal {
  const stored = engine.block(height)
  if (stored === undefined) return refuse('engine', 'engine.height-unknown', { height: height.toString() })
  const block = lightBlockOf(stored.header, stored.commit, stored.validators)
  const organisations = new Map<string, string>()
  for (const { publicKey } of block.validators) {
    const proof = engine.prove(KEYS_MODULE, provedKeyKey(suite, publicKey), height - 1n)
    if (isRefusal(proof)) return proof
    const key = proof.proof.value === undefined ? undefined : readProvedKey(proof.proof.value)
    if (key === undefined) return refuse('engine', 'trust.unknown-validator', { height: height.toString() })
    organisations.set(String(publicKey), key.organisation)
  }
  const chain = { genesisHash: engine.genesisHash, block }
  return checkpointAnchor(suite, chain, (key) => organisations.get(String(key)) as string)
}
