/** Makes trust anchors: out of a genesis document, or out of a block that the member itself has verified (spec 5 §5). */
import { headerHash } from './comet/header.ts'
import type { LightBlock } from './comet/light-block.ts'
import { textToTime } from './comet/time.ts'
import { sortValidators } from './comet/validator-set.ts'
import { chainIdOf, type GenesisDocument, genesisHash } from './genesis.ts'
import type { Suite } from './suite.ts'
import type { TrustAnchor, TrustedValidator } from './trust.ts'

/** Names the organisation that answers for a validator key. */
export type OrganisationOf = (publicKey: Uint8Array) => string

/**
 * Pins the genesis: the validators of height 1, each with the organisation that the document names for it. Throws a
 * `RangeError` for a genesis time that is none.
 */
export function genesisAnchor(suite: Suite, genesis: GenesisDocument): TrustAnchor {
  const hash = genesisHash(suite, genesis)
  const time = textToTime(genesis.genesisTime)
  if (time === undefined) throw new RangeError('genesis time is not a time')
  return {
    chainId: chainIdOf(genesis.chainName, hash),
    genesisHash: hash,
    height: 0n,
    headerHash: null,
    time,
    validators: sortValidators<TrustedValidator>(suite, genesis.validators),
  }
}

/** Pins a block: its header and the validators who decided it. */
export function checkpointAnchor(
  suite: Suite,
  chain: { readonly genesisHash: Uint8Array; readonly block: LightBlock },
  organisationOf: OrganisationOf,
): TrustAnchor {
  const { header, validators } = chain.block
  return {
    chainId: header.chainId,
    genesisHash: chain.genesisHash,
    height: header.height,
    headerHash: headerHash(suite, header),
    time: header.time,
    validators: sortValidators(suite, validators).map(({ publicKey, power }) => ({
      organisation: organisationOf(publicKey),
      publicKey,
      power,
    })),
  }
}
