/**
 * What a start finds: the stored chain and the guard's last vote. Either the newest block is signed, or it was stored and
 * its signing is still to be done. Everything else is a home that must not go on signing.
 */
import { type Commit, equalBytes, type Suite } from '@meridian/protocol'
import type { ChainConstants } from '../chain-constants.ts'
import { EngineFailure } from '../engine-failure.ts'
import type { BlockRecord } from '../store/block-record.ts'
import type { ChainStore } from '../store/chain-store.ts'
import { genesisPredecessor } from './build-block.ts'
import type { ChainPosition } from './extend-chain.ts'
import { commitOf } from './sign-block.ts'
import { isVoteFor, type SignedVote } from './signing-state.ts'

/** The newest block and, when it is signed, its commit. */
export interface FoundHead {
  readonly block: BlockRecord
  readonly commit: Commit | undefined
}

/** The head to go on from; undefined before the first block. Throws engine.signing-state-ahead and -missing. */
export function findHead(
  store: ChainStore,
  vote: SignedVote | undefined,
  validator: { readonly suite: Suite; readonly publicKey: Uint8Array },
): FoundHead | undefined {
  const height = store.head() ?? 0n
  const votedHeight = vote?.height ?? 0n
  if (votedHeight > height) throw aheadFailure(votedHeight, height)
  if (votedHeight < height - 1n) throw missingFailure(votedHeight, height)
  if (height === 0n) return undefined
  const block = store.block(height)
  if (block === undefined) throw new EngineFailure('engine.home-damaged', { height: height.toString() })
  if (vote === undefined || votedHeight === height - 1n) {
    if (vote !== undefined && !equalBytes(vote.blockId.hash, block.header.lastBlockId.hash)) {
      throw aheadFailure(votedHeight, height)
    }
    return { block, commit: undefined }
  }
  if (!isVoteFor(vote, height, block.blockId)) throw aheadFailure(votedHeight, height)
  return { block, commit: commitOf(validator.suite, validator.publicKey, vote) }
}

/** The position to go on from, with the state that lies on disk. */
export function positionOf(
  store: ChainStore,
  constants: ChainConstants,
  found: FoundHead | undefined,
): ChainPosition {
  const state = store.committed()
  const { appHash } = state.roots
  if (found === undefined) {
    const signed = genesisPredecessor(appHash)
    return { signed, time: constants.genesisTime, signedAppHash: appHash, unsigned: undefined, state }
  }
  const { block, commit } = found
  const { height, time } = block.header
  const results = store.outcome(height)?.results ?? []
  if (commit === undefined) {
    return { ...positionBefore(store, constants, block), unsigned: { block, appHash, results }, state }
  }
  const signed = { height, blockId: block.blockId, commit, appHash, results }
  return { signed, time, signedAppHash: block.header.appHash, unsigned: undefined, state }
}

/** Where the chain stood before a block that is stored and not yet signed. */
function positionBefore(
  store: ChainStore,
  constants: ChainConstants,
  block: BlockRecord,
): Pick<ChainPosition, 'signed' | 'time' | 'signedAppHash'> {
  const { header, lastCommit } = block
  const height = header.height - 1n
  const before = store.block(height)?.header
  return {
    signed: {
      height,
      blockId: header.lastBlockId,
      commit: lastCommit,
      appHash: header.appHash,
      results: store.outcome(height)?.results ?? [],
    },
    time: before?.time ?? constants.genesisTime,
    signedAppHash: before?.appHash ?? header.appHash,
  }
}

function aheadFailure(voted: bigint, stored: bigint): EngineFailure {
  return new EngineFailure('engine.signing-state-ahead', {
    signedHeight: voted.toString(),
    storedHeight: stored.toString(),
  })
}

function missingFailure(voted: bigint, stored: bigint): EngineFailure {
  return new EngineFailure('engine.signing-state-missing', {
    signedHeight: voted.toString(),
    storedHeight: stored.toString(),
  })
}
