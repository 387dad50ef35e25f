/**
 * A suite that remembers which statement signatures verified, so that each is computed once: when it is first seen. A
 * hint that never changes a verdict: only what verified is remembered, under everything that the verdict depends on.
 */
import { equalBytes, type Suite } from '@meridian/protocol'

interface Verified {
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
}

/** A signature and everything that its verdict depends on. */
export interface SignatureClaim extends Verified {
  readonly signature: Uint8Array
}

/** A suite with a memory. */
export interface RememberingSuite extends Suite {
  /** Notes that a signature verified. The caller has computed it by the rules of `verifyStatementSignature`. */
  remember(claim: SignatureClaim): void
}

/** About as many as an engine lets wait; one entry holds its statement's bytes, some 500 of them. */
const DEFAULT_CAPACITY = 32_768

/** The suite with a memory of the last `capacity` signatures that verified. */
export function rememberSignatures(suite: Suite, capacity: number = DEFAULT_CAPACITY): RememberingSuite {
  const verified = new Map<string, Verified>()
  const remember = ({ publicKey, message, signature }: SignatureClaim): void => {
    if (verified.size >= capacity) dropOldest(verified)
    verified.set(nameOf(signature), { publicKey, message })
  }
  return {
    ...suite,
    remember,
    verifyStatementSignature(publicKey, message, signature) {
      const known = verified.get(nameOf(signature))
      if (
        known !== undefined &&
        equalBytes(known.publicKey, publicKey) &&
        equalBytes(known.message, message)
      ) {
        return true
      }
      if (!suite.verifyStatementSignature(publicKey, message, signature)) return false
      remember({ publicKey, message, signature })
      return true
    },
  }
}

function nameOf(signature: Uint8Array): string {
  return Buffer.from(signature.buffer, signature.byteOffset, signature.length).toString('latin1')
}

function dropOldest(verified: Map<string, Verified>): void {
  for (const name of verified.keys()) {
    verified.delete(name)
    return
  }
}
