/** Joins the parts of a running node: application, CometBFT, sender, follower, port. Each knows only what it is given here. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AbciServer, serveAbci } from '@meridian/abci'
import { isRefusal, type Refusal, ZERO_BLOCK_ID } from '@meridian/protocol'
import { type BlockFeed, createBlockFeed } from '../block-feed.ts'
import type { ChainConstants } from '../chain-constants.ts'
import type { Clock } from '../clock.ts'
import { openSnapshotShelf, type SnapshotShelf } from '../snapshots/snapshot-shelf.ts'
import type { ChainStore } from '../store/chain-store.ts'
import { type AdmissionControl, createAdmissionControl } from './admission/admission-control.ts'
import { type AdmitParts, admitVerified } from './application/admit.ts'
import { isPeerAdmitted } from './application/admit-peer.ts'
import { openChainHead } from './application/chain-head.ts'
import { createCometApplication } from './application/comet-application.ts'
import { createKnownStatements, type KnownStatement } from './application/known-statements.ts'
import { createMempoolQuota } from './application/mempool-quota.ts'
import { createStateSync } from './application/state-sync.ts'
import type { CometEngineSettings, CometOptions } from './comet-engine.ts'
import { type CometEngine, createCometPort } from './comet-port.ts'
import { compareWithPeers } from './compare-with-peers.ts'
import { type BlockCompleter, createBlockCompleter } from './complete-blocks.ts'
import { createHalt, type Halt } from './halt.ts'
import type { CometAddresses, StateSyncSource } from './home/config-toml.ts'
import { nodeIdOf } from './home/key-files.ts'
import { COMET_FOLDER, writeHome } from './home/write-home.ts'
import { nameDivergence } from './name-divergence.ts'
import { createPendingStatements, type PendingStatements } from './pending-statements.ts'
import { type ConsensusFailure, readConsensusFailure } from './process/consensus-failure.ts'
import { endOrphan } from './process/end-orphan.ts'
import { partFromPeers } from './process/part-from-peers.ts'
import { type RunningComet, runComet } from './process/run-comet.ts'
import { createRecentBlocks, type RecentBlocks } from './recent-blocks.ts'
import { retainHeight } from './retain-height.ts'
import { createJsonRpc, type JsonRpc } from './rpc/json-rpc.ts'
import { createSender, type Sender } from './send-pending.ts'

/** What a node is started with. */
export interface NodeParts extends Omit<CometOptions, 'clock' | 'settings' | 'stateSync'> {
  /** From whom this start takes a snapshot. */
  readonly syncFrom?: StateSyncSource
  readonly clock: Clock
  readonly settings: CometEngineSettings
  readonly constants: ChainConstants
  readonly store: ChainStore
  /** Gives the home free. */
  readonly release: () => void
}

/** What the parts of a node share. */
interface Basis {
  readonly pending: PendingStatements
  readonly control: AdmissionControl
  readonly recent: RecentBlocks
  readonly feed: BlockFeed
  readonly admission: AdmitParts
  readonly rpc: JsonRpc
  readonly shelf: SnapshotShelf
  readonly sockets: Sockets
  readonly halt: Halt
}

/** Starts everything; resolves when CometBFT answers. */
export async function startNode(parts: NodeParts): Promise<CometEngine> {
  const basis = createBasis(parts)
  const completer = createCompleter(parts, basis)
  const sender = createSender({
    ...basis,
    clock: parts.clock,
    maxInFlight: parts.settings.maxInFlight,
    checkAgain: (known) => refusalOf(parts, known, admitVerified(basis.admission, known)),
  })
  let comet: RunningComet | undefined
  let stopLooking = (): void => {}
  const server = await serveApplication(parts, basis, {
    onBlock() {
      completer.wake()
      sender.wake()
    },
    onFailure(failure) {
      parts.onFailure?.(failure)
      comet?.expectEnd()
    },
  })
  const stop = async (): Promise<void> => {
    sender.stop()
    stopLooking()
    // CometBFT first: it finishes what it has in hand only while its application answers.
    await comet?.stop()
    await completer.stop()
    await basis.shelf.close()
    basis.rpc.close()
    await server.close()
    basis.sockets.remove()
  }
  try {
    await endOrphan(join(parts.directory, COMET_FOLDER), parts.clock)
    const onLine = (line: string): void => {
      parts.onLine?.(line)
      const failure = readConsensusFailure(line)
      if (failure !== undefined) onConsensusFailure(parts, basis, failure, () => comet?.expectEnd())
    }
    const running = startComet(parts, basis, { completer, sender, server, onLine })
    comet = running
    basis.halt.onHalt((reason) => {
      void running.stop()
      parts.onHalt?.(reason)
    })
    await running.up
    stopLooking = lookAround(parts, basis, running)
    return createCometPort({
      ...parts,
      ...basis,
      completer,
      sender,
      comet: running,
      close: closing(parts, stop),
    })
  } catch (error) {
    await stop()
    throw basis.halt.reason() ?? error
  }
}

