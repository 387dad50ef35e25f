/** What a block proves against a validator, as the engine hands it in. */

/** A validator signed two different blocks at one height. */
export interface Misbehaviour {
  readonly kind: 'duplicate-vote' | 'light-client-attack'
  /** CometBFT's address of the validator's key: the first 20 bytes of the key id. */
  readonly validatorAddress: Uint8Array
  /** Where it happened; the block that carries the evidence is a later one. */
  readonly height: bigint
  /** Block time at `height`, in whole seconds since 1970. */
  readonly timeSeconds: bigint
}
