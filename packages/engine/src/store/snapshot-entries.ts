/**
 * The contents of a node's state as entries of a snapshot, read at one moment while the chain goes on, and written into a store that has none.
 * Values and leaves prove themselves by the app hash. Places of statements and earlier validator sets do not: they are hints, and a wrong
 * one gives a proof that does not verify.
 */
import type { Suite } from '@meridian/protocol'
import type { StateRoots } from '../engine.ts'
import { EngineFailure } from '../engine-failure.ts'
import { buildState, type Execution } from '../execute-block.ts'
import { encodeTime, NEWEST_TIME, SNAPSHOT_HEIGHT, VALIDATORS } from './decided-record.ts'
import { heightKey, keyHeight, logNodeKey } from './keys.ts'
import { plainBytes, readBytes, type Table, type Tables } from './open-store.ts'
import { putSnapshotState } from './put-block.ts'
import { writeTogether } from './write-together.ts'

/** Kinds of entries, as they stand in a snapshot. */
export const ENTRY = { value: 0, leaf: 1, place: 2, validators: 3 } as const

/** One entry; keys and values are those of the store's tables. */
export interface SnapshotEntry {
  readonly kind: number
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** All entries as they are now; later writes do not show. Call `done` at the end. */
export interface SnapshotReading {
  readonly entries: Iterable<SnapshotEntry>
  done(): void
}

/** Reads the state at this moment. */
function readSnapshotEntries(tables: Tables): SnapshotReading {
  const transaction = tables.root.useReadTransaction()
  const range = (table: Table, start?: Uint8Array, end?: Uint8Array) =>
    table.getRange({
      transaction,
      ...(start === undefined ? {} : { start }),
      ...(end === undefined ? {} : { end }),
    })
  function* entries(): Generator<SnapshotEntry> {
    yield* asEntries(ENTRY.value, range(tables.values))
    yield* asEntries(ENTRY.leaf, range(tables.log, logNodeKey(0, 0), logNodeKey(1, 0)))
    yield* asEntries(ENTRY.place, range(tables.statements))
    yield* asEntries(ENTRY.validators, range(tables.meta, VALIDATORS, AFTER_VALIDATORS))
  }
  return { entries: entries(), done: () => transaction.done() }
}

const AFTER_VALIDATORS = Buffer.concat([VALIDATORS, new Uint8Array(9).fill(255)])

function* asEntries(
  kind: number,
  range: Iterable<{ readonly key: Uint8Array; readonly value: Uint8Array }>,
): Generator<SnapshotEntry> {
  for (const { key, value } of range) yield { kind, key: plainBytes(key), value: plainBytes(value) }
}

/** What a store has to do with snapshots. */
export interface SnapshotStore {
  /** The height whose state came as a snapshot, 0 when the chain was executed from its beginning: no older block is here. */
  snapshotHeight(): bigint
  /** Everything that a snapshot of the newest state holds, as it is now. */
  readSnapshot(): SnapshotReading
  /** The state that the entries of a snapshot make. */
  stateOf(entries: readonly SnapshotEntry[]): Execution
  /** Puts a verified snapshot into a store without blocks; resolves when it is on disk. */
  installSnapshot(
    point: SnapshotPoint,
    state: { readonly execution: Execution; readonly entries: readonly SnapshotEntry[] },
  ): Promise<StateRoots>
}

/** The part of a store that makes and takes snapshots. */
export function createSnapshotStore(target: SnapshotTarget): SnapshotStore {
  return {
    snapshotHeight() {
      const bytes = readBytes(target.tables.meta, SNAPSHOT_HEIGHT)
      return bytes === undefined ? 0n : keyHeight(bytes)
    },
    readSnapshot: () => readSnapshotEntries(target.tables),
    stateOf: (entries) => stateOfEntries(target, entries),
    installSnapshot: (point, state) => writeSnapshotState(target, point, state),
  }
}

/** What a snapshot is a state of. */
export interface SnapshotPoint {
  readonly height: bigint
  /** Block time in nanoseconds. */
  readonly time: bigint
}

/** What is written where. */
interface SnapshotTarget {
  readonly suite: Suite
  readonly tables: Tables
  readonly modules: readonly string[]
}

/** The trees and roots that `entries` make; the caller compares the app hash before it writes anything. */
function stateOfEntries({ suite, modules }: SnapshotTarget, entries: readonly SnapshotEntry[]): Execution {
  const values = entries.filter(({ kind }) => kind === ENTRY.value)
  const leaves = entries.filter(({ kind }) => kind === ENTRY.leaf).map(({ value }) => value)
  return buildState(suite, modules, {
    values: (module) => {
      const place = modules.indexOf(module)
      return values
        .filter(({ key }) => key[0] === place)
        .map(({ key, value }) => ({ key: key.subarray(1), value }))
    },
    leaves,
  })
}

/** Puts a verified state into a store without blocks, in the place of what the genesis document wrote. Throws engine.home-damaged. */
async function writeSnapshotState(
  target: SnapshotTarget,
  point: SnapshotPoint,
  state: { readonly execution: Execution; readonly entries: readonly SnapshotEntry[] },
): Promise<StateRoots> {
  const { tables } = target
  if (tables.blocks.getCount() > 0) throw new EngineFailure('engine.home-damaged', { place: 'blocks' })
  await writeTogether(tables, (writer) => {
    for (const table of [tables.values, tables.nodes, tables.log]) {
      for (const key of table.getKeys()) writer.remove(table, key)
    }
    putSnapshotState({ ...target, writer }, point.height, state.execution)
    for (const { kind, key, value } of state.entries) {
      if (kind === ENTRY.place) writer.put(tables.statements, key, value)
      if (kind === ENTRY.validators) writer.put(tables.meta, key, value)
    }
    writer.put(tables.meta, NEWEST_TIME, encodeTime(point.time))
    writer.put(tables.meta, SNAPSHOT_HEIGHT, heightKey(point.height))
  })
  return state.execution.state
}
