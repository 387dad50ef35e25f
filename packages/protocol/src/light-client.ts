/**
 * A light client: follows a chain from a trust anchor to a newer block with signatures alone, in steps to the next height
 * or over many (CometBFT's light client specification; spec 5 §9). It reads no clock and asks no server: it says which
 * height it wants to see next.
 */
import { equalBytes } from './bytes.ts'
import { headerHash } from './comet/header.ts'
import { checkHeader, checkValidators, countCommit, type LightBlock } from './comet/light-block.ts'
import { type Validator, validatorsHash } from './comet/validator-set.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Suite } from './suite.ts'
import type { TrustAnchor } from './trust.ts'
import { isVouched } from './trust-path.ts'

/** What is judged by a clock. All times in nanoseconds since 1970. */
export interface LightClientClock {
  readonly now: bigint
  /** An anchor older than this says nothing of today: its validators may have sold their keys since. */
  readonly trustPeriod: bigint
  /** A header may be this far ahead of the clock. */
  readonly drift: bigint
}

/** Thirty days: the trust period unless told otherwise. */
export const TRUST_PERIOD_NANOS: bigint = 30n * 86_400n * 1_000_000_000n

/** Ten seconds: how far the clocks of validators may be ahead of ours. */
export const CLOCK_DRIFT_NANOS = 10_000_000_000n

/** The way from an anchor to a block: each block is vouched for by the one before it. */
export type LightPath = readonly LightBlock[]

interface Trusted {
  readonly height: bigint
  readonly time: bigint
  readonly validators: readonly Validator[]
  /** The hash that the next height's validators must have; absent at an anchor, which does not say. */
  readonly nextValidatorsHash: Uint8Array | undefined
}

/**
 * Asks for light blocks by height until `target` is reached, and answers the blocks of the way, `target` last. Refusals:
 * `trust.expired`, `trust.not-later`, `trust.from-future`, `trust.unavailable` (a height that was asked for was not
 * given), `receipt.wrong-chain`, `receipt.not-anchored` and those of a block whose header, validators or commit are wrong.
 */
export function* walkTo(
  suite: Suite,
  anchor: TrustAnchor,
  target: LightBlock,
  clock?: LightClientClock,
): Generator<bigint, LightPath | Refusal, LightBlock | undefined> {
  let trusted = startOf(suite, anchor)
  const expired = clock === undefined ? undefined : checkPeriod(anchor, clock)
  if (expired !== undefined) return expired
  const path: LightBlock[] = []
  const ahead: LightBlock[] = [target]
  for (let next = ahead.at(-1); next !== undefined; next = ahead.at(-1)) {
    const answer = checkStep(suite, anchor, { trusted, block: next }, clock)
    if (answer === undefined) {
      trusted = trustedAt(next)
      path.push(next)
      ahead.pop()
    } else if (answer.code === 'receipt.not-anchored' && next.header.height > trusted.height + 1n) {
      const middle = yield (trusted.height + next.header.height) / 2n
      if (middle === undefined) return refuse('protocol', 'trust.unavailable')
      ahead.push(middle)
    } else return answer
  }
  return path
}

/** {@link walkTo} over blocks that are at hand, for a server that knows its own chain. */
export function walkLocally(
  suite: Suite,
  anchor: TrustAnchor,
  target: LightBlock,
  read: (height: bigint) => LightBlock | undefined,
): LightPath | Refusal {
  const walk = walkTo(suite, anchor, target)
  for (let turn = walk.next(); ; turn = walk.next(read(turn.value))) if (turn.done === true) return turn.value
}

/** {@link walkTo} over blocks that have to be fetched. `fetch` answers undefined for a height that is not to be had. */
export async function followTo(
  suite: Suite,
  anchor: TrustAnchor,
  target: LightBlock,
  given: {
    readonly fetch: (height: bigint) => Promise<LightBlock | undefined>
    readonly clock: LightClientClock
  },
): Promise<LightPath | Refusal> {
  const walk = walkTo(suite, anchor, target, given.clock)
  for (let turn = walk.next(); ; turn = walk.next(await given.fetch(turn.value)))
    if (turn.done === true) return turn.value
}

/** At the genesis the anchor's validators are those of height 1, so that height is the next one. */
function startOf(suite: Suite, anchor: TrustAnchor): Trusted {
  const { height, time, validators } = anchor
  const isGenesis = anchor.headerHash === null
  return {
    height,
    time,
    validators,
    nextValidatorsHash: isGenesis ? validatorsHash(suite, validators) : undefined,
  }
}

function trustedAt({ header, validators }: LightBlock): Trusted {
  const { height, time, nextValidatorsHash } = header
  return { height, time, validators, nextValidatorsHash }
}

function checkPeriod(anchor: TrustAnchor, { now, trustPeriod }: LightClientClock): Refusal | undefined {
  if (anchor.time + trustPeriod > now) return undefined
  return refuse('protocol', 'trust.expired', { limit: (trustPeriod / 1_000_000_000n).toString() })
}

/** `receipt.not-anchored` when the trusted set does not vouch for the block: a step between may. */
function checkStep(
  suite: Suite,
  anchor: TrustAnchor,
  { trusted, block }: { readonly trusted: Trusted; readonly block: LightBlock },
  clock: LightClientClock | undefined,
): Refusal | undefined {
  const { header } = block
  if (header.chainId !== anchor.chainId) return refuse('protocol', 'receipt.wrong-chain')
  const height = header.height.toString()
  if (isSameHeight(trusted, block)) return checkSame(suite, anchor, block)
  if (header.height < trusted.height || header.time <= trusted.time)
    return refuse('protocol', 'trust.not-later', { height })
  if (clock !== undefined && header.time > clock.now + clock.drift)
    return refuse('protocol', 'trust.from-future', { height })
  const refusal = checkHeader(suite, block) ?? checkValidators(suite, block)
  if (refusal !== undefined) return refusal
  const counted = countCommit(suite, block)
  if (isRefusal(counted)) return counted
  const isNext = header.height === trusted.height + 1n && trusted.nextValidatorsHash !== undefined
  const isTrusted = isNext
    ? equalBytes(header.validatorsHash, trusted.nextValidatorsHash as Uint8Array)
    : isVouched(trusted, { block, signers: counted.signers })
  return isTrusted ? undefined : refuse('protocol', 'receipt.not-anchored')
}

const isSameHeight = (trusted: Trusted, { header }: LightBlock): boolean => header.height === trusted.height

/** The block of the anchor itself is believed when it is that block, and its validators those of the anchor. */
function checkSame(suite: Suite, anchor: TrustAnchor, block: LightBlock): Refusal | undefined {
  const { header } = block
  const isAnchor = anchor.headerHash !== null && equalBytes(headerHash(suite, header), anchor.headerHash)
  if (isAnchor) return checkHeader(suite, block) ?? checkValidators(suite, block)
  return refuse('protocol', 'receipt.contradicts-checkpoint', { height: header.height.toString() })
}
