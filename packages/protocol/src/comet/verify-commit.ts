/** Counts a commit the way CometBFT's `VerifyCommit` does: every signature present is checked, more than 2/3 must sign. */
import { equalBytes } from '../bytes.ts'
import { type Refusal, refuse } from '../refusal.ts'
import type { Suite } from '../suite.ts'
import { type BlockId, equalBlockIds, isZeroBlockId } from './block-id.ts'
import { COMMIT_FLAG, type Commit, type CommitSignature, commitSignBytes } from './commit.ts'
import { ZERO_TIME } from './time.ts'
import { MAX_TOTAL_POWER, totalPower, type Validator, validatorAddress } from './validator-set.ts'

/** What the commit is expected to decide. `validators` are those of that height, in order. */
export interface ExpectedCommit {
  readonly chainId: string
  readonly height: bigint
  readonly blockId: BlockId
  readonly validators: readonly Validator[]
}

/** Whose signatures counted, and their weight. `signers` are places in the validator set, ascending. */
export interface CountedCommit {
  readonly signers: readonly number[]
  readonly signedPower: bigint
  readonly totalPower: bigint
}

/**
 * Refusals: `comet.malformed` (shape), `receipt.wrong-header` (another height or block), `receipt.wrong-validators` (the
 * signatures do not stand one to one with the validators), `receipt.bad-signature`, `receipt.too-little-power`. Votes for
 * nil are checked and count nothing; absent ones count nothing.
 */
export function verifyCommit(
  suite: Suite,
  expected: ExpectedCommit,
  commit: Commit,
): CountedCommit | Refusal {
  const { validators } = expected
  const total = totalPower(validators)
  if (validators.length === 0 || total > MAX_TOTAL_POWER || validators.some(({ power }) => power <= 0n))
    return refuse('protocol', 'comet.malformed', { place: '/validators' })
  if (commit.height !== expected.height || !equalBlockIds(commit.blockId, expected.blockId))
    return refuse('protocol', 'receipt.wrong-header')
  if (commit.signatures.length !== validators.length) return refuse('protocol', 'receipt.wrong-validators')
  if (commit.round < 0 || isZeroBlockId(commit.blockId))
    return refuse('protocol', 'comet.malformed', { place: '/commit' })
  const signers: number[] = []
  for (const index of validators.keys()) {
    const refusal = checkSignature(suite, expected, commit, index)
    if (refusal !== undefined) return refusal
    if (commit.signatures[index]?.flag === COMMIT_FLAG.commit) signers.push(index)
  }
  return weigh(signers, validators, total)
}

function checkSignature(
  suite: Suite,
  expected: ExpectedCommit,
  commit: Commit,
  index: number,
): Refusal | undefined {
  const entry = commit.signatures[index] as CommitSignature
  const { publicKey } = expected.validators[index] as Validator
  if (!isWellFormed(entry))
    return refuse('protocol', 'comet.malformed', { place: `/commit/signatures/${index}` })
  if (entry.flag === COMMIT_FLAG.absent) return undefined
  if (!equalBytes(entry.address, validatorAddress(suite, publicKey)))
    return refuse('protocol', 'receipt.wrong-validators')
  const message = commitSignBytes(expected.chainId, commit, index)
  if (suite.verifyCommitSignature(publicKey, message, entry.signature)) return undefined
  return refuse('protocol', 'receipt.bad-signature', { index })
}

/** CometBFT's `CommitSig.ValidateBasic`. */
function isWellFormed(entry: CommitSignature): boolean {
  const { flag, address, signature, time } = entry
  if (flag === COMMIT_FLAG.absent) return address.length === 0 && signature.length === 0 && time === ZERO_TIME
  return (
    (flag === COMMIT_FLAG.commit || flag === COMMIT_FLAG.nil) &&
    address.length === 20 &&
    signature.length === 64
  )
}

function weigh(
  signers: readonly number[],
  validators: readonly Validator[],
  total: bigint,
): CountedCommit | Refusal {
  const signedPower = totalPower(signers.map((index) => validators[index] as Validator))
  // CometBFT needs more than floor(2 · total / 3); for whole numbers that is the same as more than two thirds.
  if (signedPower * 3n > total * 2n) return { signers, signedPower, totalPower: total }
  return refuse('protocol', 'receipt.too-little-power', {
    signed: signedPower.toString(),
    total: total.toString(),
  })
}
