/** Opens the engine that the configuration names: embedded for an organisation alone, CometBFT for a consortium. */
import { join } from 'node:path'
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
  type SignatureVerifier,
} from '@meridian/engine'
import { createLedger } from '@meridian/ledger'
import { type GenesisDocument, type Suite, toHex } from '@meridian/protocol'
import type { Configuration } from '../home/configuration.ts'
import type { Home } from '../home/home.ts'
import { openKeySeed } from '../home/key-file.ts'
import { askPeerStates } from './ask-peer-states.ts'
import type { Closers } from './closers.ts'
import type { Keys } from './open-keys.ts'

/** The engine of a node, with what only an operator asks. */
export interface NodeEngine extends Engine {
  backup?(directory: string): Promise<void>
  /** Why this node has stopped for good; undefined while it goes on. */
  halted(): EngineFailure | undefined
  /** How CometBFT sees the network; the embedded engine has none. Rejects with engine.cometbft-failed. */
  network?(): Promise<NetworkStatus>
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
  readonly log: (text: string) => void
}

/** @throws EngineFailure */
export async function openEngine(home: Home, parts: EngineParts, closers: Closers): Promise<NodeEngine> {
  // A signature is verified once, when it is first seen, on a thread of its own when many come together.
  const verifier = createSignatureVerifier(parts.suite)
  closers.add(() => verifier.close())
  const engine =
    parts.configuration.engine === 'cometbft'
      ? await openComet(home, parts, verifier)
      : await openEmbedded(home, parts, verifier)
  closers.add(() => engine.close())
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

async function openComet(home: Home, parts: EngineParts, verifier: SignatureVerifier): Promise<NodeEngine> {
  const { configuration, genesis, suite, keys, environment, log } = parts
  const passphrase = keys.passphrase.now()
  const { consensus } = configuration
  const nodeSeed = openKeySeed(home, 'node', passphrase)
  return openCometEngine({
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
    settings: { blockIntervalMs: configuration.blockIntervalMs },
    peerStates: (height) => {
      const { id } = configuration.organisation
      return askPeerStates(
        { suite, genesis, organisation: id, signer: keys.statement, nowMs: Date.now },
        height,
      )
    },
    onFailure: ({ message }) => log(`engine: ${message}`),
  })
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
