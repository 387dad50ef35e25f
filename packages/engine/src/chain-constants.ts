/** What follows from the genesis document alone and stays the same from block to block, or until state changes it. */
import {
  chainIdOf,
  type GenesisDocument,
  genesisHash,
  type Suite,
  sortValidators,
  textToTime,
  type Validator,
  validatorAddress,
  validatorsHash,
} from '@meridian/protocol'

/** The constants. */
export interface ChainConstants {
  readonly chainId: string
  readonly genesisHash: Uint8Array
  /** Nanoseconds since 1970: the time of block 1. */
  readonly genesisTime: bigint
  readonly validators: readonly Validator[]
  readonly validatorsHash: Uint8Array
  readonly proposerAddress: Uint8Array
  /** Bytes of a whole block, until state says otherwise. */
  readonly maxBlockBytes: number
}

/** CONSENSUS: the largest block unless the genesis document says otherwise (design: Engines). */
const DEFAULT_MAX_BLOCK_BYTES = 512 * 1024

/** Room for the header, a commit of one validator and the framing of a block. */
const BLOCK_OVERHEAD_BYTES = 2_048

/** Bytes of statements that a block of one validator may hold. */
export function statementBytes(maxBlockBytes: number): number {
  return maxBlockBytes - BLOCK_OVERHEAD_BYTES
}

/** The constants of a chain whose parameters may set `maxBlockBytes`. */
export function chainConstantsOf(suite: Suite, genesis: GenesisDocument): ChainConstants {
  const hash = genesisHash(suite, genesis)
  const validators = sortValidators(suite, genesis.validators)
  const first = validators[0]
  const genesisTime = textToTime(genesis.genesisTime)
  if (first === undefined || genesisTime === undefined) throw new RangeError('not a genesis document')
  const maxBlockBytes = genesis.parameters.maxBlockBytes ?? DEFAULT_MAX_BLOCK_BYTES
  return {
    chainId: chainIdOf(genesis.chainName, hash),
    genesisHash: hash,
    genesisTime,
    validators,
    validatorsHash: validatorsHash(suite, validators),
    proposerAddress: validatorAddress(suite, first.publicKey),
    maxBlockBytes,
  }
}
