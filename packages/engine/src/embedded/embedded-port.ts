/** The port of the embedded engine: admission in front of the loop, answers from the store. */
import {
  decodeStatement,
  type GenesisDocument,
  isRefusal,
  type Refusal,
  refuse,
  type Statement,
  type Suite,
  timeSeconds,
} from '@meridian/protocol'
import type { BlockFeed } from '../block-feed.ts'
import type { ChainConstants } from '../chain-constants.ts'
import type { Clock } from '../clock.ts'
import type { Engine, EngineStatus, Located, Submitted } from '../engine.ts'
import { EngineFailure } from '../engine-failure.ts'
import { followBlocks } from '../follow-blocks.ts'
import type { SignatureVerifier } from '../signatures/signature-verifier.ts'
import type { StateMachine } from '../state-machine.ts'
import { createChainReader, locateStored } from '../store/chain-reader.ts'
import type { ChainStore } from '../store/chain-store.ts'
import { copyStore } from '../store/copy-store.ts'
import type { OrderLoop } from './order-loop.ts'
import type { WaitingRoom } from './waiting-room.ts'

/** What the port stands on. */
export interface PortParts {
  readonly suite: Suite
  readonly machine: StateMachine
  readonly genesis: GenesisDocument
  readonly constants: ChainConstants
  readonly store: ChainStore
  readonly clock: Clock
  readonly room: WaitingRoom
  readonly feed: BlockFeed
  readonly loop: OrderLoop
  readonly settings: { readonly maxWaiting: number }
  readonly verifyAhead: SignatureVerifier['verifyAhead'] | undefined
  /** Ends the loop and releases the home. */
  readonly close: () => Promise<void>
}

interface OpenParts extends PortParts {
  /** Aborts when the engine closes. */
  readonly closing: AbortSignal
}

/** The port, and what only an engine with its own store can do. */
export interface EmbeddedEngine extends Engine {
  /**
   * Copies the chain, as it is at one moment, into the ledger directory `directory`, which must not exist. The signing state
   * is left out: whoever restores the copy must not sign with it. Throws engine.storage.
   */
  backup(directory: string): Promise<void>
  /** Why this node has stopped for good; undefined while it goes on. */
  halted(): EngineFailure | undefined
}

/** The engine. */
export function createEmbeddedPort(parts: PortParts): EmbeddedEngine {
  const { constants, loop } = parts
  const reader = createChainReader({
    suite: parts.suite,
    store: parts.store,
    modules: parts.machine.modules,
    validators: constants.validators,
    head: () => loop.position().signed,
  })
  const closing = new AbortController()
  const open = { ...parts, closing: closing.signal }
  let closed: Promise<void> | undefined
  return {
    chainId: constants.chainId,
    genesisHash: constants.genesisHash,
    genesis: parts.genesis,
    ...reader,
    submit: (bytes) => submit(open, bytes),
    status: () => statusOf(parts),
    follow: (fromHeight, signal) =>
      followBlocks(parts, reader, { fromHeight, signal: AbortSignal.any([signal, closing.signal]) }),
    backup: (directory) => backup(parts, directory),
    halted: loop.halted,
    close() {
      closing.abort()
      closed ??= parts.close()
      return closed
    },
  }
}

async function backup({ store, loop }: PortParts, directory: string): Promise<void> {
  const { signed } = loop.position()
  // The copy can prove its newest block only when its commit is in it.
  if (signed.height > 0n) await store.saveCommit(signed.commit)
  await copyStore(store, directory)
}

async function submit(parts: OpenParts, bytes: Uint8Array): Promise<Refusal | Submitted> {
  const statement = decodeStatement(parts.suite, bytes)
  if (isRefusal(statement)) return statement
  await verifyAhead(parts, statement)
  const halted = parts.loop.halted()
  if (halted !== undefined) throw halted
  if (parts.closing.aborted) throw new EngineFailure('engine.closed')
  const waiting = parts.room.find(statement.id)
  if (waiting !== undefined) return await waiting.answer
  const place = locateStored(parts.store, statement.id)
  if (place !== undefined) return await answerOf(parts, place, statement)
  const refusal = admit(parts, statement)
  if (refusal !== undefined) return refusal
  const { answer } = parts.room.add(statement)
  parts.loop.wake()
  return await answer
}

async function verifyAhead(parts: PortParts, statement: Statement): Promise<void> {
  if (parts.verifyAhead === undefined || isFull(parts)) return
  const publicKey = parts.machine.signingKey?.(parts.loop.position().state.view, statement)
  if (publicKey === undefined) return
  await parts.verifyAhead({ publicKey, message: statement.sigStructure, signature: statement.signature })
}

function isFull(parts: PortParts): boolean {
  return parts.room.size >= parts.settings.maxWaiting
}

/** The answer that a block gave already, once the header after it has signed it. */
async function answerOf(
  parts: OpenParts,
  place: Located,
  statement: Statement,
): Promise<Refusal | Submitted> {
  const { height, refusal } = place
  while (parts.loop.position().signed.height <= height) {
    if (parts.closing.aborted) throw new EngineFailure('engine.closed')
    parts.loop.wake()
    await parts.feed.next(parts.closing)
  }
  return refusal ?? { statementId: statement.id, height }
}

/** The same predicate that the block will use, on the newest state and with the clock for the time of the next block. */
function admit(parts: PortParts, statement: Statement): Refusal | undefined {
  const { maxWaiting } = parts.settings
  if (isFull(parts)) return refuse('engine', 'statement.queue-full', { limit: maxWaiting })
  const { signed, state, time } = parts.loop.position()
  const now = BigInt(Math.floor(parts.clock.nowMs() / 1000))
  const blockSeconds = timeSeconds(time)
  return parts.machine.check(state.view, statement, {
    height: signed.height + 1n,
    timeSeconds: now > blockSeconds ? now : blockSeconds,
  })
}

function statusOf(parts: PortParts): EngineStatus {
  const { signed, time } = parts.loop.position()
  const roots = parts.store.outcome(signed.height)?.state
  if (roots === undefined)
    throw new EngineFailure('engine.home-damaged', { height: signed.height.toString() })
  return {
    chainId: parts.constants.chainId,
    height: signed.height,
    time,
    appHash: roots.appHash,
    logSize: roots.logSize,
    waiting: parts.room.size,
    idle: parts.loop.isIdle(),
    validators: parts.constants.validators.length,
  }
}
