/** A whole block in CometBFT's form: its bytes, the parts they are cut into for gossip, and the block id made of both. */
import { concatBytes } from '../bytes.ts'
import type { Suite } from '../suite.ts'
import type { BlockId, PartSetHeader } from './block-id.ts'
import { type Commit, encodeCommit } from './commit.ts'
import { encodeHeader, type Header, headerHash } from './header.ts'
import { merkleRoot } from './merkle.ts'
import { messageField } from './protobuf.ts'

/** CometBFT cuts a block into parts of 64 KiB. */
export const PART_BYTES = 65_536

/** A block without evidence of misbehaviour (Meridian's embedded engine never has any). */
export interface Block {
  readonly header: Header
  readonly transactions: readonly Uint8Array[]
  readonly lastCommit: Commit
}

/** The protobuf bytes of a block: header = 1, data = 2, evidence = 3 (empty), last commit = 4. */
export function encodeBlock(block: Block): Uint8Array {
  const data = concatBytes(...block.transactions.map((transaction) => messageField(1, transaction)))
  return concatBytes(
    messageField(1, encodeHeader(block.header)),
    messageField(2, data),
    messageField(3, new Uint8Array(0)),
    messageField(4, encodeCommit(block.lastCommit)),
  )
}

/** Number of parts and the root over them. */
export function partSetHeader(suite: Suite, bytes: Uint8Array): PartSetHeader {
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += PART_BYTES) parts.push(bytes.subarray(at, at + PART_BYTES))
  return { total: parts.length, hash: merkleRoot(suite, parts) }
}

/** CONSENSUS. The id that validators vote for. */
export function blockIdOf(suite: Suite, block: Block): BlockId {
  return { hash: headerHash(suite, block.header), parts: partSetHeader(suite, encodeBlock(block)) }
}
