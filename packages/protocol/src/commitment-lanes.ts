/** A commitment computed in the hash lanes: the same root as `commitment-leaves.ts` gives, laid out without allocation. */
import type { CanonicalText } from './canonical-text.ts'
import { ELEMENT_LEAF_PREFIX, SALT_TAG } from './commitment-leaves.ts'
import { type ElementWalk, walkElementBytes } from './element-bytes.ts'
import { addJob, createLaneJobs, type LaneJobs, paddedLength, padMessage, runJobs } from './lane-jobs.ts'
import { laneTreeLength, laneTreeRoot, layOutTree, leafAddress } from './lane-tree.ts'
import type { HashLanes } from './sha256-lanes.ts'

/** A record being laid out. The elements are kept by column. */
interface Layout {
  readonly lanes: HashLanes
  readonly memory: Uint8Array
  /** The next free address. */
  cursor: number
  readonly salts: LaneJobs
  readonly pathLengths: number[]
  readonly valueStarts: number[]
  readonly valueEnds: number[]
}

const LONGEST_PATH = 4096

const encoder = typeof TextEncoder === 'undefined' ? undefined : new TextEncoder()

/** What is committed: the hash of leaf 0, the content and the record's secret of 32 bytes. */
export interface LaneCommitment {
  readonly headerHash: Uint8Array
  readonly content: CanonicalText
  readonly secret: Uint8Array
}

/** Root and leaf count, or `undefined` when the record does not fit into the memory of the lanes. */
export function commitInLanes(
  lanes: HashLanes,
  input: LaneCommitment,
): { root: Uint8Array; leafCount: number } | undefined {
  const layout: Layout = {
    lanes,
    memory: lanes.memory,
    cursor: lanes.arena,
    salts: createLaneJobs(),
    pathLengths: [],
    valueStarts: [],
    valueEnds: [],
  }
  const root = layOutAndHash(layout, input)
  // Nothing of the secret or the content stays behind.
  lanes.memory.fill(0, lanes.arena, layout.cursor)
  return root === undefined ? undefined : { root, leafCount: layout.pathLengths.length + 1 }
}

function layOutAndHash(layout: Layout, input: LaneCommitment): Uint8Array | undefined {
  const { lanes } = layout
  const saltState = hashSaltBlock(layout, input.secret)
  if (!layOutElements(layout, input.content)) return undefined
  const elementCount = layout.pathLengths.length
  const salts = take(layout, 32 * elementCount)
  const treeBase = take(layout, laneTreeLength(elementCount + 1))
  if (salts < 0 || treeBase < 0) return undefined
  for (let i = 0; i < elementCount; i++) layout.salts.outputs.push(salts + 32 * i)
  runJobs(lanes, layout.salts, saltState)
  const tree = layOutTree(lanes, treeBase, elementCount + 1)
  lanes.memory.set(input.headerHash, leafAddress(tree, 0))
  const leaves = createLaneJobs()
  for (let i = 0; i < elementCount; i++) {
    const leaf = layOutLeaf(layout, i, salts + 32 * i)
    if (leaf < 0) return undefined
    addJob(leaves, leaf, leafAddress(tree, i + 1), (layout.cursor - leaf) >> 6)
  }
  runJobs(lanes, leaves, lanes.initialState)
  return laneTreeRoot(tree)
}

/** Reserves memory; its address, or −1 when there is not enough. */
function take(layout: Layout, length: number): number {
  const start = layout.cursor
  if (start + length > layout.memory.length) return -1
  layout.cursor = start + length
  return start
}

/** The chaining value after tag ‖ secret, which fill one block: the address of its 32 bytes. */
function hashSaltBlock(layout: Layout, secret: Uint8Array): number {
  const { lanes, memory } = layout
  const block = take(layout, 64)
  const state = take(layout, 32)
  memory.set(SALT_TAG, block)
  memory.set(secret, block + SALT_TAG.length)
  lanes.digest4(lanes.initialState, 1, block, block, block, block, state, state, state, state)
  return state
}

/** Writes the content, then for each element the message of its salt, which is its path. */
function layOutElements(layout: Layout, content: CanonicalText): boolean {
  const { memory } = layout
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (encoder === undefined || layout.cursor + content.length * 3 > memory.length) return false
  const start = layout.cursor
  const { written } = encoder.encodeInto(content, memory.subarray(start))
  layout.cursor = start + written
  const path = new Uint8Array(LONGEST_PATH)
  const onLeaf = (walk: ElementWalk, from: number, to: number): boolean => layOutSalt(layout, walk, from, to)
  return walkElementBytes({ bytes: memory, end: layout.cursor, path, pathLength: 0, onLeaf }, start)
}

function layOutSalt(layout: Layout, walk: ElementWalk, from: number, to: number): boolean {
  const { memory, salts } = layout
  const { path, pathLength } = walk
  const message = take(layout, paddedLength(pathLength))
  if (message < 0) return false
  for (let i = 0; i < pathLength; i++) memory[message + i] = path[i] as number
  salts.inputs.push(message)
  salts.blocks.push(padMessage(memory, message, pathLength, 64))
  layout.pathLengths.push(pathLength)
  layout.valueStarts.push(from)
  layout.valueEnds.push(to)
  return true
}

/** 0x00 ‖ dCBOR[tag, salt, path, value] of element i, padded; its address, or −1 when there is no room. */
function layOutLeaf(layout: Layout, i: number, salt: number): number {
  const { memory } = layout
  const path = layout.salts.inputs[i] as number
  const pathLength = layout.pathLengths[i] as number
  const value = layout.valueStarts[i] as number
  const valueLength = (layout.valueEnds[i] as number) - value
  const { length: prefixLength } = ELEMENT_LEAF_PREFIX
  const length =
    prefixLength + 16 + headLength(pathLength) + pathLength + headLength(valueLength) + valueLength
  const start = take(layout, paddedLength(length))
  if (start < 0) return -1
  for (let k = 0; k < prefixLength; k++) memory[start + k] = ELEMENT_LEAF_PREFIX[k] as number
  let at = copy(memory, start + prefixLength, salt, 16)
  at = copy(memory, writeTextHead(memory, at, pathLength), path, pathLength)
  copy(memory, writeTextHead(memory, at, valueLength), value, valueLength)
  padMessage(memory, start, length)
  return start
}

/** Copies inside the memory and answers the address behind. */
function copy(memory: Uint8Array, to: number, from: number, length: number): number {
  // PERF: the call costs more than a loop over the few bytes of most values.
  if (length > 64) memory.copyWithin(to, from, from + length)
  else for (let i = 0; i < length; i++) memory[to + i] = memory[from + i] as number
  return to + length
}

/** Bytes of the head of a CBOR text string; a length here is below 2^32. */
function headLength(length: number): number {
  if (length < 24) return 1
  if (length < 0x100) return 2
  return length < 0x10000 ? 3 : 5
}

function writeTextHead(memory: Uint8Array, at: number, length: number): number {
  const head = headLength(length)
  if (head === 1) memory[at] = 0x60 | length
  else {
    memory[at] = head === 2 ? 0x78 : head === 3 ? 0x79 : 0x7a
    for (let i = head - 1, rest = length; i > 0; i--, rest >>>= 8) memory[at + i] = rest
  }
  return at + head
}
