/**
 * A suite that remembers which statement signatures verified, so that each is computed once: when it is first seen. A
 * hint that never changes a verdict: only what verified is remembered, under everything that the verdict depends on.
 */
import { equalBytes, type Suite } from '@meridian/protocol'
import { byteName } from '../byte-name.ts'

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
    verified.set(byteName(signature), { publicKey, message })
  }
  return {
    ...suite,
    remember,
    verifyStatementSignature(publicKey, message, signature) {
      const known = verified.get(byteName(signature))
      if (known !== undefined && isSame(known, publicKey, message)) return true
      if (!suite.verifyStatementSignature(publicKey, message, signature)) return false
      remember({ publicKey, message, signature })
      return true
    },
  }
}

/** PERF: the same statement comes with the same array, which nobody changes. */
function isSame(known: Verified, publicKey: Uint8Array, message: Uint8Array): boolean {
  return (
    equalBytes(known.publicKey, publicKey) &&
    (known.message === message || Buffer.compare(known.message, message) === 0)
  )
}

function dropOldest(verified: Map<string, Verified>): void {
  for (const name of verified.keys()) {
    verified.delete(name)
    return
  }
}
