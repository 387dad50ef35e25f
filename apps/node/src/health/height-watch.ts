/** Decides how long the height has stood still: while statements wait, and at all. A chain at rest makes few blocks, but it makes them. */

/** What is seen at one moment. */
export interface HeightSample {
  readonly height: bigint
  /** Statements that wait for a block, here or in the mempool. */
  readonly waiting: number
  /** Of a clock that never goes back. */
  readonly nowMs: number
}

/** How long there has been no new block; `waitingMs` counts only while something waits, and is 0 otherwise. */
export interface Stillness {
  readonly waitingMs: number
  readonly restingMs: number
}

/** Tells of each sample for how long the height has not moved. */
export function createHeightWatch(): (sample: HeightSample) => Stillness {
  let height: bigint | undefined
  let waitingSinceMs = 0
  let sinceMs = 0
  return (sample) => {
    const isNew = sample.height !== height
    if (isNew) sinceMs = sample.nowMs
    if (isNew || sample.waiting === 0) waitingSinceMs = sample.nowMs
    height = sample.height
    return { waitingMs: sample.nowMs - waitingSinceMs, restingMs: sample.nowMs - sinceMs }
  }
}
