/**
 * The block that a predecessor, the state after it and a stored block's own transactions make, whichever engine made it. What the rules
 * leave to the proposer is taken from the stored block when it may be: who proposed, and evidence of misbehaviour.
 */
import {
  BLOCK_PROTOCOL,
  blockIdOf,
  COMMIT_FLAG,
  type Commit,
  commitHash,
  consensusHash,
  dataHash,
  emptyListHash,
  equalBytes,
  type Header,
  headerHash,
  type Suite,
  type Validator,
  validatorAddress,
  validatorsHash,
} from '@meridian/protocol'
import type { ChainConstants } from '../chain-constants.ts'
import type { ConsensusFacts } from '../consensus-facts.ts'
import { hashOfResults, type Predecessor } from '../embedded/build-block.ts'
import type { BlockRecord } from '../store/block-record.ts'

/** What the next block stands on. */
export interface Expectation {
  readonly constants: ChainConstants
  readonly predecessor: Predecessor
  readonly facts: ConsensusFacts
  /** Of the height before, of this one and of the one after. */
  readonly validators: readonly [readonly Validator[], readonly Validator[], readonly Validator[]]
  /** Whether the block proved a validator's misbehaviour: its evidence is bound by the commit and by the app hash alone. */
  readonly hasEvidence: boolean
}

/** The block as it has to be. */
export function expectedBlock(suite: Suite, expected: Expectation, stored: BlockRecord): BlockRecord {
  const { predecessor, facts, constants, validators, hasEvidence } = expected
  const [before, ordering, next] = validators
  const header: Header = {
    version: { block: BLOCK_PROTOCOL, app: BigInt(facts.applicationVersion) },
    chainId: constants.chainId,
    height: predecessor.height + 1n,
    time: medianTime(suite, predecessor.commit, before) ?? constants.genesisTime,
    lastBlockId: predecessor.blockId,
    lastCommitHash: commitHash(suite, predecessor.commit),
    dataHash: dataHash(suite, stored.transactions),
    validatorsHash: validatorsHash(suite, ordering),
    nextValidatorsHash: validatorsHash(suite, next),
    consensusHash: consensusHash(suite, BigInt(facts.maxBlockBytes), -1n),
    appHash: predecessor.appHash,
    lastResultsHash: hashOfResults(suite, predecessor.results),
    evidenceHash: hasEvidence ? stored.header.evidenceHash : emptyListHash(suite),
    proposerAddress: proposerOf(suite, ordering, stored.header.proposerAddress),
  }
  const block = { header, transactions: stored.transactions, lastCommit: predecessor.commit }
  const blockId = hasEvidence
    ? { hash: headerHash(suite, header), parts: stored.blockId.parts }
    : blockIdOf(suite, block)
  return { ...block, blockId }
}

/** Any validator may have proposed, nobody else. */
function proposerOf(suite: Suite, ordering: readonly Validator[], claimed: Uint8Array): Uint8Array {
  const addresses = ordering.map(({ publicKey }) => validatorAddress(suite, publicKey))
  return addresses.find((address) => equalBytes(address, claimed)) ?? new Uint8Array(0)
}

/** CometBFT's BFT time: the median of the times of the votes for the block, weighted by power; undefined where there is none before. */
export function medianTime(
  suite: Suite,
  commit: Commit,
  validators: readonly Validator[],
): bigint | undefined {
  const powers = new Map(
    validators.map(({ publicKey, power }) => [nameOf(validatorAddress(suite, publicKey)), power]),
  )
  const votes = commit.signatures
    .filter(({ flag }) => flag === COMMIT_FLAG.commit)
    .map(({ time, address }) => ({ time, power: powers.get(nameOf(address)) ?? 0n }))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
  let median = votes.reduce((sum, { power }) => sum + power, 0n) / 2n
  for (const { time, power } of votes) {
    if (median <= power) return time
    median -= power
  }
  return undefined
}

function nameOf(address: Uint8Array): string {
  return Buffer.from(address).toString('latin1')
}
