/**
 * A suite that remembers which statement signatures verified, so that each is computed once: when it is first seen. A
 * hint that never changes a verdict: only what verified is remembered, under everything that the verdict depends on.
 */
import { equalBytes, type Suite } from '@meridian/protocol'

interface Verified {
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
}

/** About as many as an engine lets wait; one entry holds its statement's bytes, some 500 of them. */
const DEFAULT_CAPACITY = 32_768

/** The suite with a memory of the last `capacity` signatures that verified. */
export function rememberSignatures(suite: Suite, capacity: number = DEFAULT_CAPACITY): Suite {
  const verified = new Map<string, Verified>()
  return {
    ...suite,
    verifyStatementSignature(publicKey, message, signature) {
      const name = Buffer.from(signature.buffer, signature.byteOffset, signature.length).toString('latin1')
      const known = verified.get(name)
      if (
        known !== undefined &&
        equalBytes(known.publicKey, publicKey) &&
        equalBytes(known.message, message)
      ) {
        return true
      }
      if (!suite.verifyStatementSignature(publicKey, message, signature)) return false
      if (verified.size >= capacity) dropOldest(verified)
      verified.set(name, { publicKey, message })
      return true
    },
  }
}

function dropOldest(verified: Map<string, Verified>): void {
  for (const name of verified.keys()) {
    verified.delete(name)
    return
  }
}
