/** The name of a block: the hash of its header, and the number and root of the parts its bytes are cut into. */
import { concatBytes, equalBytes } from '../bytes.ts'
import { bytesField, messageField, varintField } from './protobuf.ts'

/** CometBFT's `PartSetHeader`. */
export interface PartSetHeader {
  readonly total: number
  readonly hash: Uint8Array
}

/** CometBFT's `BlockID`. */
export interface BlockId {
  readonly hash: Uint8Array
  readonly parts: PartSetHeader
}

/** No block: what a nil vote names, and what the first header names as its predecessor. */
export const ZERO_BLOCK_ID: BlockId = Object.freeze({
  hash: new Uint8Array(0),
  parts: Object.freeze({ total: 0, hash: new Uint8Array(0) }),
})

/** True when both name the same header and the same parts. */
export function equalBlockIds(a: BlockId, b: BlockId): boolean {
  return (
    equalBytes(a.hash, b.hash) && a.parts.total === b.parts.total && equalBytes(a.parts.hash, b.parts.hash)
  )
}

/** True for {@link ZERO_BLOCK_ID}. */
export function isZeroBlockId(id: BlockId): boolean {
  return equalBlockIds(id, ZERO_BLOCK_ID)
}

/** BlockID and CanonicalBlockID have the same bytes: hash = 1, part set header = 2 (non-nullable, so always written). */
export function encodeBlockId(id: BlockId): Uint8Array {
  const parts = concatBytes(varintField(1, id.parts.total), bytesField(2, id.parts.hash))
  return concatBytes(bytesField(1, id.hash), messageField(2, parts))
}
