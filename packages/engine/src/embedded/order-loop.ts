/**
 * The loop that makes blocks: as long as statements wait, or the newest state is unsigned, or the clock is due. Then it
 * rests. Many statements that arrive while one block is being written go into the next one together.
 */
import { statementBytes } from '../chain-constants.ts'
import { consensusFacts } from '../consensus-facts.ts'
import { EngineFailure, isEngineFailure } from '../engine-failure.ts'
import type { OrderedStatement } from '../execute-block.ts'
import {
  type ChainParts,
  type ChainPosition,
  hasUnsignedState,
  signStored,
  storeNext,
} from './extend-chain.ts'
import type { Waiting, WaitingRoom } from './waiting-room.ts'

/** How often blocks are made without work, and when the clock counts as stale. */
export interface OrderSettings {
  /** A block is made when the newest one is this old, so that block time stays near the clock. */
  readonly blockIntervalMs: number
  /** When work arrives and the last vote is older than this, an empty block sets the clock first. */
  readonly staleClockMs: number
}

/** The loop, from outside. */
export interface OrderLoop {
  position(): ChainPosition
  /** Nothing waits, nothing is being made and the newest state is signed. */
  isIdle(): boolean
  /** Why the loop will never go on; undefined while it may. */
  halted(): EngineFailure | undefined
  /** Looks whether there is something to do. */
  wake(): void
  /** Resolves when the block in hand is finished; no further one is begun. */
  stop(): Promise<void>
}

/** What the loop needs. */
export interface OrderParts extends ChainParts {
  readonly room: WaitingRoom
  readonly settings: OrderSettings
  /** Told of every block that has been signed. */
  readonly onBlock: () => void
}

/** A failed disk is tried again after this long, or at the next statement. */
const RETRY_MS = 1_000

const NANOS_PER_MS = 1_000_000n

/** Starts at `start`, resting until it is woken. */
export function createOrderLoop(parts: OrderParts, start: ChainPosition): OrderLoop {
  let position = start
  let running: Promise<void> | undefined
  let isStopping = false
  let isClockDue = false
  let halted: EngineFailure | undefined
  let cancelAlarm = (): void => {}
  let carried: Ordered | undefined

  const hasWork = (): boolean => {
    const mustFinish = hasUnsignedState(position) || (carried !== undefined && carried.taken.length > 0)
    return mustFinish || (!isStopping && (parts.room.size > 0 || isClockDue))
  }

  async function run(): Promise<void> {
    try {
      while (hasWork()) await step()
      if (position.signed.height > 0n) await parts.store.saveCommit(position.signed.commit)
      setAlarm(parts.settings.blockIntervalMs)
    } catch (error) {
      halted = haltingFailure(error, parts, position)
      carried = undefined
      parts.room.failAll(halted ?? error)
      if (halted === undefined) setAlarm(RETRY_MS)
    }
  }

  async function step(): Promise<void> {
    const taken = takeStatements(parts, position, isStopping)
    if (position.unsigned === undefined) position = await storeNext(parts, position, taken.map(orderedOf))
    if (position.unsigned !== undefined) position = await signStored(parts, position, position.unsigned)
    isClockDue = false
    // This header carries the state after the block before, so now its statements can be proved.
    if (carried !== undefined) settle(parts.room, carried)
    carried = { taken, height: position.signed.height, results: position.signed.results }
    parts.onBlock()
  }

  function setAlarm(delayMs: number): void {
    if (isStopping) return
    cancelAlarm = parts.clock.after(delayMs, () => {
      isClockDue = true
      wake()
    })
  }

  function wake(): void {
    if (running !== undefined || halted !== undefined || !hasWork()) return
    cancelAlarm()
    running = run().finally(() => {
      running = undefined
      // What arrived between the last look and here has nobody else to wake for it.
      if (parts.room.size > 0) wake()
    })
  }

  async function stop(): Promise<void> {
    isStopping = true
    cancelAlarm()
    await running
  }

  return {
    position: () => position,
    isIdle: () => running === undefined && !hasWork(),
    halted: () => halted,
    wake,
    stop,
  }
}

/** None while a stored block has to be signed first, while the clock has to be set first, or at the end. */
function takeStatements(parts: OrderParts, position: ChainPosition, isStopping: boolean): readonly Waiting[] {
  if (isStopping || position.unsigned !== undefined || isClockStale(parts, position)) return []
  const { maxBlockBytes } = consensusFacts(parts.machine, position.state.view, parts.constants)
  return parts.room.take(statementBytes(maxBlockBytes))
}

/** The time of the next block is the time of the last vote, which after a rest is long ago. */
function isClockStale(parts: OrderParts, position: ChainPosition): boolean {
  const lastVote = position.signed.commit.signatures[0]?.time ?? parts.constants.genesisTime
  const now = BigInt(Math.floor(parts.clock.nowMs())) * NANOS_PER_MS
  return now - lastVote > BigInt(parts.settings.staleClockMs) * NANOS_PER_MS
}

function orderedOf({ statement }: Waiting): OrderedStatement {
  return { bytes: statement.bytes, statement }
}

/** A block's statements whose answers wait until the next header has signed what they did. */
interface Ordered {
  readonly taken: readonly Waiting[]
  readonly height: bigint
  readonly results: ChainPosition['signed']['results']
}

function settle(room: WaitingRoom, { taken, height, results }: Ordered): void {
  room.release(taken)
  for (const [i, waiting] of taken.entries()) {
    waiting.settle(results[i] ?? { statementId: waiting.statement.id, height })
  }
}

/** A full disk may heal; anything else, or a store that is not where this process believes it is, must not go on. */
function haltingFailure(
  error: unknown,
  parts: OrderParts,
  position: ChainPosition,
): EngineFailure | undefined {
  const believed = position.unsigned?.block.header.height ?? position.signed.height
  const isStorage = isEngineFailure(error) && error.code === 'engine.storage'
  if (isEngineFailure(error) && error.code === 'engine.unsupported-version') return error
  return isStorage && parts.store.head() === believed
    ? undefined
    : new EngineFailure('engine.halted', { height: believed.toString() }, error)
}
