/** The evidence log in lmdb: the hash of every complete subtree, so that a path at any tree size is O(log n) reads. */
import {
  consistencyPathFrom,
  type Frontier,
  inclusionPathFrom,
  type ReadNode,
  type Suite,
} from '@meridian/protocol'
import { EngineFailure } from '../engine-failure.ts'
import { logNodeKey } from './keys.ts'
import { readBytes, type Table } from './open-store.ts'

/** Reads the log. */
export interface LogReader {
  /** RFC 9162 §2.1.3. Throws a RangeError for a leaf outside the tree. */
  inclusion(index: number, size: number): Uint8Array[]
  /** RFC 9162 §2.1.4. Throws a RangeError when `from` exceeds `to`. */
  consistency(from: number, to: number): Uint8Array[]
  /** The right edge of the tree with `size` leaves. */
  frontier(size: number): Frontier
}

/** The log in `table`. A missing node is damage: engine.home-damaged. */
export function createLogReader(suite: Suite, table: Table): LogReader {
  const read: ReadNode = (level, index) => {
    const hash = readBytes(table, logNodeKey(level, index))
    if (hash?.length !== 32) throw new EngineFailure('engine.home-damaged', { place: 'log', level, index })
    return hash
  }
  return {
    inclusion: (index, size) => inclusionPathFrom(suite, read, index, size),
    consistency: (from, to) => consistencyPathFrom(suite, read, from, to),
    frontier: (size) => ({ size, peaks: peaksOf(read, size) }),
  }
}

/** One peak for each set bit of the size, the largest first. */
function peaksOf(read: ReadNode, size: number): Uint8Array[] {
  const peaks: Uint8Array[] = []
  let start = 0
  for (let level = 52; level >= 0; level--) {
    const width = 2 ** level
    if (Math.floor(size / width) % 2 === 0) continue
    peaks.push(read(level, start / width))
    start += width
  }
  return peaks
}
