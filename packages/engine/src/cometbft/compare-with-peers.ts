/**
 * While the height stands still, compares this node's app hash with the one in the next block that the other members have: what CometBFT prints
 * about it is no contract, a header that more than two thirds have signed is (ADR 0136).
 */
import {
  checkHeader,
  countCommit,
  equalBytes,
  isRefusal,
  type LightBlock,
  type Suite,
  type Validator,
  validatorsHash,
} from '@meridian/protocol'
import type { Clock } from '../clock.ts'

/** Asks other members for their block at a height; none when nobody has it. Nothing they say is believed. */
export type PeerBlocks = (height: bigint) => Promise<readonly LightBlock[]>

/** Where this node stands. */
interface OwnHead {
  readonly height: bigint
  readonly appHash: Uint8Array
}

/** What is compared, how often, and who is told. */
export interface CompareParts {
  readonly suite: Suite
  readonly clock: Pick<Clock, 'after'>
  readonly everyMs: number
  readonly chainId: string
  readonly head: () => OwnHead
  /** Those that decide at a height, by this node's own state. */
  readonly validatorsAt: (height: bigint) => readonly Validator[]
  readonly peerBlocks: PeerBlocks
  /** The others have decided this app hash for the state after the head, and it is not this node's. */
  readonly onOther: (decidedAppHash: Uint8Array) => void
}

/** Looks until it is stopped; the answer stops it. A height that has moved since the last look asks nobody. */
export function compareWithPeers(parts: CompareParts): () => void {
  const { clock, everyMs, head } = parts
  let seen = head().height
  let cancel = clock.after(everyMs, look)

  function look(): void {
    const { height } = head()
    const isStill = height === seen
    seen = height
    const asked = isStill ? otherAppHash(parts) : Promise.resolve(undefined)
    void asked.then((decided) => {
      if (decided === undefined) cancel = clock.after(everyMs, look)
      else parts.onOther(decided)
    })
  }

  return () => cancel()
}

/** The app hash that the next block carries, when it is decided and another than this node's. Never rejects. */
export async function otherAppHash(parts: CompareParts): Promise<Uint8Array | undefined> {
  const { height, appHash } = parts.head()
  const blocks = await parts.peerBlocks(height + 1n).catch(() => [])
  // This node may have executed it meanwhile.
  if (parts.head().height !== height) return undefined
  const next = blocks.find((block) => isDecided(parts, block, height + 1n))
  return next === undefined || equalBytes(next.header.appHash, appHash) ? undefined : next.header.appHash
}

/** Signed by more than two thirds of the validators that this node's own state names for the height. */
function isDecided(
  { suite, chainId, validatorsAt }: CompareParts,
  block: LightBlock,
  height: bigint,
): boolean {
  const { header, validators } = block
  return (
    header.chainId === chainId &&
    header.height === height &&
    equalBytes(validatorsHash(suite, validators), validatorsHash(suite, validatorsAt(height))) &&
    checkHeader(suite, block) === undefined &&
    !isRefusal(countCommit(suite, block))
  )
}
