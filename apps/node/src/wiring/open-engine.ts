/** Opens the engine that the configuration names: embedded for an organisation alone, CometBFT for a consortium. */
import { join } from 'node:path'
import type { LedgerClient } from '@meridian/client'
import {
  createSignatureVerifier,
  createSystemClock,
  type Engine,
  type EngineFailure,
  fetchCometBinary,
  findCometBinary,
  type NetworkStatus,
  openCometEngine,
  openEmbeddedEngine,
  type RpcAnswer,
  type RpcCall,
  type SignatureVerifier,
  type StateSyncSource,
} from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { type GenesisDocument, type Suite, toHex } from '@meridian/protocol'
import { UsageError } from '../command-line/command.ts'
import type { Configuration } from '../home/configuration.ts'
import type { Home } from '../home/home.ts'
import { openKeySeed } from '../home/key-file.ts'
import { openStateSync, type StateSync, type SyncFrom } from '../state-sync/open-state-sync.ts'
import { watchSnapshot } from '../state-sync/watch-snapshot.ts'
import { askPeerBlocks, askPeerStates } from './ask-peer-states.ts'
import type { Closers } from './closers.ts'
import { createCometLog } from './comet-log.ts'
import { askAt, doorsKnown } from './member-doors.ts'
import type { Keys } from './open-keys.ts'
import { pause } from './pause.ts'

/** The engine of a node, with what only an operator asks. */
export interface NodeEngine extends Engine {
  backup?(directory: string): Promise<void>
  /** Why this node has stopped for good; undefined while it goes on. */
  halted(): EngineFailure | undefined
  /** How CometBFT sees the network; the embedded engine has none. Rejects with engine.cometbft-failed. */
  network?(): Promise<NetworkStatus>
  /** What a node in state sync asks of CometBFT. */
  askLight?(call: RpcCall): Promise<RpcAnswer>
  /** How often CometBFT was started again. */
  restarts?(): number
}

/** What an engine is opened with. */
export interface EngineParts {
  readonly configuration: Configuration
  readonly genesis: GenesisDocument
  readonly suite: Suite
  readonly keys: Keys
  readonly environment: NodeJS.ProcessEnv
  /** From whom a home without blocks takes a snapshot. */
  readonly syncFrom?: SyncFrom
  readonly log: (text: string) => void
}

/** @throws EngineFailure, and for state sync UsageError or OutsideFailure */
export async function openEngine(home: Home, parts: EngineParts, closers: Closers): Promise<NodeEngine> {
  if (parts.syncFrom !== undefined && parts.configuration.engine !== 'cometbft') throw syncsAlone()
  // A signature is verified once, when it is first seen, on a thread of its own when many come together.
  const verifier = createSignatureVerifier(parts.suite)
  closers.add(() => verifier.close())
  const sync = syncing(parts, closers)
  const engine =
    parts.configuration.engine === 'cometbft'
      ? await openComet(home, parts, { verifier, sync })
      : await openEmbedded(home, parts, verifier)
  closers.add(() => engine.close())
  // Added last, so that it ends first: a closed engine says nothing of its height.
  sync?.watch(engine)
  return engine
}

function openEmbedded(home: Home, parts: EngineParts, verifier: SignatureVerifier): Promise<NodeEngine> {
  const { configuration, genesis, suite, keys } = parts
  return openEmbeddedEngine({
    directory: home.ledger,
    genesis,
    machine: createLedger({ suite: verifier.suite, genesis }),
    suite,
    verifyAhead: verifier.verifyAhead,
    signer: keys.validator,
    clock: createSystemClock(),
    settings: { blockIntervalMs: configuration.blockIntervalMs },
  })
}

/** Where an installation keeps programs that it fetched itself. */
const toolsFolder = join(import.meta.dirname, '../../../../.tools')

interface CometParts {
  readonly verifier: SignatureVerifier
  readonly sync: Syncing | undefined
}

