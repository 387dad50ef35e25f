/** The chain in lmdb: what one block adds is one transaction, so a crash leaves all of it or nothing. */
import { type Commit, type Suite, toHex } from '@meridian/protocol'
import { EngineFailure } from '../engine-failure.ts'
import type { CommittedState, Execution } from '../execute-block.ts'
import {
  type BlockRecord,
  decodeBlockRecord,
  decodeCommitRecord,
  encodeBlockRecord,
  encodeCommitRecord,
} from './block-record.ts'
import { heightKey, keyHeight, logNodeKey, moduleKey } from './keys.ts'
import { createLogReader, type LogReader } from './log-store.ts'
import { readBytes, type Table, type Tables } from './open-store.ts'
import { decodeOutcome, encodeOutcome, type Outcome } from './outcome-record.ts'
import { decodePlace, encodePlace, type Place } from './place-record.ts'
import {
  newestState,
  nodeKey,
  type OldState,
  pathBytes,
  placeOf,
  type StateReader,
  stateAt,
  UNDO,
  undoKey,
} from './state-store.ts'
import { type Before, encodeUndo } from './undo-record.ts'

/** A block, its statements' ids, and what executing it gave. */
export interface Append {
  readonly block: BlockRecord
  /** Statement id of each transaction; absent where the bytes are not a statement. */
  readonly ids: readonly (Uint8Array | undefined)[]
  readonly execution: Execution
}

/** The chain as it lies on disk. */
export interface ChainStore {
  readonly log: LogReader
  /** The newest height, 0 before the first block; undefined before the genesis state is written. */
  head(): bigint | undefined
  /** The canonical text of the genesis document. */
  genesis(): Uint8Array | undefined
  block(height: bigint): BlockRecord | undefined
  commit(height: bigint): Commit | undefined
  outcome(height: bigint): Outcome | undefined
  place(statementId: Uint8Array): Place | undefined
  /** The state after the newest block. */
  committed(): CommittedState
  /** Reads values and tree nodes of the newest state. */
  newest(): StateReader
  /** The oldest height whose state can still be proved. */
  oldestProvable(): bigint
  /** The state after an older block inside the proof window. */
  stateAt(height: bigint): OldState
  /** Writes genesis document and state; resolves when they are on disk. */
  writeGenesis(genesis: Uint8Array, execution: Execution): Promise<void>
  /** Writes a block and everything it changes; resolves when all of it is on disk. */
  append(append: Append): Promise<void>
  /** Copies the whole store, as it is at one moment, into an existing empty folder. */
  copyTo(folder: string): Promise<void>
  /** Writes the commit of the newest block, which otherwise arrives with the next one. */
  saveCommit(commit: Commit): Promise<void>
  close(): Promise<void>
}

/** How a chain is stored. */
export interface ChainStoreOptions {
  readonly suite: Suite
  readonly modules: readonly string[]
  /** Heights whose state stays provable. */
  readonly proofWindow: number
}

const META = { format: Buffer.from('format'), genesis: Buffer.from('genesis') } as const
const FORMAT = Buffer.from('meridian-ledger-store/1')

