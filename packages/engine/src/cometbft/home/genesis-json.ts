/** CometBFT's genesis file, made from ours. Its application state is the hash of our document, which InitChain compares. */
import { type GenesisDocument, type Suite, toHex, validatorAddress } from '@meridian/protocol'
import type { ChainConstants } from '../../chain-constants.ts'
import { evidenceBytes } from './evidence-bytes.ts'

/** What `app_state` holds, exactly. */
export function appStateText(genesisHash: Uint8Array): string {
  return JSON.stringify({ genesisHash: toHex(genesisHash) })
}

const TWO_DAYS_NS = '172800000000000'

/** The text of genesis.json. CONSENSUS: every node of a chain has the same one. */
export function genesisJson(suite: Suite, genesis: GenesisDocument, constants: ChainConstants): string {
  const { maxBlockBytes } = constants
  return JSON.stringify({
    genesis_time: genesis.genesisTime,
    chain_id: constants.chainId,
    initial_height: '1',
    consensus_params: {
      block: { max_bytes: String(maxBlockBytes), max_gas: '-1' },
      evidence: {
        max_age_num_blocks: '100000',
        max_age_duration: TWO_DAYS_NS,
        max_bytes: String(evidenceBytes(maxBlockBytes)),
      },
      validator: { pub_key_types: ['ed25519'] },
      version: { app: '0' },
      abci: { vote_extensions_enable_height: '0' },
    },
    validators: constants.validators.map(({ publicKey, power }) => ({
      address: toHex(validatorAddress(suite, publicKey)).toUpperCase(),
      pub_key: { type: 'tendermint/PubKeyEd25519', value: Buffer.from(publicKey).toString('base64') },
      power: String(power),
      name: '',
    })),
    app_hash: '',
    app_state: { genesisHash: toHex(constants.genesisHash) },
  })
}
