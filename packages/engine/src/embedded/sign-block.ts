/** The one validator's precommit: its vote is on disk before its signature is anywhere else. */
import {
  COMMIT_FLAG,
  type Commit,
  commitSignBytes,
  type Signer,
  type Suite,
  validatorAddress,
} from '@meridian/protocol'
import type { BlockRecord } from '../store/block-record.ts'
import type { SignedVote, SigningState } from './signing-state.ts'

/** Who signs, and the guard against signing twice. */
export interface Validating {
  readonly suite: Suite
  readonly chainId: string
  readonly signer: Signer
  readonly guard: SigningState
}

const NANOS_PER_MS = 1_000_000n

/** Votes for a block that is stored. Effects: the guard's file, flushed. Throws when its height was signed before. */
export async function signBlock(
  validating: Validating,
  block: Pick<BlockRecord, 'header' | 'blockId'>,
  nowMs: number,
): Promise<Commit> {
  const { suite, chainId, signer, guard } = validating
  const { height } = block.header
  const vote = {
    height,
    blockId: block.blockId,
    time: voteTime(block.header.time, nowMs),
    signature: new Uint8Array(0),
  }
  const unsigned = commitOf(suite, signer.publicKey, vote)
  const signature = signer.sign(commitSignBytes(chainId, unsigned, 0))
  await guard.save({ ...vote, signature })
  return commitOf(suite, signer.publicKey, { ...vote, signature })
}

/** The commit that a vote of the only validator makes. */
export function commitOf(suite: Suite, publicKey: Uint8Array, vote: SignedVote): Commit {
  const { height, blockId, time, signature } = vote
  const address = validatorAddress(suite, publicKey)
  return { height, round: 0, blockId, signatures: [{ flag: COMMIT_FLAG.commit, address, time, signature }] }
}

/** CometBFT's rule: the clock, but at least one millisecond after the block, so that block time strictly increases. */
function voteTime(blockTime: bigint, nowMs: number): bigint {
  const now = BigInt(Math.floor(nowMs)) * NANOS_PER_MS
  const earliest = blockTime + NANOS_PER_MS
  return now > earliest ? now : earliest
}
