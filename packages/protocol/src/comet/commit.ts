/** A commit: the precommits that decided a block. Its bytes, its hash, the bytes each validator signed. */
import { concatBytes } from '../bytes.ts'
import type { Suite } from '../suite.ts'
import { type BlockId, encodeBlockId, isZeroBlockId } from './block-id.ts'
import { merkleRoot } from './merkle.ts'
import { bytesField, messageField, varintField } from './protobuf.ts'
import { encodeTimestamp, ZERO_TIME } from './time.ts'
import { voteSignBytes } from './vote-sign-bytes.ts'

/** What the validator at this place did, with the numbers of CometBFT's `BlockIDFlag`. */
export const COMMIT_FLAG = Object.freeze({ absent: 1, commit: 2, nil: 3 })

/** CometBFT's `CommitSig`: `time` in nanoseconds; address and signature are empty and the time is zero when absent. */
export interface CommitSignature {
  readonly flag: number
  readonly address: Uint8Array
  readonly time: bigint
  readonly signature: Uint8Array
}

/** CometBFT's `Commit`; the signatures stand in the order of the validator set, one for each validator. */
export interface Commit {
  readonly height: bigint
  readonly round: number
  readonly blockId: BlockId
  readonly signatures: readonly CommitSignature[]
}

/** A validator that did not sign. */
export const ABSENT_SIGNATURE: CommitSignature = Object.freeze({
  flag: COMMIT_FLAG.absent,
  address: new Uint8Array(0),
  time: ZERO_TIME,
  signature: new Uint8Array(0),
})

/** The bytes signed by the validator at `index`: each has its own time, and a vote for nil names no block. */
export function commitSignBytes(chainId: string, commit: Commit, index: number): Uint8Array {
  const signature = commit.signatures[index]
  if (signature === undefined) throw new RangeError(`the commit has no signature ${index}`)
  return voteSignBytes(chainId, {
    height: commit.height,
    round: commit.round,
    blockId:
      signature.flag === COMMIT_FLAG.commit && !isZeroBlockId(commit.blockId) ? commit.blockId : undefined,
    time: signature.time,
  })
}

function encodeCommitSignature(entry: CommitSignature): Uint8Array {
  return concatBytes(
    varintField(1, entry.flag),
    bytesField(2, entry.address),
    messageField(3, encodeTimestamp(entry.time)),
    bytesField(4, entry.signature),
  )
}

/** CONSENSUS. Root over the signatures: the `lastCommitHash` of the next header. */
export function commitHash(suite: Suite, commit: Commit): Uint8Array {
  return merkleRoot(suite, commit.signatures.map(encodeCommitSignature))
}

/** The protobuf bytes of a commit, as they stand in the next block. */
export function encodeCommit(commit: Commit): Uint8Array {
  return concatBytes(
    varintField(1, commit.height),
    varintField(2, commit.round),
    messageField(3, encodeBlockId(commit.blockId)),
    ...commit.signatures.map((entry) => messageField(4, encodeCommitSignature(entry))),
  )
}
