/** What a state proof of the module `membership` says of a key: whose it is and what for (its README has the state keys). */
import { concatBytes } from './bytes.ts'
import { decodeCbor } from './cbor.ts'
import { isRefusal } from './refusal.ts'
import type { Suite } from './suite.ts'

/** The module and sub-root that keys are under. */
export const KEYS_MODULE = 'membership'

/** A key as the ledger has it. */
export interface ProvedKey {
  readonly organisation: string
  readonly purpose: string
  readonly publicKey: Uint8Array
  /** It counts no more: revoked or replaced. */
  readonly hasEnded: boolean
}

/** The state key of a public key: 0x02 ‖ SHA-256 of it. */
export function provedKeyKey(suite: Pick<Suite, 'sha256'>, publicKey: Uint8Array): Uint8Array {
  return provedKeyKeyOf(suite.sha256(publicKey))
}

/** The same by the key id. */
export function provedKeyKeyOf(keyId: Uint8Array): Uint8Array {
  return concatBytes(new Uint8Array([0x02]), keyId)
}

/** Reads a proved value; undefined when it is not one of a key. */
export function readProvedKey(value: Uint8Array): ProvedKey | undefined {
  const fields = decodeCbor(value)
  if (isRefusal(fields) || !Array.isArray(fields)) return undefined
  const [organisation, purpose, publicKey, , ended] = fields as readonly unknown[]
  const isKey =
    typeof organisation === 'string' && typeof purpose === 'string' && publicKey instanceof Uint8Array
  return isKey ? { organisation, purpose, publicKey, hasEnded: ended !== null } : undefined
}
