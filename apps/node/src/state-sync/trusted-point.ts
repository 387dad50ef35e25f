/** The block from which CometBFT's light client starts: pinned by the operator, or led to from what is pinned, by signatures alone. */
import {
  CLOCK_DRIFT_NANOS,
  equalBytes,
  followTo,
  headerHash,
  isRefusal,
  type Refusal,
  refuse,
  type Suite,
  TRUST_PERIOD_NANOS,
  type Trust,
  type TrustAnchor,
  toHex,
} from '@meridian/protocol'
import type { MemberDoor } from './member-door.ts'

/** A height and the hash of its header, hex. */
export interface TrustedPoint {
  readonly trustHeight: bigint
  readonly trustHash: string
}

/** What is pinned, and where the chain stands. */
export interface PointParts {
  readonly suite: Suite
  /** Of the genesis document in this home. */
  readonly genesisAnchor: TrustAnchor
  /** The operator's trust file; absent: the genesis document is all that is pinned. */
  readonly trust?: Trust
  /** The oldest height that every door's CometBFT still has. */
  readonly oldest: bigint
  readonly nowMs: () => number
}

/** Refusals: `receipt.wrong-chain` (a trust file of another chain), `trust.expired`, `trust.unavailable` and those of a light client. */
export async function trustedPoint(door: MemberDoor, parts: PointParts): Promise<TrustedPoint | Refusal> {
  const { suite, oldest, nowMs, genesisAnchor, trust = { anchors: [genesisAnchor] } } = parts
  const anchor = trust.anchors.find(({ genesisHash }) => equalBytes(genesisHash, genesisAnchor.genesisHash))
  if (anchor === undefined) return refuse('node', 'receipt.wrong-chain')
  const clock = {
    now: BigInt(nowMs()) * 1_000_000n,
    trustPeriod: TRUST_PERIOD_NANOS,
    drift: CLOCK_DRIFT_NANOS,
  }
  const { height, headerHash: pinned, time } = anchor
  if (pinned !== null && height >= oldest) {
    const limit = (TRUST_PERIOD_NANOS / 1_000_000_000n).toString()
    return time + TRUST_PERIOD_NANOS > clock.now
      ? { trustHeight: height, trustHash: toHex(pinned) }
      : refuse('node', 'trust.expired', { limit })
  }
  const target = await door.ledger.lightBlock(oldest)
  if (target === undefined) return refuse('node', 'trust.unavailable')
  const fetch = (wanted: bigint) => door.ledger.lightBlock(wanted)
  const path = await followTo(suite, anchor, target, { fetch, clock })
  if (isRefusal(path)) return path
  return { trustHeight: target.header.height, trustHash: toHex(headerHash(suite, target.header)) }
}