async function openComet(
  home: Home,
  parts: EngineParts,
  { verifier, sync }: CometParts,
): Promise<NodeEngine> {
  const { configuration, genesis, suite, keys, environment, log } = parts
  const passphrase = keys.passphrase.now()
  const { consensus } = configuration
  const nodeSeed = openKeySeed(home, 'node', passphrase)
  let opened: NodeEngine | undefined
  const { id } = configuration.organisation
  const asker = { organisation: id, signer: keys.statement, nowMs: Date.now }
  const members = (): readonly LedgerClient[] => askAt(doorsKnown(opened, genesis, id), asker)
  opened = await openCometEngine({
    directory: home.ledger,
    genesis,
    machine: createLedger({ suite: verifier.suite, genesis }),
    suite,
    verifyAhead: verifier.verifyAhead,
    keys: { validatorSeed: openKeySeed(home, 'validator', passphrase), nodeSeed },
    addresses: {
      p2pListen: consensus.p2pListen,
      ...(consensus.p2pExternal === undefined ? {} : { p2pExternal: consensus.p2pExternal }),
      persistentPeers: [...foundersNodes(genesis, configuration.organisation.id), ...consensus.peers],
      // Founders are let in by membership, so that one who left is not.
      admittedPeers: consensus.peers,
    },
    binary: await cometBinary(environment, log),
    settings: { blockIntervalMs: configuration.blockIntervalMs, ...configuration.ledger },
    ...(sync === undefined ? {} : { stateSync: sync.source }),
    peerStates: (height) => askPeerStates(members(), suite, height),
    peerBlocks: (height) => askPeerBlocks(members(), height),
    onLine: createCometLog({ log, nowMs: () => performance.now() }),
    onFailure: ({ message }) => log(`engine: ${message}`),
    onHalt: ({ code, message, zh }) => log(`engine ${code}: ${message} ${zh}`),
  })
  return opened
}

function syncsAlone(): UsageError {
  return new UsageError(
    {
      zh: '--sync-from 只用于联盟的节点；本目录的账本由本机构独自运行。',
      en: '--sync-from is for a node of a consortium; the ledger of this home is run by its organisation alone.',
    },
    'sync.embedded',
  )
}

interface Syncing {
  source(): Promise<StateSyncSource>
  /** Ends it when the snapshot is here. */
  watch(engine: NodeEngine): void
}

/** State sync as far as the call asks for it; the engine asks for the source only in a home without blocks. */
function syncing(
  { syncFrom, suite, genesis, keys, log }: EngineParts,
  closers: Closers,
): Syncing | undefined {
  if (syncFrom === undefined) return undefined
  let sync: StateSync | undefined
  const source = async (): Promise<StateSyncSource> => {
    log('Asking other members for a snapshot … 正在向其他成员请求快照……')
    const signer = keys.statement
    const opened = await openStateSync({ ...syncFrom, suite, genesis, signer, nowMs: Date.now })
    closers.add(opened.close)
    sync = opened
    return opened.source
  }
  const watch = (engine: NodeEngine): void => {
    if (sync === undefined) return
    const watching = watchSnapshot({ engine, sync, log, pause })
    closers.add(watching.close)
  }
  return { source, watch }
}

/** The nodes of the other founders, as the genesis document names them. */
function foundersNodes(genesis: GenesisDocument, own: string): string[] {
  return genesis.organisations
    .filter(({ id }) => id !== own)
    .flatMap(({ endpoints }) => endpoints?.nodes ?? [])
    .map(({ nodeId, address }) => `${toHex(nodeId)}@${address}`)
}

/** The CometBFT program; fetched with Go when it is not here. Throws engine.cometbft-missing. */
export async function cometBinary(
  environment: NodeJS.ProcessEnv,
  log: (text: string) => void,
): Promise<string> {
  const found = findCometBinary({ searchPath: environment.PATH, toolsFolder })
  if (found !== undefined) return found
  log('Fetching CometBFT (about two minutes) … 正在获取 CometBFT（约两分钟）……')
  return fetchCometBinary({ toolsFolder, environment })
}
