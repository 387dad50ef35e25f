/**
 * Walks a whole chain offline: rebuilds every block from the one before, executes it through the state machine into a
 * scratch store, checks every signature and compares everything that is stored. Names the first wrong height, what is wrong
 * there, and the module.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  decodeStatement,
  encodeGenesis,
  equalBytes,
  type GenesisDocument,
  isRefusal,
  type Suite,
  sortValidators,
  timeSeconds,
  utf8,
  type Validator,
  validatorsHash,
  verifyCommit,
} from '@meridian/protocol'
import { type ChainConstants, chainConstantsOf } from '../chain-constants.ts'
import { type ConsensusFacts, consensusFacts } from '../consensus-facts.ts'
import { genesisPredecessor, type Predecessor } from '../embedded/build-block.ts'
import { isEngineFailure } from '../engine-failure.ts'
import { type Execution, executeBlock, executeGenesis, type OrderedStatement } from '../execute-block.ts'
import type { StateMachine } from '../state-machine.ts'
import type { BlockRecord } from '../store/block-record.ts'
import { type ChainStore, createChainStore } from '../store/chain-store.ts'
import { openStore, STORE_FOLDER, type Tables } from '../store/open-store.ts'
import { blockDifference, type Difference, outcomeDifference, tableDifference } from './differences.ts'
import { expectedBlock } from './expected-block.ts'

/** What is verified, and with what. */
export interface ChainVerifyOptions {
  /** The ledger directory. It is only read. */
  readonly directory: string
  readonly genesis: GenesisDocument
  /** The rules, made for this genesis document. */
  readonly machine: StateMachine
  readonly suite: Suite
  /** Told after every height. */
  readonly onProgress?: (height: bigint, head: bigint) => void
}

/** The verdict. */
export type ChainVerdict =
  | {
      readonly ok: true
      readonly height: bigint
      readonly logSize: number
      readonly appHash: Uint8Array
      /** False when a newer block was executed whose header is not stored yet: then only the chain was compared. */
      readonly stateCompared: boolean
    }
  | ({ readonly ok: false; readonly height: bigint } & Difference)

/** A home and the scratch store in which its blocks are executed again. */
interface Walk {
  readonly options: ChainVerifyOptions
  readonly constants: ChainConstants
  readonly tables: Tables
  readonly stored: ChainStore
  readonly scratchTables: Tables
  readonly scratch: ChainStore
}

