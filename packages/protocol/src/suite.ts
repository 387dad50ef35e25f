/**
 * The cryptography that is handed in: synchronous, the same verdicts natively and in a browser (design: Signatures
 * are consensus; spec 1 §5). Signature rules are ours and checked before the host's verifier is asked.
 */
import type { HashLanes } from './sha256-lanes.ts'

/** Hash and signature checks. No method throws for bad input of any length. */
export interface Suite {
  /** SHA-256, 32 bytes, freshly allocated. */
  sha256(data: Uint8Array): Uint8Array
  /**
   * Ed25519 for statements and receipts: cofactorless, S < L, R and key canonical and not of small order.
   * CONSENSUS: a changed verdict splits the chain.
   */
  verifyStatementSignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** Ed25519 by ZIP-215, as CometBFT counts commit signatures. CONSENSUS. */
  verifyCommitSignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** A key that may be registered: canonical, not of small order, free of torsion. CONSENSUS. */
  isAcceptableKey(publicKey: Uint8Array): boolean
  /** Four SHA-256 at once, where the host is worth it; it changes no result. */
  readonly lanes?: HashLanes | undefined
}

/** Holds one private key. `keyId` is SHA-256 of the public key, 32 bytes; `sign` answers a 64-byte signature. */
export interface Signer {
  readonly keyId: Uint8Array
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}
