/** A block header in CometBFT's form, its protobuf bytes, and its hash: the root of the tree over its 14 fields. */
import { concatBytes } from '../bytes.ts'
import type { Suite } from '../suite.ts'
import { type BlockId, encodeBlockId } from './block-id.ts'
import { merkleRoot } from './merkle.ts'
import { bytesField, messageField, stringField, varintField } from './protobuf.ts'
import { encodeTimestamp } from './time.ts'

/** The only block protocol of CometBFT 0.38 to 0.40. */
export const BLOCK_PROTOCOL = 11n

/**
 * CometBFT's `Header`. `time` is in nanoseconds. The application hash is that of the state after the block *before*:
 * the state of height H is in header H + 1.
 */
export interface Header {
  readonly version: { readonly block: bigint; readonly app: bigint }
  readonly chainId: string
  readonly height: bigint
  readonly time: bigint
  readonly lastBlockId: BlockId
  readonly lastCommitHash: Uint8Array
  readonly dataHash: Uint8Array
  readonly validatorsHash: Uint8Array
  readonly nextValidatorsHash: Uint8Array
  readonly consensusHash: Uint8Array
  readonly appHash: Uint8Array
  readonly lastResultsHash: Uint8Array
  readonly evidenceHash: Uint8Array
  readonly proposerAddress: Uint8Array
}

/** The eight hashes and the proposer in the order of the header's fields 6 to 14. */
function tail(header: Header): readonly Uint8Array[] {
  return [
    header.lastCommitHash,
    header.dataHash,
    header.validatorsHash,
    header.nextValidatorsHash,
    header.consensusHash,
    header.appHash,
    header.lastResultsHash,
    header.evidenceHash,
    header.proposerAddress,
  ]
}

function encodeVersion(header: Header): Uint8Array {
  return concatBytes(varintField(1, header.version.block), varintField(2, header.version.app))
}

/**
 * CONSENSUS. The root over the fields; each scalar is wrapped as `{value = 1}`, so that an empty one is an empty leaf.
 */
export function headerHash(suite: Suite, header: Header): Uint8Array {
  return merkleRoot(suite, [
    encodeVersion(header),
    stringField(1, header.chainId),
    varintField(1, header.height),
    encodeTimestamp(header.time),
    encodeBlockId(header.lastBlockId),
    ...tail(header).map((field) => bytesField(1, field)),
  ])
}

/** The protobuf bytes of a header, as they stand in a block. */
export function encodeHeader(header: Header): Uint8Array {
  return concatBytes(
    messageField(1, encodeVersion(header)),
    stringField(2, header.chainId),
    varintField(3, header.height),
    messageField(4, encodeTimestamp(header.time)),
    messageField(5, encodeBlockId(header.lastBlockId)),
    ...tail(header).map((field, i) => bytesField(6 + i, field)),
  )
}
