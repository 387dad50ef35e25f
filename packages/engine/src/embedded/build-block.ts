/** The next block of an embedded chain, in CometBFT's form, from the one before: pure, so that a verifier rebuilds it. */
import {
  BLOCK_PROTOCOL,
  type BlockId,
  blockIdOf,
  type Commit,
  commitHash,
  consensusHash,
  dataHash,
  emptyListHash,
  type Header,
  type Refusal,
  refusalNumber,
  resultsHash,
  type Suite,
  ZERO_BLOCK_ID,
} from '@meridian/protocol'
import type { ChainConstants } from '../chain-constants.ts'
import type { ConsensusFacts } from '../consensus-facts.ts'
import type { BlockRecord } from '../store/block-record.ts'

/** What the next block is built on. */
export interface Predecessor {
  /** 0 for the genesis document. */
  readonly height: bigint
  readonly blockId: BlockId
  /** The precommits for it; those of height 0 are an empty list. */
  readonly commit: Commit
  /** Hash of the state after it. */
  readonly appHash: Uint8Array
  readonly results: readonly (Refusal | undefined)[]
}

/** What stands before block 1. */
export function genesisPredecessor(appHash: Uint8Array): Predecessor {
  const commit = { height: 0n, round: 0, blockId: ZERO_BLOCK_ID, signatures: [] }
  return { height: 0n, blockId: ZERO_BLOCK_ID, commit, appHash, results: [] }
}

/** The block after `predecessor` that holds `transactions`. `facts` are those of the state after `predecessor`. */
export function buildBlock(
  suite: Suite,
  chain: ChainConstants & { readonly facts: ConsensusFacts },
  predecessor: Predecessor,
  transactions: readonly Uint8Array[],
): BlockRecord {
  const { commit } = predecessor
  const { facts } = chain
  const header: Header = {
    version: { block: BLOCK_PROTOCOL, app: BigInt(facts.applicationVersion) },
    chainId: chain.chainId,
    height: predecessor.height + 1n,
    time: blockTime(chain, predecessor),
    lastBlockId: predecessor.blockId,
    lastCommitHash: commitHash(suite, commit),
    dataHash: dataHash(suite, transactions),
    validatorsHash: chain.validatorsHash,
    nextValidatorsHash: chain.validatorsHash,
    consensusHash: consensusHash(suite, BigInt(facts.maxBlockBytes), -1n),
    appHash: predecessor.appHash,
    lastResultsHash: hashOfResults(suite, predecessor.results),
    evidenceHash: emptyListHash(suite),
    proposerAddress: chain.proposerAddress,
  }
  const block = { header, transactions, lastCommit: commit }
  return { ...block, blockId: blockIdOf(suite, block) }
}

/** BFT time: the median of the precommits before, which with one validator is its own; block 1 has the genesis time. */
function blockTime(chain: ChainConstants, predecessor: Predecessor): bigint {
  return predecessor.commit.signatures[0]?.time ?? chain.genesisTime
}

/** CONSENSUS: a result is its refusal's number, 0 when it was accepted. */
export function hashOfResults(suite: Suite, results: readonly (Refusal | undefined)[]): Uint8Array {
  return resultsHash(
    suite,
    results.map((refusal) => ({
      code: refusal === undefined ? 0 : refusalNumber(refusal.code),
      data: new Uint8Array(0),
      gasWanted: 0n,
      gasUsed: 0n,
    })),
  )
}
