/** An RFC 9162 tree in the memory of the hash lanes: every hash is written straight into its parent's message (spec 2). */
import { addJob, createLaneJobs, runJobs } from './lane-jobs.ts'
import type { HashLanes } from './sha256-lanes.ts'

/** 0x01 ‖ left ‖ right with its padding. */
const SLOT = 128

/** A tree laid out; the leaves are still to be written to their addresses. */
export interface LaneTree {
  readonly lanes: HashLanes
  readonly base: number
  readonly leafCount: number
}

/** The bytes of memory that a tree takes: a slot for each inner node and the root. */
export function laneTreeLength(leafCount: number): number {
  return leafCount * SLOT
}

/** Prepares the messages of all inner nodes from address `base` on. */
export function layOutTree(lanes: HashLanes, base: number, leafCount: number): LaneTree {
  const { memory } = lanes
  memory.fill(0, base, base + laneTreeLength(leafCount))
  // The root lies in the first slot; inner nodes follow, the lowest level first.
  for (let slot = base + SLOT; slot < base + leafCount * SLOT; slot += SLOT) {
    memory[slot] = 1
    memory[slot + 65] = 0x80
    memory[slot + 126] = 520 >> 8
    memory[slot + 127] = 520 & 0xff
  }
  return { lanes, base, leafCount }
}

/** Where the hash of a leaf belongs. */
export function leafAddress(tree: LaneTree, index: number): number {
  return addressOf(tree.base, index, { width: tree.leafCount, start: tree.base + SLOT })
}

interface Level {
  /** Nodes of this level. */
  readonly width: number
  /** Address of the first message that pairs two of them. */
  readonly start: number
}

/** A last node without a partner stands for its own parent: the left-balanced tree of RFC 9162 §2.1.1. */
function addressOf(base: number, index: number, level: Level): number {
  let { width, start } = level
  let node = index
  while (width > 1) {
    const pairs = width >> 1
    if (node >> 1 < pairs) return start + (node >> 1) * SLOT + 1 + 32 * (node & 1)
    node >>= 1
    start += pairs * SLOT
    width -= pairs
  }
  return base
}

/** Hashes level after level and answers the root, 32 bytes. */
export function laneTreeRoot(tree: LaneTree): Uint8Array {
  const { lanes, base, leafCount } = tree
  let width = leafCount
  let start = base + SLOT
  while (width > 1) {
    const pairs = width >> 1
    const next: Level = { width: width - pairs, start: start + pairs * SLOT }
    const jobs = createLaneJobs()
    for (let i = 0; i < pairs; i++) addJob(jobs, start + i * SLOT, addressOf(base, i, next), 2)
    runJobs(lanes, jobs, lanes.initialState)
    width = next.width
    start = next.start
  }
  return lanes.memory.slice(base, base + 32)
}
