/**
 * The engine of a consortium: CometBFT orders, this process is its application. The port is the embedded engine's; what differs is who
 * decides the next block. Design §6.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { encodeGenesis, equalBytes, type GenesisDocument, type Suite, utf8 } from '@meridian/protocol'
import { type ChainConstants, chainConstantsOf } from '../chain-constants.ts'
import { type Clock, createSystemClock } from '../clock.ts'
import { EngineFailure } from '../engine-failure.ts'
import { executeGenesis } from '../execute-block.ts'
import { lockHome } from '../home-lock.ts'
import type { SignatureVerifier } from '../signatures/signature-verifier.ts'
import type { StateMachine } from '../state-machine.ts'
import { type ChainStore, createChainStore } from '../store/chain-store.ts'
import { openStore, STORE_FOLDER } from '../store/open-store.ts'
import { ADMISSION_DEFAULTS, type AdmissionSettings } from './admission/admission-control.ts'
import { checkCometVersion } from './binary/find-binary.ts'
import type { CometEngine } from './comet-port.ts'
import type { PeerBlocks } from './compare-with-peers.ts'
import {
  COMET_DEFAULTS,
  type CometAddresses,
  type CometSettings,
  type StateSyncSource,
} from './home/config-toml.ts'
import type { CometKeys } from './home/write-home.ts'
import type { PeerStates } from './name-divergence.ts'
import { startNode } from './start-node.ts'

/** What a CometBFT engine is made with. */
export interface CometOptions {
  /** The ledger directory; it is created when it is missing. */
  readonly directory: string
  readonly genesis: GenesisDocument
  /** The rules, made for this genesis document. */
  readonly machine: StateMachine
  readonly suite: Suite
  /** Verifies many signatures ahead, off the loop; the suite of `machine` must be the verifier's own. */
  readonly verifyAhead?: SignatureVerifier['verifyAhead']
  readonly clock?: Clock
  readonly keys: CometKeys
  readonly addresses: CometAddresses
  /** The path of the CometBFT program. */
  readonly binary: string
  readonly settings?: Partial<CometEngineSettings>
  /** Asked from whom a home without blocks takes a snapshot instead of executing the chain from its beginning. */
  readonly stateSync?: () => StateSyncSource | Promise<StateSyncSource>
  /** Asked when this node's state differs from the agreed one, to name the module. */
  readonly peerStates?: PeerStates
  /** Asked while the height stands still, to find out that the others have decided another state than this node's. */
  readonly peerBlocks?: PeerBlocks
  /** Told why this node has stopped for good: engine.state-diverged, engine.unsupported-version, engine.halted. */
  readonly onHalt?: (reason: EngineFailure) => void
  /** Told of what failed between CometBFT and this application; `cause` says why. */
  readonly onFailure?: (failure: Error) => void
  /** Told of every line that CometBFT prints: errors only, in JSON. */
  readonly onLine?: (line: string) => void
}

/** What an operator may set. */
export interface CometEngineSettings extends CometSettings, AdmissionSettings {
  /** A snapshot for new nodes is made every so many heights. */
  readonly snapshotInterval: number
  /** Heights that CometBFT keeps in its own block store, 0 for all; this node's store keeps what receipts need. */
  readonly keepBlocks: number
  /** Heights whose state stays provable. */
  readonly proofWindow: number
  /** Statements of one issuer in this node's mempool. */
  readonly mempoolPerIssuer: number
  /** Statements of this node in the mempool at one time. */
  readonly maxInFlight: number
  /** How often it is looked whether a connected peer has ceased to be a member. */
  readonly lookAtPeersMs: number
}

const DEFAULTS: CometEngineSettings = {
  ...COMET_DEFAULTS,
  ...ADMISSION_DEFAULTS,
  snapshotInterval: 10_000,
  keepBlocks: 0,
  proofWindow: 128,
  mempoolPerIssuer: 5_000,
  maxInFlight: 3_000,
  lookAtPeersMs: 30_000,
}

/**
 * Opens a home, or creates it, starts CometBFT and resolves when it answers; whether the others are there is not waited for. Throws an
 * EngineFailure: home-in-use, other-genesis, signing-state-missing, home-damaged, storage, cometbft-missing, cometbft-version,
 * cometbft-failed, unsupported-version.
 */
export async function openCometEngine(options: CometOptions): Promise<CometEngine> {
  const constants = chainConstantsOf(options.suite, options.genesis)
  await checkCometVersion(options.binary)
  makeDirectory(options.directory)
  const lock = lockHome(options.directory)
  try {
    return await openLocked(options, constants, lock.release)
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

async function openLocked(
  options: CometOptions,
  constants: ChainConstants,
  release: () => void,
): Promise<CometEngine> {
  const { suite, machine, clock = createSystemClock() } = options
  const settings = { ...DEFAULTS, ...options.settings }
  const tables = openStore(join(options.directory, STORE_FOLDER))
  const { proofWindow } = settings
  const store = createChainStore(tables, { suite, modules: machine.modules, proofWindow })
  try {
    await writeGenesis(options, store)
    const syncFrom = (store.head() ?? 0n) === 0n ? await options.stateSync?.() : undefined
    return await startNode({
      ...options,
      clock,
      settings,
      constants,
      store,
      release,
      ...(syncFrom === undefined ? {} : { syncFrom }),
    })
  } catch (error) {
    await store.close()
    throw error
  }
}

async function writeGenesis(options: CometOptions, store: ChainStore): Promise<void> {
  const text = utf8(encodeGenesis(options.genesis))
  const stored = store.genesis()
  if (stored === undefined) await store.writeGenesis(text, executeGenesis(options))
  else if (!equalBytes(stored, text)) throw new EngineFailure('engine.other-genesis')
}
