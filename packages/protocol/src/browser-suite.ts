/** The suite in a browser: noble, synchronous, no host API (spec 1 §5). Same verdicts as the native one. */
import { sha256 } from '@noble/hashes/sha2.js'
import { isPrimeOrderKey, verifyCofactorless, verifyZip215 } from './ed25519-noble.ts'
import type { Suite } from './suite.ts'

/** SHA-256 and Ed25519 in pure JavaScript, about 1.6 ms per signature. */
export const browserSuite: Suite = Object.freeze({
  sha256: (data: Uint8Array): Uint8Array => sha256(data),
  verifyStatementSignature: verifyCofactorless,
  verifyCommitSignature: verifyZip215,
  isAcceptableKey: isPrimeOrderKey,
})