/** The chain over opened tables. */
export function createChainStore(tables: Tables, options: ChainStoreOptions): ChainStore {
  const { modules, suite } = options
  const log = createLogReader(suite, tables.log)
  const outcomeAt = (height: bigint): Outcome | undefined => {
    const bytes = readBytes(tables.outcomes, heightKey(height))
    return bytes === undefined ? undefined : decodeOutcome(bytes)
  }
  const head = (): bigint | undefined => newestHeight(tables)
  const oldestProvable = (): bigint => {
    const oldest = (head() ?? 0n) - BigInt(options.proofWindow)
    return oldest > 0n ? oldest : 0n
  }
  return {
    log,
    head,
    oldestProvable,
    genesis: () => readBytes(tables.meta, META.genesis),
    block(height) {
      const bytes = readBytes(tables.blocks, heightKey(height))
      return bytes === undefined ? undefined : decodeBlockRecord(bytes)
    },
    commit(height) {
      const bytes = readBytes(tables.commits, heightKey(height))
      return bytes === undefined ? undefined : decodeCommitRecord(bytes)
    },
    outcome: outcomeAt,
    place(statementId) {
      const bytes = readBytes(tables.statements, statementId)
      return bytes === undefined ? undefined : decodePlace(bytes)
    },
    committed() {
      const roots = outcomeAt(head() ?? 0n)?.state
      if (roots === undefined) throw new EngineFailure('engine.home-damaged', { place: 'outcomes' })
      return { ...newestState(tables, modules), roots, frontier: log.frontier(roots.logSize) }
    },
    newest: () => newestState(tables, modules),
    stateAt: (height) => stateAt(tables, modules, { height, head: head() ?? 0n }),
    writeGenesis: (genesis, execution) =>
      inOneTransaction(tables, () => {
        void tables.meta.put(META.format, FORMAT)
        void tables.meta.put(META.genesis, genesis)
        putExecution(tables, modules, { height: 0n, execution, undo: false })
      }),
    append: ({ block, ids, execution }) =>
      inOneTransaction(tables, () => {
        const { height } = block.header
        void tables.blocks.put(heightKey(height), encodeBlockRecord(block))
        if (height > 1n) void tables.commits.put(heightKey(height - 1n), encodeCommitRecord(block.lastCommit))
        putPlaces(tables, height, { ids, execution })
        putExecution(tables, modules, { height, execution, undo: true })
        forgetUndo(tables, height - BigInt(options.proofWindow))
      }),
    saveCommit: (commit) =>
      inOneTransaction(tables, () => {
        void tables.commits.put(heightKey(commit.height), encodeCommitRecord(commit))
      }),
    async copyTo(folder) {
      try {
        await tables.root.backup(folder, true)
      } catch (error) {
        throw new EngineFailure('engine.storage', {}, error)
      }
    },
    close: () => tables.root.close(),
  }
}

function newestHeight(tables: Tables): bigint | undefined {
  for (const key of tables.outcomes.getKeys({ reverse: true, limit: 1 })) return keyHeight(key)
  return undefined
}

/** PERF: the writes are handed to lmdb's own thread in one batch, which is one transaction; this thread goes on. */
async function inOneTransaction(tables: Tables, write: () => void): Promise<void> {
  try {
    await tables.root.batch(write)
  } catch (error) {
    throw new EngineFailure('engine.storage', {}, error)
  }
}

interface ExecutionAt {
  readonly height: bigint
  readonly execution: Execution
  readonly undo: boolean
}

function putExecution(tables: Tables, modules: readonly string[], at: ExecutionAt): void {
  const { execution } = at
  const height = heightKey(at.height)
  const outcome = { results: execution.results, state: execution.state }
  void tables.outcomes.put(height, encodeOutcome(outcome))
  for (const { level, index, hash } of execution.logNodes) void tables.log.put(logNodeKey(level, index), hash)
  const before: Before[] = []
  for (const changes of execution.modules) {
    const place = placeOf(modules, changes.module)
    for (const { name, before: old, after } of changes.values) {
      before.push({ key: undoKey(UNDO.value, place, name), value: old })
      set(tables.values, moduleKey(place, name), after)
    }
    for (const { name, before: old, after } of changes.nodes) {
      before.push({ key: undoKey(UNDO.node, place, pathBytes(name)), value: old })
      set(tables.nodes, nodeKey(place, name), after)
    }
  }
  if (at.undo && before.length > 0) void tables.undo.put(height, encodeUndo(before))
}

function set(table: Table, key: Uint8Array, value: Uint8Array | undefined): void {
  if (value === undefined) void table.remove(key)
  else void table.put(key, value)
}

/** Where each statement stands. Bytes that come twice keep their first place. */
function putPlaces(tables: Tables, height: bigint, append: Pick<Append, 'ids' | 'execution'>): void {
  const { ids, execution } = append
  const placed = new Set<string>()
  for (const [index, id] of ids.entries()) {
    if (id === undefined) continue
    const name = toHex(id)
    const isRefused = execution.results[index] !== undefined
    if (placed.has(name) || (isRefused && readBytes(tables.statements, id) !== undefined)) continue
    placed.add(name)
    void tables.statements.put(id, encodePlace({ height, index, logIndex: execution.logIndexes[index] }))
  }
}

function forgetUndo(tables: Tables, height: bigint): void {
  if (height > 0n) void tables.undo.remove(heightKey(height))
}
