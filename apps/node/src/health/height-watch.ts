/** Decides how long the height has stood still while statements wait. A chain at rest makes no blocks, and that is no alarm. */

/** What is seen at one moment. */
export interface HeightSample {
  readonly height: bigint
  /** Statements that wait for a block, here or in the mempool. */
  readonly waiting: number
  /** Of a clock that never goes back. */
  readonly nowMs: number
}

/** Tells of each sample since how many milliseconds work has waited at this height; 0 while nothing waits. */
export function createHeightWatch(): (sample: HeightSample) => number {
  let height: bigint | undefined
  let sinceMs = 0
  return (sample) => {
    if (sample.height !== height || sample.waiting === 0) {
      height = sample.height
      sinceMs = sample.nowMs
    }
    return sample.nowMs - sinceMs
  }
}
