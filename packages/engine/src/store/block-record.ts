/** Blocks and commits as they lie in the store: CBOR arrays of the fields of their CometBFT forms. */
import {
  ABSENT_SIGNATURE,
  type Block,
  type BlockId,
  type CborValue,
  COMMIT_FLAG,
  type Commit,
  type CommitSignature,
  encodeCbor,
  type Header,
} from '@meridian/protocol'
import { bigintOf, bytesOf, itemsOf, numberOf, readRecord, textOf } from './record-fields.ts'

/** A block as it was proposed, and its id. */
export interface BlockRecord extends Block {
  readonly blockId: BlockId
}

/** The bytes to store. */
export function encodeBlockRecord(record: BlockRecord): Uint8Array {
  return encodeCbor([
    headerFields(record.header),
    record.transactions,
    commitFields(record.lastCommit),
    blockIdFields(record.blockId),
  ])
}

/** Reads {@link encodeBlockRecord}. Throws engine.home-damaged. */
export function decodeBlockRecord(bytes: Uint8Array): BlockRecord {
  const [header, transactions, lastCommit, blockId] = readRecord(bytes, 4)
  return {
    header: headerOf(header),
    transactions: itemsOf(transactions).map(bytesOf),
    lastCommit: commitOf(lastCommit),
    blockId: blockIdOf(blockId),
  }
}

/** The bytes to store of a commit. */
export function encodeCommitRecord(commit: Commit): Uint8Array {
  return encodeCbor(commitFields(commit))
}

/** Reads {@link encodeCommitRecord}. Throws engine.home-damaged. */
export function decodeCommitRecord(bytes: Uint8Array): Commit {
  return commitOf(readRecord(bytes, 4))
}

function headerFields(header: Header): CborValue {
  return [
    header.version.block,
    header.version.app,
    header.chainId,
    header.height,
    header.time,
    blockIdFields(header.lastBlockId),
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

function headerOf(value: CborValue | undefined): Header {
  const fields = itemsOf(value, 15)
  return {
    version: { block: bigintOf(fields[0]), app: bigintOf(fields[1]) },
    chainId: textOf(fields[2]),
    height: bigintOf(fields[3]),
    time: bigintOf(fields[4]),
    lastBlockId: blockIdOf(fields[5]),
    lastCommitHash: bytesOf(fields[6]),
    dataHash: bytesOf(fields[7]),
    validatorsHash: bytesOf(fields[8]),
    nextValidatorsHash: bytesOf(fields[9]),
    consensusHash: bytesOf(fields[10]),
    appHash: bytesOf(fields[11]),
    lastResultsHash: bytesOf(fields[12]),
    evidenceHash: bytesOf(fields[13]),
    proposerAddress: bytesOf(fields[14]),
  }
}

function commitFields(commit: Commit): CborValue {
  const signatures = commit.signatures.map(signatureFields)
  return [commit.height, commit.round, blockIdFields(commit.blockId), signatures]
}

function commitOf(value: CborValue | undefined): Commit {
  const [height, round, blockId, signatures] = itemsOf(value, 4)
  return {
    height: bigintOf(height),
    round: numberOf(round),
    blockId: blockIdOf(blockId),
    signatures: itemsOf(signatures).map(signatureOf),
  }
}

/** Go's zero time, which an absent signature has, lies outside of 64 bits of nanoseconds: it is not written. */
function signatureFields({ flag, address, time, signature }: CommitSignature): CborValue {
  return [flag, address, flag === COMMIT_FLAG.absent ? 0n : time, signature]
}

function signatureOf(value: CborValue): CommitSignature {
  const [flag, address, time, signature] = itemsOf(value, 4)
  if (flag === COMMIT_FLAG.absent) return ABSENT_SIGNATURE
  return {
    flag: numberOf(flag),
    address: bytesOf(address),
    time: bigintOf(time),
    signature: bytesOf(signature),
  }
}

function blockIdFields(id: BlockId): CborValue {
  return [id.hash, id.parts.total, id.parts.hash]
}

function blockIdOf(value: CborValue | undefined): BlockId {
  const [hash, total, partsHash] = itemsOf(value, 3)
  return { hash: bytesOf(hash), parts: { total: numberOf(total), hash: bytesOf(partsHash) } }
}
