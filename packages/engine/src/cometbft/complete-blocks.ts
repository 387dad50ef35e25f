/**
 * Follows what the application has executed and adds to the store what only CometBFT knows: each block's header and id, and the
 * commit that decided it. A statement can be proved when the header after its block is here.
 */
import {
  type Commit,
  equalBytes,
  headerHash,
  type Suite,
  type Validator,
  validatorsHash,
} from '@meridian/protocol'
import type { Clock } from '../clock.ts'
import { EngineFailure, isEngineFailure } from '../engine-failure.ts'
import type { BlockRecord } from '../store/block-record.ts'
import type { SignedHead } from '../store/chain-reader.ts'
import type { ChainStore } from '../store/chain-store.ts'
import type { RecentBlock, RecentBlocks } from './recent-blocks.ts'
import { readBlock, readSignedHeader } from './rpc/block-form.ts'
import type { JsonRpc, RpcCall } from './rpc/json-rpc.ts'

/** What following needs. */
export interface CompleteParts {
  readonly suite: Suite
  readonly store: ChainStore
  readonly rpc: JsonRpc
  readonly clock: Clock
  /** The newest height that the application has made durable. */
  readonly executedHeight: () => bigint
  readonly recent: RecentBlocks
  /** Those of the genesis document. */
  readonly validators: readonly Validator[]
  /** Told when blocks up to `height` are whole. */
  readonly onComplete: (height: bigint) => void
  /** Told of a block that cannot be the one that was executed here. */
  readonly onBroken: (failure: EngineFailure) => void
}

/** The follower. */
export interface BlockCompleter {
  /** The newest whole block with a commit; height 0 before the first. */
  head(): SignedHead
  /** Looks whether a block was executed that is not whole yet. */
  wake(): void
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>
}

const AT_ONCE = 16n
const RETRY_MS = 200

/** A follower at the newest whole block of the store. */
export function createBlockCompleter(parts: CompleteParts, none: Commit): BlockCompleter {
  const { store, clock, executedHeight } = parts
  let head = signedHead(store, none)
  let running: Promise<void> | undefined
  let isStopped = false
  let cancelRetry: (() => void) | undefined

  const isAfterSnapshot = (): boolean => head.height < store.snapshotHeight()
  const isBehind = (): boolean => !isStopped && head.height < executedHeight()

  async function run(): Promise<void> {
    try {
      if (isAfterSnapshot()) head = { height: store.snapshotHeight(), commit: none }
      while (isBehind()) {
        head = await completeNext(parts, head, none)
        parts.recent.forget(head.height)
        parts.onComplete(head.height)
      }
    } catch (error) {
      if (!isEngineFailure(error)) throw error
      if (error.code === 'engine.home-damaged') parts.onBroken(error)
      else retryLater()
    }
  }

  function retryLater(): void {
    cancelRetry = clock.after(RETRY_MS, () => {
      cancelRetry = undefined
      wake()
    })
  }

  function wake(): void {
    if (running !== undefined || cancelRetry !== undefined || !isBehind()) return
    running = run().finally(() => {
      running = undefined
      // What was executed between the last look and here has nobody else to wake for it.
      wake()
    })
  }

  return {
    head: () => head,
    wake,
    async stop() {
      isStopped = true
      cancelRetry?.()
      await running
    },
  }
}

function signedHead(store: ChainStore, none: Commit): SignedHead {
  const completed = store.completed()
  // Of the block whose state came as a snapshot neither header nor commit is here.
  if (completed <= store.snapshotHeight()) return { height: store.snapshotHeight(), commit: none }
  return { height: completed, commit: store.commit(completed) ?? none }
}

/** Fetches some blocks that follow and the commit of the last, and stores them. */
async function completeNext(parts: CompleteParts, head: SignedHead, none: Commit): Promise<SignedHead> {
  const { store, recent } = parts
  const behind = parts.executedHeight() - head.height
  const count = Number(behind < AT_ONCE ? behind : AT_ONCE)
  const heights = Array.from({ length: count }, (_, i) => head.height + BigInt(i) + 1n)
  const known = heights.map((height) => recent.at(height))
  // After a snapshot CometBFT has no header to give with the commit before the first block.
  const isFirst = head.height > 0n && head.height === store.snapshotHeight()
  const { blocks, commit } =
    !isFirst && known.every((block) => block !== undefined)
      ? await fetchCommits(parts.rpc, known, none)
      : await fetchBlocks(parts.rpc, heights)
  for (const block of blocks) checkExecuted(parts, block)
  await store.complete(blocks, commit)
  return { height: heights.at(-1) ?? head.height, commit }
}

interface Fetched {
  readonly blocks: readonly BlockRecord[]
  /** Of the last block. */
  readonly commit: Commit
}

async function fetchBlocks(rpc: JsonRpc, heights: readonly bigint[]): Promise<Fetched> {
  const last = heights.at(-1) ?? 0n
  const results = await ask(rpc, [
    ...heights.map((height) => ({ method: 'block', params: { height: String(height) } })),
    commitAt(last),
  ])
  const { commit } = readSignedHeader(results.at(-1))
  return { blocks: results.slice(0, -1).map(readBlock), commit }
}

/**
 * PERF: this process has the transactions already, and CometBFT prints a large block slowly. The commit of a height that is not the newest is the
 * one that stands in the block after it.
 */
async function fetchCommits(rpc: JsonRpc, known: readonly RecentBlock[], none: Commit): Promise<Fetched> {
  const first = known[0]?.height ?? 1n
  const before = first > 1n ? [commitAt(first - 1n)] : []
  const results = await ask(rpc, [...before, ...known.map(({ height }) => commitAt(height))])
  const signed = results.map(readSignedHeader)
  const commits = [...(first > 1n ? [] : [none]), ...signed.map(({ commit }) => commit)]
  const headers = signed.slice(before.length)
  const blocks = known.map(({ hash, transactions }, i) => {
    const decided = headers[i]
    const lastCommit = commits[i]
    if (decided === undefined || lastCommit === undefined || !equalBytes(decided.commit.blockId.hash, hash))
      throw new EngineFailure('engine.cometbft-failed', { place: 'commit' })
    return { header: decided.header, blockId: decided.commit.blockId, transactions, lastCommit }
  })
  return { blocks, commit: commits.at(-1) ?? none }
}

function commitAt(height: bigint): RpcCall {
  return { method: 'commit', params: { height: String(height) } }
}

async function ask(rpc: JsonRpc, calls: readonly RpcCall[]): Promise<readonly unknown[]> {
  const answers = await rpc.batch(calls)
  return answers.map((answer) => {
    if ('error' in answer) throw new EngineFailure('engine.cometbft-failed', { place: 'block' })
    return answer.result
  })
}

/** CometBFT has verified all of it; what is left to say is that it is the block whose outcome lies in this store. */
function checkExecuted({ suite, store, validators }: CompleteParts, block: BlockRecord): void {
  const { header, blockId } = block
  const before = store.outcome(header.height - 1n)?.state.appHash ?? new Uint8Array()
  const ordering = store.validatorsAt(header.height) ?? validators
  const isOurs =
    equalBytes(headerHash(suite, header), blockId.hash) &&
    equalBytes(header.appHash, before) &&
    equalBytes(header.validatorsHash, validatorsHash(suite, ordering))
  if (!isOurs) throw new EngineFailure('engine.home-damaged', { height: header.height.toString() })
}
