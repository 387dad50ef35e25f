/** Everything that one block adds to the store and changes in it, as writes of one transaction. */
import type { Commit, Validator } from '@meridian/protocol'
import { byteName } from '../byte-name.ts'
import type { Execution, ModuleChanges } from '../execute-block.ts'
import type { Misbehaviour } from '../state-machine.ts'
import { type BlockRecord, encodeBlockRecord, encodeCommitRecord } from './block-record.ts'
import {
  encodeMisbehaviour,
  encodeTime,
  encodeValidators,
  misbehaviourKey,
  NEWEST_TIME,
  validatorsKey,
} from './decided-record.ts'
import { heightKey, logNodeKey, moduleKey } from './keys.ts'
import { readBytes, type Table, type Tables } from './open-store.ts'
import { encodeOutcome } from './outcome-record.ts'
import { encodePlace } from './place-record.ts'
import { nodeKey, pathBytes, placeOf, UNDO, undoKey } from './state-store.ts'
import { type Before, encodeUndo } from './undo-record.ts'
import type { StoreWriter } from './write-together.ts'

/** A block, its statements' ids, and what executing it gave. */
export interface AddedBlock {
  readonly block: BlockRecord
  /** Statement id of each transaction; absent where the bytes are not a statement. */
  readonly ids: readonly (Uint8Array | undefined)[]
  readonly execution: Execution
}

/** What executing a block gave, when its header and commit are not at hand yet. */
export interface ExecutedBlock extends Omit<AddedBlock, 'block'> {
  readonly height: bigint
  /** Block time in nanoseconds since 1970. */
  readonly time: bigint
  readonly misbehaviour: readonly Misbehaviour[]
  /** The validators from height + 2 on, sorted; absent when they stay as they were. */
  readonly validators: readonly Validator[] | undefined
}

type Executed = Pick<ExecutedBlock, 'height' | 'ids' | 'execution'>

/** Where the writes go, and how the modules are numbered there. */
export interface Target {
  readonly writer: StoreWriter
  readonly tables: Tables
  readonly modules: readonly string[]
}

/** The state of the genesis document: height 0, which has no block and nothing before it. */
export function putGenesisState(target: Target, execution: Execution): void {
  putSnapshotState(target, 0n, execution)
}

/** The state after a block that is not stored here. */
export function putSnapshotState(target: Target, height: bigint, execution: Execution): void {
  putOutcome(target, height, execution)
  for (const changes of execution.modules) putModule(target, changes)
}

/** A block with its outcome, its statements' places, and a reverse diff of what it changed. */
export function putBlock(target: Target, added: AddedBlock): void {
  putBlockRecord(target, added.block)
  putExecution(target, { ...added, height: added.block.header.height })
}

/** A block as it was decided, and the commit of the one before. */
export function putBlockRecord({ writer, tables }: Target, block: BlockRecord): void {
  const { height } = block.header
  writer.put(tables.blocks, heightKey(height), encodeBlockRecord(block))
  if (height > 1n) {
    writer.put(tables.commits, heightKey(height - 1n), encodeCommitRecord(block.lastCommit))
  }
}

/** The commit that stands for the newest block until the next one brings its own. */
export function putCommit({ writer, tables }: Target, commit: Commit): void {
  writer.put(tables.commits, heightKey(commit.height), encodeCommitRecord(commit))
}

/** What executing a block gave, and what only its execution was told. */
export function putExecutedBlock(target: Target, executed: ExecutedBlock): void {
  const { writer, tables } = target
  const { height, time, misbehaviour, validators } = executed
  putExecution(target, executed)
  writer.put(tables.meta, NEWEST_TIME, encodeTime(time))
  if (misbehaviour.length > 0)
    writer.put(tables.meta, misbehaviourKey(height), encodeMisbehaviour(misbehaviour))
  if (validators !== undefined)
    writer.put(tables.meta, validatorsKey(height + 2n), encodeValidators(validators))
}

function putExecution(target: Target, added: Executed): void {
  const { writer, tables } = target
  const { height, execution } = added
  putOutcome(target, height, execution)
  putPlaces(target, added)
  const before = execution.modules.flatMap((changes) => putModule(target, changes))
  if (before.length > 0) writer.put(tables.undo, heightKey(height), encodeUndo(before))
}

function putOutcome({ writer, tables }: Target, height: bigint, execution: Execution): void {
  const { results, state, logNodes } = execution
  writer.put(tables.outcomes, heightKey(height), encodeOutcome({ results, state }))
  for (const { level, index, hash } of logNodes) writer.put(tables.log, logNodeKey(level, index), hash)
}

/** Where each statement stands. Bytes that come twice keep their first place. */
function putPlaces({ writer, tables }: Target, { height, ids, execution }: Executed): void {
  const placed = new Set<string>()
  for (const [index, id] of ids.entries()) {
    if (id === undefined) continue
    const name = byteName(id)
    const isRefused = execution.results[index] !== undefined
    if (placed.has(name) || (isRefused && readBytes(tables.statements, id) !== undefined)) continue
    placed.add(name)
    const place = { height, index, logIndex: execution.logIndexes[index] }
    writer.put(tables.statements, id, encodePlace(place))
  }
}

/** Values and tree nodes of one module; answers what they were. */
function putModule({ writer, tables, modules }: Target, changes: ModuleChanges): Before[] {
  const before: Before[] = []
  const place = placeOf(modules, changes.module)
  for (const value of changes.values) {
    before.push({ key: undoKey(UNDO.value, place, value.name), value: value.before })
    set(writer, tables.values, { key: moduleKey(place, value.name), value: value.after })
  }
  for (const node of changes.nodes) {
    before.push({ key: undoKey(UNDO.node, place, pathBytes(node.name)), value: node.before })
    set(writer, tables.nodes, { key: nodeKey(place, node.name), value: node.after })
  }
  return before
}

function set(writer: StoreWriter, table: Table, { key, value }: Before): void {
  if (value === undefined) writer.remove(table, key)
  else writer.put(table, key, value)
}
