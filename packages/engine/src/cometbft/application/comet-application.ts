/**
 * Our side of ABCI: every call of CometBFT answered over the store and the state machine. What is durable is said first and
 * exactly (Info), a block is executed by the same function as in the embedded engine, and nothing here waits for the network.
 */
import type {
  AbciApplication,
  CheckTxRequest,
  CheckTxResponse,
  FinalizeBlockRequest,
  FinalizeBlockResponse,
  InitChainRequest,
  InitChainResponse,
  Misbehavior,
  PrepareProposalRequest,
  ProcessProposalRequest,
} from '@meridian/abci'
import { equalBytes, fromUtf8, isRefusal, type Refusal, refusalNumber } from '@meridian/protocol'
import type { ChainConstants } from '../../chain-constants.ts'
import { EngineFailure } from '../../engine-failure.ts'
import type { Misbehaviour } from '../../state-machine.ts'
import { evidenceBytes } from '../home/evidence-bytes.ts'
import { appStateText } from '../home/genesis-json.ts'
import { type AdmitParts, admitVerified } from './admit.ts'
import { answerQuery } from './answer-query.ts'
import type { CommittedBlock, Decision } from './chain-head.ts'
import { chooseStatements } from './choose-statements.ts'
import type { KnownStatement } from './known-statements.ts'
import type { MempoolQuota } from './mempool-quota.ts'

/** What the application stands on. */
export interface ApplicationParts extends AdmitParts {
  readonly constants: ChainConstants
  readonly quota: MempoolQuota
  /** Peers that this node's operator named: admitted whatever state says until it has caught up. Node ids, 40 hex digits. */
  readonly ownPeers: ReadonlySet<string>
  /** From which height on CometBFT keeps its blocks once the one at `height` is durable; 0 for all. */
  readonly retainHeight?: (height: bigint) => bigint
  /** Told when a block became durable. */
  readonly onCommitted: (block: CommittedBlock) => void
  /** Told of a statement that the newest state refuses after it was let in. */
  readonly onRefused: (known: KnownStatement, refusal: Refusal) => void
  /** Told of what stops this node: it must not be started again as it is. */
  readonly onBroken: (failure: EngineFailure) => void
}

const NANOS_PER_SECOND = 1_000_000_000n

/** CometBFT's code for a statement that has to wait its turn. */
const TOO_MANY = refusalNumber('statement.too-many')

/** Longer than the others wait for a proposer that is down: that is no rest. */
const REST_MS = 3_000

/** The application. */
export function createCometApplication(parts: ApplicationParts): Omit<AbciApplication, SnapshotCall> {
  const { head, known, clock } = parts
  let committedMs: number | undefined
  let decided: readonly KnownStatement[] = []
  const isAfterRest = (): boolean => committedMs === undefined || clock.nowMs() - committedMs > REST_MS
  return {
    info() {
      // CometBFT asks when it starts: its mempool is empty then.
      parts.quota.restart()
      const { height, state } = head.current()
      return {
        data: parts.machine.name,
        appVersion: BigInt(parts.machine.applicationVersion(state.view)),
        lastBlockHeight: height,
        lastBlockAppHash: state.roots.appHash,
      }
    },
    query: (request) => answerQuery(parts, request),
    checkTx: (request) => checkTx(parts, request),
    initChain: (request) => initChain(parts, request),
    // A block's time is that of the last votes, which after a rest is long ago: an empty block sets the clock first.
    prepareProposal: async (request) => (isAfterRest() ? { txs: [] } : await prepareProposal(parts, request)),
    async processProposal(request) {
      return { status: (await isOrderable(parts, request)) ? 'accept' : 'reject' }
    },
    async finalizeBlock(request) {
      const statements = request.txs.map((tx) => known.read(tx))
      await known.verify(head.current().state.view, statements)
      decided = statements
      return finalizeBlock(parts, request, statements)
    },
    async commit() {
      const committed = await head.commit()
      committedMs = clock.nowMs()
      parts.quota.leave(decided)
      decided = []
      known.forget(committed.transactions)
      parts.onCommitted(committed)
      return { retainHeight: parts.retainHeight?.(committed.height) ?? 0n }
    },
  }
}

/** The four calls of state sync, which stand apart. */
export type SnapshotCall = 'listSnapshots' | 'offerSnapshot' | 'loadSnapshotChunk' | 'applySnapshotChunk'

