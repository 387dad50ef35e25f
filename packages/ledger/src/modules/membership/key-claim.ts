/** What a new key must satisfy, whether it is registered beside others or takes the place of one. */
import { type KeyPurpose, type Refusal, refuse, verifyKeyProof } from '@meridian/protocol'
import type { Context } from '../../context.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import { MEMBERSHIP, readRegisteredKey, writeRegisteredKey } from './state.ts'

/** A key that an organisation wants on the ledger. */
export interface NewKey {
  readonly organisation: string
  readonly purpose: KeyPurpose
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes, made by the new key over `keyProofMessage`. */
  readonly proof: Uint8Array
}

/** Acceptable (canonical, free of torsion), never registered before, and its holder agreed. Effects: none. */
export function checkNewKey(view: StateView, key: NewKey, context: Context): Refusal | undefined {
  const { suite, genesisHash } = context
  if (!suite.isAcceptableKey(key.publicKey)) return refuse(MEMBERSHIP, 'membership.key-unacceptable')
  if (readRegisteredKey(view, suite.sha256(key.publicKey)) !== undefined) {
    return refuse(MEMBERSHIP, 'membership.key-exists')
  }
  return verifyKeyProof(suite, { ...key, genesisHash }, key.proof)
    ? undefined
    : refuse(MEMBERSHIP, 'membership.bad-proof')
}

/** Writes a key that counts from this height on. */
export function addKey(
  view: WritableView,
  key: Omit<NewKey, 'proof'>,
  context: Pick<Context, 'suite' | 'height'>,
): void {
  writeRegisteredKey(view, context.suite.sha256(key.publicKey), {
    organisation: key.organisation,
    purpose: key.purpose,
    publicKey: key.publicKey,
    registeredHeight: context.height,
    revokedHeight: undefined,
    reason: '',
  })
}
