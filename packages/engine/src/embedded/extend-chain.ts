/** One step of the embedded chain: propose, execute, store, sign. Each step can be repeated after a crash or a full disk. */
import { equalBytes, isRefusal, type Signer, type Suite, timeSeconds } from '@meridian/protocol'
import type { ChainConstants } from '../chain-constants.ts'
import type { Clock } from '../clock.ts'
import { consensusFacts } from '../consensus-facts.ts'
import {
  type CommittedState,
  type Execution,
  executeBlock,
  type Machinery,
  type OrderedStatement,
} from '../execute-block.ts'
import type { BlockRecord } from '../store/block-record.ts'
import type { ChainStore } from '../store/chain-store.ts'
import { buildBlock, type Predecessor } from './build-block.ts'
import { signBlock } from './sign-block.ts'
import type { SigningState } from './signing-state.ts'

/** What a chain is made of. */
export interface ChainParts extends Machinery {
  readonly suite: Suite
  readonly constants: ChainConstants
  readonly store: ChainStore
  readonly guard: SigningState
  readonly signer: Signer
  readonly clock: Clock
}

/** The newest signed block, what may still have to be signed, and the state after it. */
export interface ChainPosition {
  /** The newest signed block, or the genesis document. */
  readonly signed: Predecessor
  /** Nanoseconds since 1970 of the newest signed block; the genesis time before the first. */
  readonly time: bigint
  /** The app hash in the newest signed header. */
  readonly signedAppHash: Uint8Array
  /** A block that is stored and not yet signed, with the state after it. */
  readonly unsigned: UnsignedBlock | undefined
  /** The state after the newest stored block. */
  readonly state: CommittedState
}

/** A block on disk without a commit. */
export interface UnsignedBlock {
  readonly block: BlockRecord
  readonly appHash: Uint8Array
  readonly results: Predecessor['results']
}

/** Whether a block has yet to carry the hash of the newest state, so that the state is signed. */
export function hasUnsignedState(position: ChainPosition): boolean {
  return position.unsigned !== undefined || !equalBytes(position.signedAppHash, position.signed.appHash)
}

/** Stores the next block over a position whose blocks are all signed. Effects: one store transaction. */
export async function storeNext(
  parts: ChainParts,
  position: ChainPosition,
  transactions: readonly OrderedStatement[],
): Promise<ChainPosition> {
  const bytes = transactions.map((transaction) => transaction.bytes)
  const facts = consensusFacts(parts.machine, position.state.view, parts.constants)
  const block = buildBlock(parts.suite, { ...parts.constants, facts }, position.signed, bytes)
  const { height, time } = block.header
  const execution = executeBlock(parts, position.state, {
    height,
    timeSeconds: timeSeconds(time),
    transactions,
    misbehaviour: [],
  })
  await parts.store.append({ block, ids: transactions.map(idOf), execution })
  return {
    ...position,
    unsigned: { block, appHash: execution.state.appHash, results: execution.results },
    state: stateAfter(parts, execution),
  }
}

/** Signs the stored block. Effects: the guard's file. */
export async function signStored(
  parts: ChainParts,
  position: ChainPosition,
  unsigned: UnsignedBlock,
): Promise<ChainPosition> {
  const { block, appHash, results } = unsigned
  const validating = { ...parts, chainId: parts.constants.chainId }
  const commit = await signBlock(validating, block, parts.clock.nowMs())
  return {
    signed: { height: block.header.height, blockId: block.blockId, commit, appHash, results },
    time: block.header.time,
    signedAppHash: block.header.appHash,
    unsigned: undefined,
    state: position.state,
  }
}

function idOf({ statement }: OrderedStatement): Uint8Array | undefined {
  return isRefusal(statement) ? undefined : statement.id
}

function stateAfter(parts: ChainParts, execution: Execution): CommittedState {
  const { view, nodes } = parts.store.newest()
  return { view, nodes, roots: execution.state, frontier: execution.frontier }
}
