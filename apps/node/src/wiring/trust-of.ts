/** The trust file of a chain of one organisation: its genesis, pinned. */
import {
  chainIdOf,
  type GenesisDocument,
  genesisHash,
  type Suite,
  type Trust,
  textToTime,
} from '@meridian/protocol'

/** Believes the validators of the genesis document. @throws when its time has no form: a bug of whoever made it. */
export function trustOf(suite: Suite, genesis: GenesisDocument): Trust {
  const organisation = genesis.organisations[0]?.id ?? ''
  const hash = genesisHash(suite, genesis)
  const time = textToTime(genesis.genesisTime)
  if (typeof time !== 'bigint') throw new Error('the genesis time has no form')
  return {
    anchors: [
      {
        chainId: chainIdOf(genesis.chainName, hash),
        genesisHash: hash,
        height: 0n,
        headerHash: null,
        time,
        validators: genesis.validators.map((validator) => ({ ...validator, organisation })),
      },
    ],
  }
}
