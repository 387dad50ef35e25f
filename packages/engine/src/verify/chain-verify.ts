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
  timeSeconds,
  utf8,
  verifyCommit,
} from '@meridian/protocol'
import { type ChainConstants, chainConstantsOf } from '../chain-constants.ts'
import { buildBlock, genesisPredecessor, type Predecessor } from '../embedded/build-block.ts'
import { isEngineFailure } from '../engine-failure.ts'
import { executeBlock, executeGenesis, type OrderedStatement } from '../execute-block.ts'
import type { StateMachine } from '../state-machine.ts'
import type { BlockRecord } from '../store/block-record.ts'
import { type ChainStore, createChainStore } from '../store/chain-store.ts'
import { openStore, STORE_FOLDER, type Tables } from '../store/open-store.ts'
import { blockDifference, type Difference, outcomeDifference, tableDifference } from './differences.ts'

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
  | { readonly ok: true; readonly height: bigint; readonly logSize: number; readonly appHash: Uint8Array }
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
  const first = readOr(
    'outcome',
    () => stored.outcome(0n),
    (outcome) => outcomeDifference(outcome, genesis),
  )
  if (first !== undefined) return wrong(0n, first)
  return await walkBlocks(parts, genesisPredecessor(genesis.state.appHash))
}

/** Every block there is, also those that a running engine adds meanwhile; then the state, in the same turn of the loop. */
async function walkBlocks(parts: Walk, start: Predecessor): Promise<ChainVerdict> {
  const { options, stored, scratch } = parts
  let predecessor = start
  for (;;) {
    const head = stored.head() ?? 0n
    if (predecessor.height === head) break
    const height = predecessor.height + 1n
    const next = await verifyHeight(parts, predecessor, height)
    if ('place' in next) return wrong(height, next)
    predecessor = next
    options.onProgress?.(height, head)
  }
  const { height } = predecessor
  const state = stateDifference(parts)
  if (state !== undefined) return wrong(height, state)
  const { logSize, appHash } = scratch.committed().roots
  return { ok: true, height, logSize, appHash }
}

/** One height: the block against its predecessor, its commit, its execution. */
async function verifyHeight(
  parts: Walk,
  predecessor: Predecessor,
  height: bigint,
): Promise<Predecessor | Difference> {
  const { options, constants, stored, scratch } = parts
  const block = read(() => stored.block(height))
  if (block === undefined) return { place: 'block' }
  const rebuilt = buildBlock(options.suite, constants, predecessor, block.transactions)
  const different = blockDifference(block, rebuilt) ?? commitDifference(parts, block)
  if (different !== undefined) return different
  const transactions = block.transactions.map((bytes) => readStatement(options.suite, bytes))
  const seconds = timeSeconds(block.header.time)
  const input = { height, timeSeconds: seconds, transactions, misbehaviour: [] }
  const execution = executeBlock(options, scratch.committed(), input)
  const outcome = readOr(
    'outcome',
    () => stored.outcome(height),
    (each) => outcomeDifference(each, execution),
  )
  if (outcome !== undefined) return outcome
  const ids = transactions.map(({ statement }) => (isRefusal(statement) ? undefined : statement.id))
  await scratch.append({ block, ids, execution })
  const commit = read(() => stored.commit(height)) ?? { ...predecessor.commit, height }
  return {
    height,
    blockId: block.blockId,
    commit,
    appHash: execution.state.appHash,
    results: execution.results,
  }
}

/** The commit that is stored for a block must be one; the newest block may still be without. */
function commitDifference(parts: Walk, block: BlockRecord): Difference | undefined {
  const { options, constants, stored } = parts
  const { height } = block.header
  const commit = read(() => stored.commit(height))
  if (commit === undefined) return height === stored.head() ? undefined : { place: 'commit' }
  const { chainId, validators } = constants
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
