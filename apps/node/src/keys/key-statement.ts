/** The statements about keys, signed in the organisation's name: rotate, register, revoke (spec 1 §6). */
import { type SigningIdentity, signForLedger } from '@meridian/client'
import { type KeyPurpose, proveKey, type Signer, type StatementBodies } from '@meridian/protocol'

/** Who signs, and the block time from which the statement lives for an hour. */
export interface KeySigning {
  readonly identity: SigningIdentity
  readonly blockTimeSeconds: bigint
}

/**
 * The statement that makes `next` count: in the place of `oldKeyId`, or beside what is there when that one has ended and can no
 * longer be replaced (`undefined`).
 */
export function newKeyStatement(
  { identity, blockTimeSeconds }: KeySigning,
  purpose: KeyPurpose,
  next: Signer,
  oldKeyId: Uint8Array | undefined,
): Uint8Array {
  const { genesisHash, organisation } = identity
  const proof = proveKey({ genesisHash, organisation, purpose }, next)
  const { publicKey } = next
  if (oldKeyId === undefined) {
    const body = { organisation, purpose, publicKey, proof }
    return signForLedger(identity, { kind: 'register-key', body, blockTimeSeconds }).bytes
  }
  const body = { oldKeyId, purpose, publicKey, proof }
  return signForLedger(identity, { kind: 'rotate-key', body, blockTimeSeconds }).bytes
}

/** Ends a key of the organisation. */
export function revokeStatement(
  { identity, blockTimeSeconds }: KeySigning,
  body: StatementBodies['revoke-key'],
): Uint8Array {
  return signForLedger(identity, { kind: 'revoke-key', body, blockTimeSeconds }).bytes
}