/**
 * The refusal, unless the statement stands in a block: the store shows what a block changed a moment before this process hears that it is
 * durable, and a statement whose id is used by its own block is not a repeated one.
 */
function refusalOf(
  { store }: NodeParts,
  { statement }: KnownStatement,
  refusal: Refusal | undefined,
): Refusal | undefined {
  if (refusal === undefined || isRefusal(statement)) return refusal
  return store.place(statement.id) === undefined ? refusal : undefined
}

/** Consensus has stopped in a process that stays up: for good when the state differs, else it is started again. */
function onConsensusFailure(
  parts: NodeParts,
  { admission, halt }: Basis,
  { decidedAppHash }: ConsensusFailure,
  startAgain: () => void,
): void {
  if (decidedAppHash === undefined) startAgain()
  else haltOver(parts, { admission, halt }, decidedAppHash)
}

/** The state after the head is not the agreed one. */
function haltOver(
  { peerStates }: NodeParts,
  { admission, halt }: Pick<Basis, 'admission' | 'halt'>,
  decidedAppHash: Uint8Array,
): void {
  const { height, state } = admission.head.current()
  void nameDivergence({ height, own: state.roots, decidedAppHash }, peerStates).then(halt.with)
}

function closing(parts: NodeParts, stop: () => Promise<void>): () => Promise<void> {
  return async () => {
    await stop()
    await parts.store.close()
    parts.release()
  }
}

function createBasis(parts: NodeParts): Basis {
  const { suite, machine, clock } = parts
  const pending = createPendingStatements()
  const feed = createBlockFeed()
  const sockets = makeSockets(parts.directory)
  const head = openChainHead(parts)
  const known = createKnownStatements({ suite, machine, verifyAhead: parts.verifyAhead })
  const halt = createHalt()
  halt.onHalt((reason) => {
    pending.failAll(reason)
    feed.notify()
  })
  return {
    pending,
    control: createAdmissionControl(pending, parts.settings, clock),
    feed,
    recent: createRecentBlocks(),
    sockets,
    shelf: openSnapshotShelf(parts.directory, { suite, store: parts.store, keep: SNAPSHOTS_KEPT }),
    admission: { machine, head, known, clock },
    rpc: createJsonRpc({ path: sockets.rpc }),
    halt,
  }
}

const NO_COMMIT = { height: 0n, round: 0, blockId: ZERO_BLOCK_ID, signatures: [] }

function createCompleter(parts: NodeParts, basis: Basis): BlockCompleter {
  const { suite, store, clock, constants } = parts
  const { rpc, halt, pending, feed, admission, recent } = basis
  const onComplete = (height: bigint): void => {
    pending.proved(height)
    feed.notify()
  }
  const { validators } = constants
  const executedHeight = (): bigint => admission.head.current().height
  return createBlockCompleter(
    { suite, store, rpc, clock, executedHeight, recent, validators, onComplete, onBroken: halt.with },
    NO_COMMIT,
  )
}

const SNAPSHOTS_KEPT = 2

interface ApplicationListener {
  onBlock(): void
  onFailure(failure: Error): void
}

function serveApplication(
  parts: NodeParts,
  basis: Basis,
  { onBlock, onFailure }: ApplicationListener,
): Promise<AbciServer> {
  const { admission, pending, control, recent, shelf, halt, sockets } = basis
  const { suite, store, settings } = parts
  const takeSnapshot = (height: bigint): void => {
    const { time } = admission.head.current()
    if (height % BigInt(settings.snapshotInterval) === 0n) void shelf.add({ height, time }).catch(onFailure)
  }
  const application = createCometApplication({
    ...admission,
    constants: parts.constants,
    quota: createMempoolQuota(parts.settings.mempoolPerIssuer, parts.clock),
    ownPeers: ownPeersOf(parts.addresses),
    onBroken: halt.with,
    retainHeight: (height) => retainHeight({ keepBlocks: settings.keepBlocks, store, shelf }, height),
    onCommitted(block) {
      takeSnapshot(block.height)
      recent.add(block)
      control.served(pending.ordered(block))
      onBlock()
    },
    onRefused(known, refusal) {
      const { statement } = known
      if (isRefusal(statement) || refusalOf(parts, known, refusal) === undefined) return
      pending.refuse(statement.id, refusal)
    },
  })
  return serveAbci({
    application: { ...application, ...createStateSync({ suite, store, shelf, head: admission.head }) },
    address: { path: sockets.app },
    onFailure,
  })
}

