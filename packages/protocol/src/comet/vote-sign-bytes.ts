/** The bytes a validator signs when it votes for a block: CometBFT's `CanonicalVote`, length-delimited. */
import { concatBytes } from '../bytes.ts'
import { type BlockId, encodeBlockId } from './block-id.ts'
import { encodeVarint, messageField, sfixed64Field, stringField, varintField } from './protobuf.ts'
import { encodeTimestamp } from './time.ts'

const PRECOMMIT = 2

/** A precommit. `blockId` is absent for a vote for nil; `time` is in nanoseconds. */
export interface Precommit {
  readonly height: bigint
  readonly round: number
  readonly blockId: BlockId | undefined
  readonly time: bigint
}

/**
 * CONSENSUS. Height and round are sfixed64 and left out when zero; the time is always written; a nil vote has no block
 * id at all.
 */
export function voteSignBytes(chainId: string, vote: Precommit): Uint8Array {
  const message = concatBytes(
    varintField(1, PRECOMMIT),
    sfixed64Field(2, vote.height),
    sfixed64Field(3, BigInt(vote.round)),
    vote.blockId === undefined ? new Uint8Array(0) : messageField(4, encodeBlockId(vote.blockId)),
    messageField(5, encodeTimestamp(vote.time)),
    stringField(6, chainId),
  )
  return concatBytes(encodeVarint(BigInt(message.length)), message)
}