/** Verifies the chain in a home. Throws engine.storage when it cannot be opened; damage is a verdict, not a failure. */
export async function verifyChain(options: ChainVerifyOptions): Promise<ChainVerdict> {
  const { suite, machine } = options
  const folder = mkdtempSync(join(tmpdir(), 'meridian-verify-'))
  const storeOptions = { suite, modules: machine.modules, proofWindow: 1 }
  const tables = openStore(join(options.directory, STORE_FOLDER), { readOnly: true })
  const scratchTables = openStore(folder, { scratch: true })
  const stored = createChainStore(tables, storeOptions)
  const scratch = createChainStore(scratchTables, storeOptions)
  try {
    const constants = chainConstantsOf(suite, options.genesis)
    return await walk({ options, constants, tables, stored, scratchTables, scratch })
  } finally {
    await stored.close()
    await scratch.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function walk(parts: Walk): Promise<ChainVerdict> {
  const { options, stored, scratch } = parts
  const genesis = executeGenesis(options)
  const text = utf8(encodeGenesis(options.genesis))
  await scratch.writeGenesis(text, genesis)
  if (stored.head() === undefined || !equalBytes(stored.genesis() ?? new Uint8Array(), text)) {
    return wrong(0n, { place: 'genesis' })
  }
  // What led to the state of a snapshot is not here, so it cannot be executed again.
  if (stored.snapshotHeight() > 0n) return wrong(stored.snapshotHeight(), { place: 'snapshot' })
  const first = readOr(
    'outcome',
    () => stored.outcome(0n),
    (outcome) => outcomeDifference(outcome, genesis),
  )
  if (first !== undefined) return wrong(0n, first)
  const { validators } = parts.constants
  return await walkBlocks(parts, {
    ...genesisPredecessor(genesis.state.appHash),
    facts: consensusFacts(options.machine, genesis.after, parts.constants),
    validators: [validators, validators, validators],
  })
}

/** What a height hands to the next one: the block, and what state and the heights before say about it. */
interface Step extends Predecessor {
  readonly facts: ConsensusFacts
  /** Of this height and of the two that follow. */
  readonly validators: readonly [readonly Validator[], readonly Validator[], readonly Validator[]]
}

/** Every block there is, also those that a running engine adds meanwhile; then the state, in the same turn of the loop. */
async function walkBlocks(parts: Walk, start: Step): Promise<ChainVerdict> {
  const { options, stored, scratch } = parts
  let step = start
  for (;;) {
    const last = stored.completed()
    if (step.height === last) break
    const height = step.height + 1n
    const next = await verifyHeight(parts, step, height)
    if ('place' in next) return wrong(height, next)
    step = next
    options.onProgress?.(height, last)
  }
  const { height } = step
  const stateCompared = stored.head() === height
  const state = stateCompared ? stateDifference(parts) : undefined
  if (state !== undefined) return wrong(height, state)
  const { logSize, appHash } = scratch.committed().roots
  return { ok: true, height, logSize, appHash, stateCompared }
}

/** One height: the block against its predecessor, its commit, its execution. */
async function verifyHeight(parts: Walk, last: Step, height: bigint): Promise<Step | Difference> {
  const { options, stored, scratch } = parts
  // The commit of the block before came with this one, perhaps after that one was looked at.
  const before = { ...last, commit: read(() => stored.commit(height - 1n)) ?? last.commit }
  const block = read(() => stored.block(height))
  if (block === undefined) return { place: 'block' }
  const misbehaviour = read(() => stored.misbehaviour(height)) ?? []
  const different =
    blockDifference(block, rebuilt(parts, before, block, misbehaviour.length > 0)) ??
    validatorsDifference(parts, before, height) ??
    commitDifference(parts, before, block)
  if (different !== undefined) return different
  const transactions = block.transactions.map((bytes) => readStatement(options.suite, bytes))
  const input = { height, timeSeconds: timeSeconds(block.header.time), transactions, misbehaviour }
  const execution = executeBlock(options, scratch.committed(), input)
  const outcome = readOr(
    'outcome',
    () => stored.outcome(height),
    (each) => outcomeDifference(each, execution),
  )
  if (outcome !== undefined) return outcome
  const next = nextStep(parts, before, block, execution)
  const ids = transactions.map(({ statement }) => (isRefusal(statement) ? undefined : statement.id))
  await scratch.append({ block, ids, execution })
  return next
}

function rebuilt(parts: Walk, before: Step, stored: BlockRecord, hasEvidence: boolean): BlockRecord {
  const { constants, options } = parts
  const expected = { constants, predecessor: before, ...before, hasEvidence }
  return expectedBlock(options.suite, expected, stored)
}

function nextStep(parts: Walk, before: Step, block: BlockRecord, execution: Execution): Step {
  const { options, constants } = parts
  const { height } = block.header
  const { machine, suite } = options
  const [, ordering, next] = before.validators
  return {
    height,
    blockId: block.blockId,
    commit: before.commit,
    appHash: execution.state.appHash,
    results: execution.results,
    facts: consensusFacts(machine, execution.after, constants),
    validators: [ordering, next, sortValidators(suite, machine.validators(execution.after))],
  }
}

/** The set that the store names for a height is the one that state asked for two heights before. */
function validatorsDifference(parts: Walk, before: Step, height: bigint): Difference | undefined {
  const stored = read(() => parts.stored.validatorsAt(height)) ?? parts.constants.validators
  const [, ordering] = before.validators
  const { suite } = parts.options
  return equalBytes(validatorsHash(suite, stored), validatorsHash(suite, ordering))
    ? undefined
    : { place: 'validators' }
}

/** The commit that is stored for a block must be one; the newest block may still be without. */
function commitDifference(parts: Walk, before: Step, block: BlockRecord): Difference | undefined {
  const { options, constants, stored } = parts
  const { height } = block.header
  const commit = read(() => stored.commit(height))
  if (commit === undefined) return height === stored.completed() ? undefined : { place: 'commit' }
  const { chainId } = constants
  const [, validators] = before.validators
  const counted = verifyCommit(options.suite, { chainId, height, blockId: block.blockId, validators }, commit)
  return isRefusal(counted) ? { place: 'commit' } : undefined
}

/** What stands beside the chain: the state itself, its tree, the log and the index of statements. */
function stateDifference({ options, tables, scratchTables }: Walk): Difference | undefined {
  const { modules } = options.machine
  const compare = (place: 'values' | 'nodes' | 'log' | 'statements', names?: readonly string[]) =>
    tableDifference(place, { stored: tables[place], executed: scratchTables[place] }, names)
  return compare('values', modules) ?? compare('nodes', modules) ?? compare('log') ?? compare('statements')
}

function readStatement(suite: Suite, bytes: Uint8Array): OrderedStatement {
  return { bytes, statement: decodeStatement(suite, bytes) }
}

/** What does not decode is as good as missing. */
function read<T>(from: () => T | undefined): T | undefined {
  try {
    return from()
  } catch (error) {
    if (isEngineFailure(error)) return undefined
    throw error
  }
}

function readOr<T>(
  place: string,
  from: () => T | undefined,
  compare: (value: T) => Difference | undefined,
): Difference | undefined {
  const value = read(from)
  return value === undefined ? { place } : compare(value)
}

function wrong(height: bigint, difference: Difference): ChainVerdict {
  return { ok: false, height, ...difference }
}
