/** Blocks and commits as CometBFT's RPC prints them, read into our own form. */
import {
  type BlockId,
  type Commit,
  type CommitSignature,
  fromHex,
  type Header,
  textToTime,
} from '@meridian/protocol'
import { EngineFailure } from '../../engine-failure.ts'
import type { BlockRecord } from '../../store/block-record.ts'

type Json = Readonly<Record<string, unknown>>

/** The `result` of `block`. Throws engine.cometbft-failed on another form. */
export function readBlock(result: unknown): BlockRecord {
  const { block_id, block } = objectOf(result)
  const { header, data, last_commit } = objectOf(block)
  return {
    blockId: readBlockId(block_id),
    header: readHeader(objectOf(header)),
    transactions: listOf(objectOf(data).txs).map(readBase64),
    lastCommit: readCommit(last_commit),
  }
}

/** A header and the commit for its block. */
export interface SignedHeader {
  readonly header: Header
  readonly commit: Commit
}

/** The `result` of `commit`: the newest one is not canonical yet and may still gain signatures. */
export function readSignedHeader(result: unknown): SignedHeader {
  const { header, commit } = objectOf(objectOf(result).signed_header)
  return { header: readHeader(objectOf(header)), commit: readCommit(commit) }
}

function readHeader(header: Json): Header {
  const version = objectOf(header.version)
  return {
    version: { block: readInteger(version.block), app: readInteger(version.app ?? '0') },
    chainId: textOf(header.chain_id),
    height: readInteger(header.height),
    time: readTime(header.time),
    lastBlockId: readBlockId(header.last_block_id),
    lastCommitHash: readHex(header.last_commit_hash),
    dataHash: readHex(header.data_hash),
    validatorsHash: readHex(header.validators_hash),
    nextValidatorsHash: readHex(header.next_validators_hash),
    consensusHash: readHex(header.consensus_hash),
    appHash: readHex(header.app_hash),
    lastResultsHash: readHex(header.last_results_hash),
    evidenceHash: readHex(header.evidence_hash),
    proposerAddress: readHex(header.proposer_address),
  }
}

function readCommit(value: unknown): Commit {
  const commit = objectOf(value)
  return {
    height: readInteger(commit.height),
    round: numberOf(commit.round),
    blockId: readBlockId(commit.block_id),
    signatures: listOf(commit.signatures).map(readSignature),
  }
}

function readSignature(value: unknown): CommitSignature {
  const signature = objectOf(value)
  return {
    flag: numberOf(signature.block_id_flag),
    address: readHex(signature.validator_address),
    time: readTime(signature.timestamp),
    signature: signature.signature === null ? new Uint8Array(0) : readBase64(signature.signature),
  }
}

function readBlockId(value: unknown): BlockId {
  const { hash, parts } = objectOf(value)
  const { total, hash: partsHash } = objectOf(parts)
  return { hash: readHex(hash), parts: { total: numberOf(total), hash: readHex(partsHash) } }
}

function readTime(value: unknown): bigint {
  return textToTime(textOf(value)) ?? otherForm()
}

function readHex(value: unknown): Uint8Array {
  return fromHex(textOf(value).toLowerCase()) ?? otherForm()
}

function readBase64(value: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(textOf(value), 'base64'))
}

function readInteger(value: unknown): bigint {
  const text = textOf(value)
  return /^\d{1,19}$/.test(text) ? BigInt(text) : otherForm()
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : otherForm()
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : otherForm()
}

/** An empty list is printed as null by Go. */
function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return []
  return Array.isArray(value) ? value : otherForm()
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : otherForm()
}

function otherForm(): never {
  throw new EngineFailure('engine.cometbft-failed', { place: 'answer' })
}
