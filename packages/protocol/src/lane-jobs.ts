/** Messages waiting for the hash lanes: collected, then hashed four by four among those of equal length in blocks. */
import type { HashLanes } from './sha256-lanes.ts'

/** One array for each column, so that nothing is allocated for a message. */
export interface LaneJobs {
  readonly inputs: number[]
  readonly outputs: number[]
  readonly blocks: number[]
}

/** No messages. */
export function createLaneJobs(): LaneJobs {
  return { inputs: [], outputs: [], blocks: [] }
}

/** Adds a message that is padded already. */
export function addJob(jobs: LaneJobs, input: number, output: number, blocks: number): void {
  jobs.inputs.push(input)
  jobs.outputs.push(output)
  jobs.blocks.push(blocks)
}

/** Above this, messages of equal length are too rare to look for. */
const COMMON_BLOCKS = 4

/** Hashes all messages from the chaining value at `state`. */
export function runJobs(lanes: HashLanes, jobs: LaneJobs, state: number): void {
  const { blocks } = jobs
  const lane = [0, 0, 0, 0]
  for (let common = 1; common <= COMMON_BLOCKS; common++) {
    let filled = 0
    for (let i = 0; i < blocks.length; i++) {
      if (blocks[i] !== common) continue
      lane[filled++] = i
      if (filled < 4) continue
      runFour(lanes, jobs, lane, state)
      filled = 0
    }
    if (filled > 0) runFour(lanes, jobs, repeatFirst(lane, filled), state)
  }
  for (let i = 0; i < blocks.length; i++) {
    if ((blocks[i] as number) > COMMON_BLOCKS) runFour(lanes, jobs, [i, i, i, i], state)
  }
}

/** Lanes without a message of their own repeat the first: the same digest goes to the same place again. */
function repeatFirst(lane: number[], filled: number): number[] {
  return lane.fill(lane[0] as number, filled)
}

function runFour(lanes: HashLanes, jobs: LaneJobs, lane: readonly number[], state: number): void {
  const inputs = jobs.inputs as readonly number[]
  const outputs = jobs.outputs as readonly number[]
  const [a, b, c, d] = lane as readonly [number, number, number, number]
  lanes.digest4(
    state,
    jobs.blocks[a] as number,
    inputs[a] as number,
    inputs[b] as number,
    inputs[c] as number,
    inputs[d] as number,
    outputs[a] as number,
    outputs[b] as number,
    outputs[c] as number,
    outputs[d] as number,
  )
}

/**
 * Pads the message of `length` bytes at `start` (FIPS 180-4 §5.1.1) and answers its blocks. `hashedBefore` bytes went
 * into the chaining value already.
 */
export function padMessage(memory: Uint8Array, start: number, length: number, hashedBefore = 0): number {
  const blocks = (length + 9 + 63) >> 6
  const end = start + blocks * 64
  memory[start + length] = 0x80
  for (let i = start + length + 1; i < end - 4; i++) memory[i] = 0
  // A message in this memory is far below 2^29 bytes, so the upper word of its length in bits is zero.
  const bits = (length + hashedBefore) * 8
  memory[end - 4] = bits >>> 24
  memory[end - 3] = bits >>> 16
  memory[end - 2] = bits >>> 8
  memory[end - 1] = bits
  return blocks
}

/** The bytes that a message of `length` bytes takes with its padding. */
export function paddedLength(length: number): number {
  return ((length + 9 + 63) >> 6) << 6
}
