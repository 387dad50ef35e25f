/** Follows a member's chain as a light client and pins its newest block; the member is asked and never believed (spec 5 §9). */
import {
  checkpointAnchor,
  equalBytes,
  followTo,
  headerHash,
  isRefusal,
  KEYS_MODULE,
  type LightBlock,
  type LightClientClock,
  provedKeyKey,
  type Refusal,
  readProvedKey,
  refuse,
  type Suite,
  type TrustAnchor,
} from '@meridian/protocol'
import { checkLedgerProof } from './documents/proof-document.ts'
import type { LedgerClient } from './ledger-client.ts'

/** The ledger of the member that is asked. */
export type FollowedLedger = Pick<LedgerClient, 'lightBlock' | 'prove'>

/**
 * The anchor at the newest block of the chain, or at `height`, with the organisation behind each validator as the state under that
 * block has it. Refusals: those of a light client, `trust.unknown-validator`, and those of a state proof.
 */
export async function updateTrust(
  suite: Suite,
  ledger: FollowedLedger,
  given: { readonly anchor: TrustAnchor; readonly clock: LightClientClock; readonly height?: bigint },
): Promise<TrustAnchor | Refusal> {
  const { anchor, clock } = given
  const target = await ledger.lightBlock(given.height)
  if (target === undefined) return refuse('client', 'trust.unavailable')
  const fetch = (height: bigint): Promise<LightBlock | undefined> => ledger.lightBlock(height)
  const path = await followTo(suite, anchor, target, { fetch, clock })
  if (isRefusal(path)) return path
  const organisations = await organisationsOf(suite, ledger, target)
  if (isRefusal(organisations)) return organisations
  const chain = { genesisHash: anchor.genesisHash, block: target }
  return checkpointAnchor(suite, chain, (key) => organisations.get(String(key)) ?? '')
}

async function organisationsOf(
  suite: Suite,
  ledger: FollowedLedger,
  block: LightBlock,
): Promise<ReadonlyMap<string, string> | Refusal> {
  const named = new Map<string, string>()
  for (const { publicKey } of block.validators) {
    const organisation = await organisationOf(suite, ledger, { block, publicKey })
    if (isRefusal(organisation)) return organisation
    named.set(String(publicKey), organisation)
  }
  return named
}

/** Proved in the state that the block's own header carries, so it is as good as the block. */
async function organisationOf(
  suite: Suite,
  ledger: FollowedLedger,
  { block, publicKey }: { readonly block: LightBlock; readonly publicKey: Uint8Array },
): Promise<string | Refusal> {
  const { height } = block.header
  const unknown = refuse('client', 'trust.unknown-validator', { height: height.toString() })
  const stateKey = provedKeyKey(suite, publicKey)
  const proof = await ledger.prove(KEYS_MODULE, stateKey, height - 1n)
  if (isRefusal(proof)) return proof
  const isAsked = proof.module === KEYS_MODULE && equalBytes(proof.key, stateKey)
  if (!isAsked || !equalBytes(headerHash(suite, proof.block.header), headerHash(suite, block.header)))
    return unknown
  const proved = checkLedgerProof(suite, proof)
  if (isRefusal(proved)) return proved
  const key = proved.present ? readProvedKey(proved.value) : undefined
  return key?.purpose === 'validator' && equalBytes(key.publicKey, publicKey) ? key.organisation : unknown
}