/** Requests of a chain that is not ours stop the node. It may come twice: nothing is written here. */
function initChain(
  { constants, head, machine }: ApplicationParts,
  request: InitChainRequest,
): InitChainResponse {
  const isOurs =
    request.chainId === constants.chainId &&
    fromUtf8(request.appStateBytes)?.replaceAll(/\s/g, '') === appStateText(constants.genesisHash)
  if (!isOurs) throw new EngineFailure('engine.other-genesis')
  const { state } = head.current()
  const wanted = machine.validators(state.view)
  const isSame =
    wanted.length === request.validators.length &&
    wanted.every(({ publicKey, power }) =>
      request.validators.some(
        (given) => equalBytes(given.publicKey.value, publicKey) && given.power === power,
      ),
    )
  if (!isSame) throw new EngineFailure('engine.other-genesis', { place: 'validators' })
  return { appHash: state.roots.appHash }
}

async function checkTx(parts: ApplicationParts, request: CheckTxRequest): Promise<CheckTxResponse> {
  const known = parts.known.read(request.tx)
  const { statement } = known
  if (isRefusal(statement)) return { code: refusalNumber(statement.code) }
  await parts.known.verify(parts.head.current().state.view, [known])
  const refusal = admitVerified(parts, known)
  if (refusal !== undefined) {
    parts.onRefused(known, refusal)
    return { code: refusalNumber(refusal.code) }
  }
  if (request.kind === 'new' && !parts.quota.enter(known)) return { code: TOO_MANY }
  return { code: 0, gasWanted: 1n }
}

async function prepareProposal(
  parts: ApplicationParts,
  request: PrepareProposalRequest,
): Promise<{ txs: readonly Uint8Array[] }> {
  const read = request.txs.map((tx) => parts.known.read(tx))
  const verdicts = await parts.known.verify(parts.head.current().state.view, read)
  const passing = [...new Set(read.filter((_, i) => verdicts[i] === true))]
  return { txs: chooseStatements(passing, Number(request.maxTxBytes)).map(({ bytes }) => bytes) }
}

/** CONSENSUS: every honest node answers the same: form and signature under the keys of the state before the block, nothing else. */
async function isOrderable(parts: ApplicationParts, request: ProcessProposalRequest): Promise<boolean> {
  const { height, state } = parts.head.current()
  if (request.height !== height + 1n) return false
  const read = request.txs.map((tx) => parts.known.read(tx))
  if (read.some(({ statement }) => isRefusal(statement))) return false
  const verdicts = await parts.known.verify(state.view, read)
  return verdicts.every((verdict) => verdict)
}

function finalizeBlock(
  parts: ApplicationParts,
  request: FinalizeBlockRequest,
  statements: readonly KnownStatement[],
): FinalizeBlockResponse {
  const { height, time } = request
  try {
    const decision = parts.head.execute({
      height,
      hash: new Uint8Array(request.hash),
      time: time.seconds * NANOS_PER_SECOND + BigInt(time.nanos),
      statements,
      misbehaviour: request.misbehavior.map(misbehaviourOf),
    })
    return responseOf(decision)
  } catch (error) {
    const failure =
      error instanceof EngineFailure
        ? error
        : new EngineFailure('engine.halted', { height: height.toString() }, error)
    parts.onBroken(failure)
    throw failure
  }
}

function responseOf(decision: Decision): FinalizeBlockResponse {
  const { maxBlockBytes, applicationVersion } = decision
  const hasNewParameters = maxBlockBytes !== undefined || applicationVersion !== undefined
  return {
    txResults: decision.results.map((refusal) => ({
      code: refusal === undefined ? 0 : refusalNumber(refusal.code),
    })),
    appHash: decision.appHash,
    validatorUpdates: decision.validatorUpdates.map(({ publicKey, power }) => ({
      publicKey: { kind: 'ed25519', value: publicKey },
      power,
    })),
    consensusParamUpdates: hasNewParameters ? parametersOf(decision) : null,
  }
}

function parametersOf({ maxBlockBytes, applicationVersion }: Decision) {
  return {
    ...(maxBlockBytes === undefined
      ? {}
      : {
          block: { maxBytes: BigInt(maxBlockBytes), maxGas: -1n },
          evidence: {
            maxAgeNumBlocks: 100_000n,
            maxAgeDuration: { seconds: 172_800n, nanos: 0 },
            maxBytes: BigInt(evidenceBytes(maxBlockBytes)),
          },
        }),
    ...(applicationVersion === undefined ? {} : { version: { app: BigInt(applicationVersion) } }),
  }
}

function misbehaviourOf(given: Misbehavior): Misbehaviour {
  return {
    kind: given.kind === 'light-client-attack' ? 'light-client-attack' : 'duplicate-vote',
    validatorAddress: Uint8Array.from(given.validator.address),
    power: given.validator.power,
    height: given.height,
    timeSeconds: given.time.seconds,
    totalPower: given.totalVotingPower,
  }
}
