/** Proof of possession: a key signs its own registration, so nobody registers a key that is not theirs (spec 1 §6.1). */
import { encodeCbor } from '../cbor.ts'
import type { Signer, Suite } from '../suite.ts'

/** What a key may sign: statements, the roots in COSE receipts, or blocks. */
export type KeyPurpose = 'statement' | 'receipt' | 'validator'

/** The purposes of spec 1 §6.1. */
export const KEY_PURPOSES: readonly [KeyPurpose, ...KeyPurpose[]] = ['statement', 'receipt', 'validator']

/** A key about to be registered. */
export interface KeyClaim {
  /** 32 bytes. */
  readonly genesisHash: Uint8Array
  readonly organisation: string
  readonly purpose: KeyPurpose
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

const PROOF_TAG = 'meridian/key-proof/v1'

/** The bytes that the new key signs: dCBOR [tag, genesis hash, organisation, purpose, public key]. CONSENSUS. */
export function keyProofMessage(claim: KeyClaim): Uint8Array {
  return encodeCbor([PROOF_TAG, claim.genesisHash, claim.organisation, claim.purpose, claim.publicKey])
}

/** The proof, made by the new key itself. */
export function proveKey(claim: Omit<KeyClaim, 'publicKey'>, signer: Signer): Uint8Array {
  return signer.sign(keyProofMessage({ ...claim, publicKey: signer.publicKey }))
}

/** True when the key signed this claim. Whether the key is acceptable is asked apart (`isAcceptableKey`). */
export function verifyKeyProof(suite: Suite, claim: KeyClaim, proof: Uint8Array): boolean {
  return suite.verifyStatementSignature(claim.publicKey, keyProofMessage(claim), proof)
}
