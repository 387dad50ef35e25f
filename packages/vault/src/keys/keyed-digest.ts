/** Keyed digests under a key of their own: HMAC-SHA-256 over parts with their lengths before them, so that no two lists collide. */
import { createHmac, type Hmac, type KeyObject } from 'node:crypto'
import { framed, lengthOf } from './framed.ts'

/** What `keyedDigest` of a keyring gives for the label whose key this is (`digestKey`). 32 bytes. */
export function keyedDigestUnder(key: KeyObject, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const digest = createHmac('sha256', key)
  for (const part of parts) updateFramed(digest, part)
  return digest.digest()
}

/** As `framed` would give the bytes. PERF: a long text goes in as it is, without a copy of its bytes. */
function updateFramed(digest: Hmac, part: string | Uint8Array): void {
  if (typeof part !== 'string' || part.length < 256) digest.update(framed(part))
  else digest.update(lengthOf(Buffer.byteLength(part, 'utf8'))).update(part, 'utf8')
}
