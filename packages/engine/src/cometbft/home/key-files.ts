/** The key files of CometBFT, made from our keys: the node's key among peers and the validator's consensus key. */
import { type Suite, toHex, validatorAddress } from '@meridian/protocol'
import { createSigner } from '@meridian/protocol/node'

/** The id of a node among its peers: CometBFT's address of its public key, 40 hex digits. */
export function nodeIdOf(suite: Suite, nodeSeed: Uint8Array): string {
  return toHex(validatorAddress(suite, createSigner(nodeSeed).publicKey))
}

/** The text of node_key.json. */
export function nodeKeyJson(nodeSeed: Uint8Array): string {
  return JSON.stringify({ priv_key: privateKey(nodeSeed) })
}

/** The text of priv_validator_key.json. */
export function validatorKeyJson(suite: Suite, seed: Uint8Array): string {
  const { publicKey } = createSigner(seed)
  return JSON.stringify({
    address: toHex(validatorAddress(suite, publicKey)).toUpperCase(),
    pub_key: { type: 'tendermint/PubKeyEd25519', value: base64(publicKey) },
    priv_key: privateKey(seed),
  })
}

/** The text of priv_validator_state.json of a key that never signed. */
export const NEVER_SIGNED: string = JSON.stringify({ height: '0', round: 0, step: 0 })

/** Go's form of an Ed25519 private key: seed, then public key. */
function privateKey(seed: Uint8Array): { readonly type: string; readonly value: string } {
  const { publicKey } = createSigner(seed)
  return { type: 'tendermint/PrivKeyEd25519', value: base64(Buffer.concat([seed, publicKey])) }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
