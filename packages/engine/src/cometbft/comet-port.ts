/** The port of the CometBFT engine: admission in front of CometBFT, answers from the own store. */
import { type GenesisDocument, isRefusal, type Refusal, type Suite } from '@meridian/protocol'
import type { BlockFeed } from '../block-feed.ts'
import type { ChainConstants } from '../chain-constants.ts'
import type { Engine, EngineStatus, Located, Submitted } from '../engine.ts'
import { EngineFailure } from '../engine-failure.ts'
import { followBlocks } from '../follow-blocks.ts'
import type { StateMachine } from '../state-machine.ts'
import { createChainReader, locateStored } from '../store/chain-reader.ts'
import type { ChainStore } from '../store/chain-store.ts'
import { copyStore } from '../store/copy-store.ts'
import type { AdmissionControl } from './admission/admission-control.ts'
import { type AdmitParts, admit } from './application/admit.ts'
import type { BlockCompleter } from './complete-blocks.ts'
import type { Halt } from './halt.ts'
import type { Pending, PendingStatements } from './pending-statements.ts'
import type { RunningComet } from './process/run-comet.ts'
import type { JsonRpc, RpcAnswer, RpcCall } from './rpc/json-rpc.ts'
import { type NetworkStatus, readNetworkStatus } from './rpc/network-status.ts'
import type { Sender } from './send-pending.ts'

/** What the port stands on. */
export interface CometPortParts {
  readonly suite: Suite
  readonly machine: StateMachine
  readonly genesis: GenesisDocument
  readonly constants: ChainConstants
  readonly store: ChainStore
  readonly admission: AdmitParts
  readonly pending: PendingStatements
  readonly control: AdmissionControl
  readonly feed: BlockFeed
  readonly completer: BlockCompleter
  readonly sender: Sender
  readonly comet: RunningComet
  readonly rpc: JsonRpc
  readonly sockets: { readonly rpc: string }
  readonly halt: Halt
  /** Ends CometBFT and releases the home. */
  readonly close: () => Promise<void>
}

interface OpenParts extends CometPortParts {
  /** Aborts when the engine closes. */
  readonly closing: AbortSignal
}

/** The port, and what an operator wants to know of CometBFT. */
export interface CometEngine extends Engine {
  /**
   * Copies the chain, as it is at one moment, into the ledger directory `directory`, which must not exist. CometBFT's own data and keys are
   * left out: whoever restores the copy must not sign with it. Throws engine.storage.
   */
  backup(directory: string): Promise<void>
  /** Peers, round, mempool as CometBFT sees them now. Rejects with engine.cometbft-failed while it is away. */
  network(): Promise<NetworkStatus>
  /**
   * Answers one of the questions that a light client or a node in state sync asks of CometBFT's RPC: `status`, `commit`, `header`,
   * `validators`, `consensus_params`. Everything else is refused here, whoever asks. Rejects with engine.cometbft-failed.
   */
  askLight(call: RpcCall): Promise<RpcAnswer>
  /** What CometBFT's RPC listens on, as another process on this machine would name it. */
  readonly rpcAddress: string
  /** Why this node has stopped for good; undefined while it goes on. */
  halted(): EngineFailure | undefined
  /** Of the running CometBFT process; undefined while it is started again. */
  pid(): number | undefined
  /** How often it was started again. */
  restarts(): number
}

/** The engine. */
export function createCometPort(parts: CometPortParts): CometEngine {
  const { constants, completer, store, comet } = parts
  const reader = createChainReader({
    suite: parts.suite,
    store,
    modules: parts.machine.modules,
    validators: constants.validators,
    head: completer.head,
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
    backup: (directory) => copyStore(store, directory),
    network: () => readNetworkStatus(parts.rpc),
    askLight: (call) => askLight(parts.rpc, call),
    rpcAddress: `unix://${parts.sockets.rpc}`,
    halted: parts.halt.reason,
    pid: comet.pid,
    restarts: comet.restarts,
    close() {
      closing.abort()
      parts.pending.failAll(new EngineFailure('engine.closed'))
      closed ??= parts.close()
      return closed
    },
  }
}

const LIGHT_METHODS: ReadonlySet<string> = new Set([
  'status',
  'commit',
  'header',
  'validators',
  'consensus_params',
])

async function askLight(rpc: JsonRpc, call: RpcCall): Promise<RpcAnswer> {
  if (!LIGHT_METHODS.has(call.method)) return { error: { message: 'Method not served to peers' } }
  const [answer] = await rpc.batch([call])
  return answer ?? { error: { message: 'No answer' } }
}

async function submit(parts: OpenParts, bytes: Uint8Array): Promise<Refusal | Submitted> {
  const { pending, store, control } = parts
  const known = parts.admission.known.read(bytes)
  const { statement } = known
  if (isRefusal(statement)) return statement
  checkOpen(parts)
  const before = pending.find(statement.id)
  if (before !== undefined) return await before.answer
  const place = locateStored(store, statement.id)
  if (place !== undefined) return await answerOf(parts, place, statement.id)
  const { issuer, id } = statement
  const full = control.checkQueue(issuer)
  if (full !== undefined) return full
  const entered = await judge(parts, { known, id, issuer }).finally(() => control.arrived(issuer))
  if (isRefusal(entered)) return entered
  parts.sender.wake()
  return await entered.answer
}

async function judge(
  parts: OpenParts,
  statement: Pick<Pending, 'known' | 'id' | 'issuer'>,
): Promise<Refusal | Pending> {
  const { admission, control, pending } = parts
  const refusal = (await admit(admission, statement.known)) ?? control.checkRate(statement.issuer)
  if (refusal !== undefined) return refusal
  checkOpen(parts)
  // The signature took a while: the same bytes may have come a second time.
  return pending.find(statement.id) ?? enter(parts, statement)
}

function enter(
  { pending, control }: OpenParts,
  statement: Pick<Pending, 'known' | 'id' | 'issuer'>,
): Pending {
  control.entering()
  return pending.add(statement)
}

function checkOpen({ halt, closing }: OpenParts): void {
  const reason = halt.reason()
  if (reason !== undefined) throw reason
  if (closing.aborted) throw new EngineFailure('engine.closed')
}

/** The answer that a block gave already, once the header after it is here. */
async function answerOf(
  parts: OpenParts,
  place: Located,
  statementId: Uint8Array,
): Promise<Refusal | Submitted> {
  const { height, refusal } = place
  while (parts.completer.head().height <= height) {
    checkOpen(parts)
    await parts.feed.next(parts.closing)
  }
  return refusal ?? { statementId, height }
}

function statusOf(parts: CometPortParts): EngineStatus {
  const { store, completer, pending, constants } = parts
  const { height } = completer.head()
  const roots = store.outcome(height)?.state
  if (roots === undefined) throw new EngineFailure('engine.home-damaged', { height: height.toString() })
  const isWhole = height > 0n && height === parts.admission.head.current().height
  return {
    chainId: constants.chainId,
    height,
    time: store.block(height)?.header.time ?? store.newestTime() ?? constants.genesisTime,
    appHash: roots.appHash,
    logSize: roots.logSize,
    waiting: pending.size,
    idle: isWhole && pending.size === 0 && isSigned(store, height),
    validators: (store.validatorsAt(height) ?? constants.validators).length,
  }
}

/** The newest header carries the newest state when its block changed nothing. */
function isSigned(store: ChainStore, height: bigint): boolean {
  const before = store.outcome(height - 1n)?.state.appHash
  const after = store.outcome(height)?.state.appHash
  return before !== undefined && after !== undefined && Buffer.compare(before, after) === 0
}
