/** A signer whose key can be replaced while others hold it: what they sign next is signed by the new one. */
import type { Signer } from '@meridian/protocol'

/** The signer as it is handed out, and the way to replace what stands behind it. */
export interface CurrentSigner {
  readonly signer: Signer
  replace(next: Signer): void
}

/** Starts with `first`. A signature and the key id beside it are read in one turn, so they always belong together. */
export function createCurrentSigner(first: Signer): CurrentSigner {
  let current = first
  return {
    signer: {
      get keyId() {
        return current.keyId
      },
      get publicKey() {
        return current.publicKey
      },
      sign: (message) => current.sign(message),
    },
    replace(next) {
      current = next
    },
  }
}
