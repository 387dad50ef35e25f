/** The chain in lmdb: what one block adds is one transaction, so a crash leaves all of it or nothing. */
import type { Commit, Suite, Validator } from '@meridian/protocol'
import { EngineFailure } from '../engine-failure.ts'
import type { CommittedState, Execution } from '../execute-block.ts'
import type { Misbehaviour } from '../state-machine.ts'
import { type BlockRecord, decodeBlockRecord, decodeCommitRecord } from './block-record.ts'
import {
  decodeMisbehaviour,
  decodeTime,
  decodeValidators,
  misbehaviourKey,
  NEWEST_TIME,
  validatorsKey,
} from './decided-record.ts'
import { heightKey, keyHeight } from './keys.ts'
import { createLogReader, type LogReader } from './log-store.ts'
import { plainBytes, readBytes, type Table, type Tables } from './open-store.ts'
import { decodeOutcome, type Outcome } from './outcome-record.ts'
import { decodePlace, type Place } from './place-record.ts'
import {
  type AddedBlock,
  type ExecutedBlock,
  putBlock,
  putBlockRecord,
  putCommit,
  putExecutedBlock,
  putGenesisState,
  type Target,
} from './put-block.ts'
import { createSnapshotStore, type SnapshotStore } from './snapshot-entries.ts'
import { newestState, type OldState, type StateReader, stateAt } from './state-store.ts'
import { writeTogether } from './write-together.ts'

/** The chain as it lies on disk. */
export interface ChainStore extends SnapshotStore {
  readonly log: LogReader
  /** The newest executed height, 0 before the first block; undefined before the genesis state is written. */
  head(): bigint | undefined
  /** The newest height whose block is stored, 0 before the first; the embedded engine's is the head. */
  completed(): bigint
  /** Block time of the newest executed block in nanoseconds; undefined when `append` wrote it. */
  newestTime(): bigint | undefined
  /** The validators of a height, sorted; undefined while they are those of the genesis document. */
  validatorsAt(height: bigint): readonly Validator[] | undefined
  /** What the block at `height` proved against validators. */
  misbehaviour(height: bigint): readonly Misbehaviour[]
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
  append(added: AddedBlock): Promise<void>
  /** Writes what executing a block gave, before its header and commit are at hand; resolves when it is on disk. */
  appendExecuted(executed: ExecutedBlock): Promise<void>
  /** Adds executed blocks as they were decided, in order, and the commit of the last; resolves when they are on disk. */
  complete(blocks: readonly BlockRecord[], commit: Commit): Promise<void>
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
  const head = (): bigint | undefined => newestIn(tables.outcomes)
  const snapshots = createSnapshotStore({ suite, tables, modules })
  const oldestProvable = (): bigint => {
    const oldest = (head() ?? 0n) - BigInt(options.proofWindow)
    const first = snapshots.snapshotHeight()
    return oldest > first ? oldest : first
  }
  const append = (height: bigint, put: (target: Target) => void): Promise<void> =>
    writeTogether(tables, (writer) => {
      put({ writer, tables, modules })
      const forgotten = height - BigInt(options.proofWindow)
      if (forgotten > 0n) writer.remove(tables.undo, heightKey(forgotten))
    })
  return {
    log,
    head,
    ...snapshots,
    completed: () => newestIn(tables.blocks) ?? 0n,
    newestTime: () => newestTime(tables),
    validatorsAt: (height) => validatorsAt(tables, height),
    misbehaviour: (height) => misbehaviourAt(tables, height),
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
      writeTogether(tables, (writer) => {
        writer.put(tables.meta, META.format, FORMAT)
        writer.put(tables.meta, META.genesis, genesis)
        putGenesisState({ writer, tables, modules }, execution)
      }),
    append: (added) => append(added.block.header.height, (target) => putBlock(target, added)),
    appendExecuted: (executed) => append(executed.height, (target) => putExecutedBlock(target, executed)),
    complete: (blocks, commit) =>
      writeTogether(tables, (writer) => {
        for (const block of blocks) putBlockRecord({ writer, tables, modules }, block)
        putCommit({ writer, tables, modules }, commit)
      }),
    saveCommit: (commit) => writeTogether(tables, (writer) => putCommit({ writer, tables, modules }, commit)),
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

function newestIn(table: Table): bigint | undefined {
  for (const key of table.getKeys({ reverse: true, limit: 1 })) return keyHeight(key)
  return undefined
}

function newestTime(tables: Tables): bigint | undefined {
  const bytes = readBytes(tables.meta, NEWEST_TIME)
  return bytes === undefined ? undefined : decodeTime(bytes)
}

function misbehaviourAt(tables: Tables, height: bigint): readonly Misbehaviour[] {
  const bytes = readBytes(tables.meta, misbehaviourKey(height))
  return bytes === undefined ? [] : decodeMisbehaviour(bytes)
}

function validatorsAt(tables: Tables, height: bigint): readonly Validator[] | undefined {
  const range = { start: validatorsKey(height), end: validatorsKey(0n), reverse: true, limit: 1 }
  for (const { value } of tables.meta.getRange(range)) return decodeValidators(plainBytes(value))
  return undefined
}
