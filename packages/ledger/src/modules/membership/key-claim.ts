/** What a new key must satisfy, whether it is registered beside others, takes the place of one or comes with an application. */
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
  const refusal = checkUnused(view, key.publicKey, context)
  if (refusal !== undefined) return refusal
  return verifyKeyProof(context.suite, { ...key, genesisHash: context.genesisHash }, key.proof)
    ? undefined
    : refuse(MEMBERSHIP, 'membership.bad-proof')
}

/** Acceptable, and never registered before. Effects: none. */
export function checkUnused(
  view: StateView,
  publicKey: Uint8Array,
  { suite }: Pick<Context, 'suite'>,
): Refusal | undefined {
  if (!suite.isAcceptableKey(publicKey)) return refuse(MEMBERSHIP, 'membership.key-unacceptable')
  return readRegisteredKey(view, suite.sha256(publicKey)) === undefined
    ? undefined
    : refuse(MEMBERSHIP, 'membership.key-exists')
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
