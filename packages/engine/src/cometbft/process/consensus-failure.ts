/** What CometBFT prints when its consensus has stopped while the process stays up. Design §6: it stands still then. */
import { fromHex } from '@meridian/protocol'

/** The failure. */
export interface ConsensusFailure {
  /**
   * The app hash that more than two thirds have voted for and that is not ours; undefined when something else failed.
   */
  readonly decidedAppHash: Uint8Array | undefined
}

const FAILURE = 'CONSENSUS FAILURE!!!'

/**
 * Said only when more than two thirds have voted for the block, in consensus and in block sync; or when this application, replaying
 * what it had done before, came to another hash. A block that one proposer makes up is "deemed invalid" and matches nothing here.
 */
const OTHER_APP_HASH = [
  /(?:committed|prevoted for) an invalid block.*wrong Block\.Header\.AppHash\. +Expected [0-9A-F]*, got ([0-9A-F]{64})/,
  /Error in validation.*wrong Block\.Header\.AppHash\. +Expected [0-9A-F]*, got ([0-9A-F]{64})/,
  /^(?:.* after replay\. Got )?[0-9A-F]{64}, expected ([0-9A-F]{64})\.$/,
]

/** Reads one line of what it prints. */
export function readConsensusFailure(line: string): ConsensusFailure | undefined {
  for (const pattern of OTHER_APP_HASH) {
    const decided = pattern.exec(line)?.[1]
    if (decided !== undefined) return { decidedAppHash: fromHex(decided.toLowerCase()) }
  }
  return line.includes(FAILURE) ? { decidedAppHash: undefined } : undefined
}
