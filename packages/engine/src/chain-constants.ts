/** What follows from the genesis document alone and stays the same from block to block, or until state changes it. */
import {
  chainIdOf,
  consensusHash,
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
  readonly consensusHash: Uint8Array
  readonly proposerAddress: Uint8Array
  /** Bytes of a whole block. */
  readonly maxBlockBytes: number
  /** Bytes of statements that one block may hold. */
  readonly maxStatementBytes: number
}

/** CONSENSUS: the largest block unless the genesis document says otherwise (design: Engines). */
const DEFAULT_MAX_BLOCK_BYTES = 512 * 1024

/** Room for the header, the last commit and the framing of a block. */
const BLOCK_OVERHEAD_BYTES = 2_048

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
    consensusHash: consensusHash(suite, BigInt(maxBlockBytes), -1n),
    proposerAddress: validatorAddress(suite, first.publicKey),
    maxBlockBytes,
    maxStatementBytes: maxBlockBytes - BLOCK_OVERHEAD_BYTES,
  }
}
