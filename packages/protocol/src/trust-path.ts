/**
 * The way from a trust anchor to the validators of a receipt: the same set, or a path of light blocks each vouched for by
 * more than a third of the set before it (the skipping verification of a light client; spec 5 §5).
 */
import { equalBytes, toHex } from './bytes.ts'
import { headerHash } from './comet/header.ts'
import { checkHeader, checkValidators, countCommit, type LightBlock } from './comet/light-block.ts'
import { totalPower, type Validator, validatorsHash } from './comet/validator-set.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Suite } from './suite.ts'
import type { TrustAnchor } from './trust.ts'

interface Trusted {
  readonly height: bigint
  readonly validators: readonly Validator[]
  /** The hash of the validators of the next height; an anchor does not say. */
  readonly nextValidatorsHash?: Uint8Array
}

/** A light block whose header, validators and commit were checked, and who signed it. */
export interface CheckedBlock {
  readonly block: LightBlock
  /** Places in the validator set. */
  readonly signers: readonly number[]
}

/**
 * Checks every light block of `via` whole, and that `last` is reached. Refusals: `receipt.not-anchored`,
 * `receipt.wrong-chain`, `receipt.contradicts-checkpoint`, and those of a block.
 */
export function checkTrustPath(
  suite: Suite,
  anchor: TrustAnchor,
  via: readonly LightBlock[],
  last: CheckedBlock,
): Refusal | undefined {
  let trusted: Trusted = anchor
  for (const block of via) {
    const checked = checkBlock(suite, block)
    if (isRefusal(checked)) return checked
    const { height, nextValidatorsHash } = block.header
    // A receipt carries the way from the genesis; whoever pinned a later block needs only what comes after it.
    const isBefore = height <= anchor.height
    const refusal = isBefore ? checkChain(suite, anchor, block) : checkStep(suite, anchor, trusted, checked)
    if (refusal !== undefined) return refusal
    if (!isBefore) trusted = { height, validators: block.validators, nextValidatorsHash }
  }
  return checkStep(suite, anchor, trusted, last)
}

function checkBlock(suite: Suite, block: LightBlock): CheckedBlock | Refusal {
  const refusal = checkHeader(suite, block) ?? checkValidators(suite, block)
  if (refusal !== undefined) return refusal
  const counted = countCommit(suite, block)
  return isRefusal(counted) ? counted : { block, signers: counted.signers }
}

function checkStep(
  suite: Suite,
  anchor: TrustAnchor,
  trusted: Trusted,
  checked: CheckedBlock,
): Refusal | undefined {
  const { header } = checked.block
  const refusal = checkChain(suite, anchor, checked.block)
  if (refusal !== undefined) return refusal
  if (equalBytes(validatorsHash(suite, trusted.validators), header.validatorsHash)) return undefined
  if (isNamedNext(trusted, checked.block)) return undefined
  const isLater = header.height > trusted.height
  return isLater && isVouched(trusted, checked) ? undefined : refuse('protocol', 'receipt.not-anchored')
}

function checkChain(suite: Suite, anchor: TrustAnchor, block: LightBlock): Refusal | undefined {
  const { chainId, height } = block.header
  if (chainId !== anchor.chainId) return refuse('protocol', 'receipt.wrong-chain')
  if (!isForked(suite, anchor, block)) return undefined
  return refuse('protocol', 'receipt.contradicts-checkpoint', { height: height.toString() })
}

/** The header before names the validators of this one. */
function isNamedNext({ height, nextValidatorsHash }: Trusted, { header }: LightBlock): boolean {
  const isNext = nextValidatorsHash !== undefined && header.height === height + 1n
  return isNext && equalBytes(nextValidatorsHash, header.validatorsHash)
}

/** Another header at the height of the checkpoint. */
function isForked(suite: Suite, anchor: TrustAnchor, { header }: LightBlock): boolean {
  if (anchor.headerHash === null || header.height !== anchor.height) return false
  return !equalBytes(headerHash(suite, header), anchor.headerHash)
}

/** Of the set that is trusted already, more than a third signed this block too. */
export function isVouched(trusted: Pick<Trusted, 'validators'>, { block, signers }: CheckedBlock): boolean {
  const signed = new Set(signers.map((index) => toHex((block.validators[index] as Validator).publicKey)))
  const vouching = trusted.validators.filter(({ publicKey }) => signed.has(toHex(publicKey)))
  return totalPower(vouching) * 3n > totalPower(trusted.validators)
}
