/**
 * A light block: a header, the commit that decided it and the validators it was decided by. Whatever the header or the
 * validators already determine (heights, addresses) is left out, so that every field is bound (spec 5 §3).
 */
import { equalBytes, toHex } from '../bytes.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Suite } from '../suite.ts'
import type { PartSetHeader } from './block-id.ts'
import { ABSENT_SIGNATURE, COMMIT_FLAG, type Commit } from './commit.ts'
import { type Header, headerHash } from './header.ts'
import { type Validator, validatorAddress, validatorsHash } from './validator-set.ts'
import { type CountedCommit, verifyCommit } from './verify-commit.ts'

/** A vote in a commit: for the block or for nil, with the voter's own time in nanoseconds. */
export interface LightSignature {
  readonly vote: 'block' | 'nil'
  readonly time: bigint
  readonly signature: Uint8Array
}

/** The commit of a light block; `null` stands for a validator that did not vote. */
export interface LightCommit {
  readonly round: number
  readonly blockHash: Uint8Array
  readonly parts: PartSetHeader
  readonly signatures: readonly (LightSignature | null)[]
}

/** Everything that shows what a set of validators decided at one height. */
export interface LightBlock {
  readonly header: Header
  readonly commit: LightCommit
  readonly validators: readonly Validator[]
}

/** CometBFT's commit of a light block. */
export function commitOf(suite: Suite, block: LightBlock): Commit {
  const { header, commit, validators } = block
  return {
    height: header.height,
    round: commit.round,
    blockId: { hash: commit.blockHash, parts: commit.parts },
    signatures: commit.signatures.map((entry, index) => {
      const validator = validators[index]
      if (entry === null || validator === undefined) return ABSENT_SIGNATURE
      return {
        flag: entry.vote === 'block' ? COMMIT_FLAG.commit : COMMIT_FLAG.nil,
        address: validatorAddress(suite, validator.publicKey),
        time: entry.time,
        signature: entry.signature,
      }
    }),
  }
}

/** A light block out of CometBFT's header, commit and validator set. */
export function lightBlockOf(header: Header, commit: Commit, validators: readonly Validator[]): LightBlock {
  return {
    header,
    commit: {
      round: commit.round,
      blockHash: commit.blockId.hash,
      parts: commit.blockId.parts,
      signatures: commit.signatures.map(({ flag, time, signature }) =>
        flag === COMMIT_FLAG.absent
          ? null
          : { vote: flag === COMMIT_FLAG.commit ? 'block' : 'nil', time, signature },
      ),
    },
    validators,
  }
}

/** `receipt.wrong-header` unless the header has the hash that the commit names. */
export function checkHeader(suite: Suite, block: LightBlock): Refusal | undefined {
  if (equalBytes(headerHash(suite, block.header), block.commit.blockHash)) return undefined
  return refuse('protocol', 'receipt.wrong-header')
}

/** `receipt.wrong-validators` unless the validators are those that the header names, each key once. */
export function checkValidators(suite: Suite, block: LightBlock): Refusal | undefined {
  const { validators, header } = block
  const keys = new Set(validators.map(({ publicKey }) => toHex(publicKey)))
  const named = equalBytes(validatorsHash(suite, validators), header.validatorsHash)
  return named && keys.size === validators.length ? undefined : refuse('protocol', 'receipt.wrong-validators')
}

/** Counts the commit of a light block whose header and validators were checked. Refusals as `verifyCommit`. */
export function countCommit(suite: Suite, block: LightBlock): CountedCommit | Refusal {
  const { header, commit, validators } = block
  const blockId = { hash: commit.blockHash, parts: commit.parts }
  const expected = { chainId: header.chainId, height: header.height, blockId, validators }
  return verifyCommit(suite, expected, commitOf(suite, block))
}
