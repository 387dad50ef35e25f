/** A set of validators with voting power: its order, its total and its hash, as CometBFT computes them. */
import { compareBytes, concatBytes } from '../bytes.ts'
import type { Suite } from '../suite.ts'
import { merkleRoot } from './merkle.ts'
import { bytesField, messageField, varintField } from './protobuf.ts'

/** One validator: an Ed25519 key (32 bytes) and its voting power. */
export interface Validator {
  readonly publicKey: Uint8Array
  readonly power: bigint
}

/** CometBFT's cap on the sum of all powers: an eighth of what an int64 holds. */
export const MAX_TOTAL_POWER = (2n ** 63n - 1n) / 8n

/** The first 20 bytes of the SHA-256 of the key. */
export function validatorAddress(suite: Suite, publicKey: Uint8Array): Uint8Array {
  return suite.sha256(publicKey).slice(0, 20)
}

/** The validators in the order in which they are hashed and in which a commit lists them: power falling, then address. */
export function sortValidators<V extends Validator>(suite: Suite, validators: readonly V[]): readonly V[] {
  const addressed = validators.map((validator) => ({
    validator,
    address: validatorAddress(suite, validator.publicKey),
  }))
  addressed.sort((a, b) => {
    if (a.validator.power !== b.validator.power) return a.validator.power > b.validator.power ? -1 : 1
    return compareBytes(a.address, b.address)
  })
  return addressed.map((entry) => entry.validator)
}

/** The sum of the powers. */
export function totalPower(validators: readonly Validator[]): bigint {
  return validators.reduce((sum, validator) => sum + validator.power, 0n)
}

/**
 * CONSENSUS. Root over `SimpleValidator {pub_key = 1 {ed25519 = 1}, voting_power = 2}` in the given order. Proposer and
 * proposer priority are not part of it.
 */
export function validatorsHash(suite: Suite, validators: readonly Validator[]): Uint8Array {
  return merkleRoot(
    suite,
    validators.map(({ publicKey, power }) =>
      concatBytes(messageField(1, bytesField(1, publicKey)), varintField(2, power)),
    ),
  )
}