/** What is looked at from time to time; the answer ends it. */
function lookAround(parts: NodeParts, basis: Basis, running: RunningComet): () => void {
  const stopParting = partFromStrangers(parts, basis, running)
  const stopComparing = compareStates(parts, basis)
  return () => {
    stopParting()
    stopComparing()
  }
}

/** A member in consensus has a block within seconds of the others, and at rest nobody has a next one. */
const COMPARE_EVERY_MS = 60_000

function compareStates(parts: NodeParts, basis: Basis): () => void {
  const { peerBlocks, suite, clock, constants, store } = parts
  if (peerBlocks === undefined) return () => {}
  return compareWithPeers({
    suite,
    clock,
    peerBlocks,
    everyMs: COMPARE_EVERY_MS,
    chainId: constants.chainId,
    head() {
      const { height, state } = basis.admission.head.current()
      return { height, appHash: state.roots.appHash }
    },
    validatorsAt: (height) => store.validatorsAt(height) ?? constants.validators,
    onOther: (decidedAppHash) => haltOver(parts, basis, decidedAppHash),
  })
}

function partFromStrangers(parts: NodeParts, basis: Basis, { startAgain }: RunningComet): () => void {
  const { suite, keys, settings, clock, addresses } = parts
  const ownPeers = ownPeersOf(addresses)
  return partFromPeers({
    rpc: basis.rpc,
    clock,
    everyMs: settings.lookAtPeersMs,
    nodeId: nodeIdOf(suite, keys.nodeSeed),
    isAdmitted: (nodeId) => isPeerAdmitted({ ...basis.admission, ownPeers }, nodeId),
    startAgain,
  })
}

/** Node ids of the peers that are let in before this node has caught up. */
function ownPeersOf({ persistentPeers, admittedPeers = persistentPeers }: CometAddresses): Set<string> {
  return new Set(admittedPeers.map((peer) => peer.slice(0, 40).toLowerCase()))
}

interface Services {
  readonly completer: BlockCompleter
  readonly sender: Sender
  readonly server: AbciServer
}

function startComet(
  parts: NodeParts,
  basis: Basis,
  services: Services & { readonly onLine: (line: string) => void },
): RunningComet {
  const { sockets, rpc, pending } = basis
  const { settings, addresses, binary, clock } = parts
  const config = {
    settings,
    addresses,
    proxyApp: services.server.proxyApp,
    rpcListen: `unix://${sockets.rpc}`,
    ...(parts.syncFrom === undefined ? {} : { stateSync: parts.syncFrom }),
  }
  const executedHeight = basis.admission.head.current().height
  const home = writeHome({ ...parts, config, executedHeight })
  // A home that cannot be written fails the opening, not a later start.
  home.writeKeys()
  return runComet({
    binary,
    home: home.folder,
    rpc,
    clock,
    onLine: services.onLine,
    staleSockets: [sockets.rpc],
    beforeStart: home.writeKeys,
    onUp() {
      home.removeKeys()
      pending.forgetSent()
      services.completer.wake()
      services.sender.wake()
    },
  })
}

interface Sockets {
  readonly app: string
  readonly rpc: string
  remove(): void
}

/** The path of a Unix socket holds about a hundred bytes: a deep home has its sockets in a private temporary folder. */
const LONGEST_FOLDER = 80

function makeSockets(directory: string): Sockets {
  const own = join(directory, 'run')
  const folder = own.length > LONGEST_FOLDER ? mkdtempSync(join(tmpdir(), 'meridian-')) : own
  if (folder === own) {
    rmSync(own, { recursive: true, force: true })
    mkdirSync(own, { mode: 0o700 })
  }
  return {
    app: join(folder, 'app'),
    rpc: join(folder, 'rpc'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
