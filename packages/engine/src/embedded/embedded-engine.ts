/**
 * The embedded engine: one process, one organisation, one validator key, and the same headers, commits and proofs as
 * CometBFT makes, so that there is one way to verify. Design §6.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  encodeGenesis,
  equalBytes,
  type GenesisDocument,
  type Signer,
  type Suite,
  utf8,
} from '@meridian/protocol'
import { createBlockFeed } from '../block-feed.ts'
import { type ChainConstants, chainConstantsOf } from '../chain-constants.ts'
import type { Clock } from '../clock.ts'
import { EngineFailure } from '../engine-failure.ts'
import { executeGenesis } from '../execute-block.ts'
import { type HomeLock, lockHome } from '../home-lock.ts'
import type { SignatureVerifier } from '../signatures/signature-verifier.ts'
import type { StateMachine } from '../state-machine.ts'
import { type ChainStore, createChainStore } from '../store/chain-store.ts'
import { openStore, STORE_FOLDER } from '../store/open-store.ts'
import { createEmbeddedPort, type EmbeddedEngine } from './embedded-port.ts'
import { createOrderLoop, type OrderSettings } from './order-loop.ts'
import { findHead, positionOf } from './recover.ts'
import { openSigningState, type SigningState } from './signing-state.ts'
import { createWaitingRoom } from './waiting-room.ts'

/** What an embedded engine is made with. */
export interface EmbeddedOptions {
  /** The ledger directory; it is created when it is missing. */
  readonly directory: string
  readonly genesis: GenesisDocument
  /** The rules, made for this genesis document. */
  readonly machine: StateMachine
  readonly suite: Suite
  /** The key of the one validator of the genesis document. */
  readonly signer: Signer
  readonly clock: Clock
  /** Verifies many signatures ahead, off the loop; the suite of `machine` must be the verifier's own. */
  readonly verifyAhead?: SignatureVerifier['verifyAhead']
  readonly settings?: Partial<EmbeddedSettings>
}

/** What an operator may set. */
export interface EmbeddedSettings extends OrderSettings {
  /** Heights whose state stays provable. */
  readonly proofWindow: number
  /** Statements that may wait before more are refused with statement.queue-full. */
  readonly maxWaiting: number
}

const DEFAULTS: EmbeddedSettings = {
  blockIntervalMs: 600_000,
  staleClockMs: 1_000,
  proofWindow: 128,
  maxWaiting: 20_000,
}

/**
 * Opens a home, or creates it, and finishes what a crash left unfinished. Throws an EngineFailure: home-in-use,
 * other-genesis, not-validator, signing-state-missing, signing-state-ahead, home-damaged, storage.
 */
export async function openEmbeddedEngine(options: EmbeddedOptions): Promise<EmbeddedEngine> {
  const constants = chainConstantsOf(options.suite, options.genesis)
  checkValidator(options)
  makeDirectory(options.directory)
  const lock = lockHome(options.directory)
  try {
    return await openLocked(options, constants, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true })
  } catch (error) {
    throw new EngineFailure('engine.storage', {}, error)
  }
}

function checkValidator(options: EmbeddedOptions): void {
  const [validator, ...others] = options.genesis.validators
  const isOurs = validator !== undefined && equalBytes(validator.publicKey, options.signer.publicKey)
  if (!isOurs || others.length > 0) throw new EngineFailure('engine.not-validator')
}

/** A state that wants other validators than this one belongs to a consortium: its engine is CometBFT. */
function checkWantedValidators({ machine, signer }: EmbeddedOptions, store: ChainStore): void {
  const [validator, ...others] = machine.validators(store.newest().view)
  const isOurs = validator !== undefined && equalBytes(validator.publicKey, signer.publicKey)
  if (!isOurs || others.length > 0) throw new EngineFailure('engine.not-validator')
}

async function openLocked(
  options: EmbeddedOptions,
  constants: ChainConstants,
  lock: HomeLock,
): Promise<EmbeddedEngine> {
  const { suite, machine } = options
  const settings = { ...DEFAULTS, ...options.settings }
  const tables = openStore(join(options.directory, STORE_FOLDER))
  const store = createChainStore(tables, {
    suite,
    modules: machine.modules,
    proofWindow: settings.proofWindow,
  })
  try {
    // The guard's file is there before the genesis state is: a home with a state and no guard was restored.
    const guard = await openSigningState(options.directory, suite, store.genesis() === undefined)
    return await startGuarded({ options, settings, constants, store, guard, lock })
  } catch (error) {
    await store.close()
    throw error
  }
}

async function startGuarded(home: OpenedHome): Promise<EmbeddedEngine> {
  try {
    await writeGenesis(home.options, home.store)
    checkWantedValidators(home.options, home.store)
    return startPort(home)
  } catch (error) {
    await home.guard.close()
    throw error
  }
}

async function writeGenesis(options: EmbeddedOptions, store: ChainStore): Promise<void> {
  const text = utf8(encodeGenesis(options.genesis))
  const stored = store.genesis()
  if (stored === undefined) await store.writeGenesis(text, executeGenesis(options))
  else if (!equalBytes(stored, text)) throw new EngineFailure('engine.other-genesis')
}

interface OpenedHome {
  readonly options: EmbeddedOptions
  readonly settings: EmbeddedSettings
  readonly constants: ChainConstants
  readonly store: ChainStore
  readonly guard: SigningState
  readonly lock: HomeLock
}

function startPort(home: OpenedHome): EmbeddedEngine {
  const { options, settings, constants, store, guard, lock } = home
  const { suite, machine, signer, clock } = options
  const found = findHead(store, guard.last(), { suite, publicKey: signer.publicKey })
  const room = createWaitingRoom()
  const feed = createBlockFeed()
  const loop = createOrderLoop(
    { suite, machine, constants, store, guard, signer, clock, room, settings, onBlock: feed.notify },
    positionOf(store, constants, found),
  )
  loop.wake()
  const close = async (): Promise<void> => {
    await loop.stop()
    room.failAll(new EngineFailure('engine.closed'))
    feed.notify()
    await store.close()
    await guard.close()
    lock.release()
  }
  const { genesis, verifyAhead } = options
  return createEmbeddedPort({
    suite,
    machine,
    genesis,
    constants,
    store,
    clock,
    room,
    feed,
    loop,
    settings,
    verifyAhead,
    close,
  })
}
