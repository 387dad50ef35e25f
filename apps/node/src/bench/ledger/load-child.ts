/**
 * The load generator of `bench ledger`, in a process of its own and the same for every network: prepared transactions in batches of
 * `broadcast_tx_async` to each node in turn, a bounded number of them in no block yet; final is what a block of the first node holds.
 */
import { decodeGenesis, isRefusal } from '@meridian/protocol'
import { type BenchChain, benchVoice, SMALL } from './bench-chain.ts'
import { answerParent } from './child-process.ts'
import { callRpc, sendBatch } from './rpc-call.ts'

/** What the generator is told. */
export type LoadOrder =
  /** Makes the transactions: statements of this chain, or pairs of key and value without one. */
  | {
      readonly prepare: {
        readonly chain: BenchChain | undefined
        readonly count: number
        readonly bytes: number
      }
    }
  /** Puts the next `count` of them on the network. */
  | {
      readonly run: { readonly rpcPaths: readonly string[]; readonly count: number; readonly window: number }
    }

/** What it answers; times in milliseconds. */
export interface LoadAnswer {
  /** Bytes of each transaction. */
  readonly bytes: number
  readonly ms: number
  readonly lagsMs: readonly number[]
  readonly blocks: number
  readonly lost: number
}

const BATCH = 100
/** Requests under way to one node. */
const BATCHES_AT_ONCE = 2
const POLL_MS = 10
/** Without any further block the rest is lost. */
const GIVE_UP_MS = 20_000

let prepared: string[] = []

answerParent<LoadOrder, LoadAnswer>(
  async (order) => {
    if ('run' in order) return await run(order.run)
    const { chain, count, bytes } = order.prepare
    prepared = chain === undefined ? pairs(count, bytes) : statements(chain, count, bytes)
    return { bytes: bytesOf(prepared[0]), ms: 0, lagsMs: [], blocks: 0, lost: 0 }
  },
  async () => {},
)

function statements(chain: BenchChain, count: number, bytes: number): string[] {
  const genesis = decodeGenesis(chain.genesis)
  if (isRefusal(genesis)) throw new Error('not a chain of a benchmark')
  const voices = chain.organisations.map((organisation) => benchVoice(genesis, organisation))
  return Array.from({ length: count }, (_, i) => base64(voices[i % voices.length]?.statement(bytes)))
}

/** The key-value application takes `key=value` alone, so its transactions are as long as ours and different in content. */
function pairs(count: number, bytes: number): string[] {
  const run = crypto.randomUUID()
  return Array.from({ length: count }, (_, i) => {
    const key = `${run}-${i}=`
    return base64(Buffer.from(key.padEnd(bytes === SMALL ? SMALL_BYTES : bytes, 'v')))
  })
}

/** What a batch anchor has with the names of these chains. */
const SMALL_BYTES = 382

const base64 = (bytes: Uint8Array = new Uint8Array(0)): string => Buffer.from(bytes).toString('base64')

const bytesOf = (text = ''): number => Buffer.from(text, 'base64').length

async function run({
  rpcPaths,
  count,
  window,
}: {
  readonly rpcPaths: readonly string[]
  readonly count: number
  readonly window: number
}): Promise<LoadAnswer> {
  const transactions = prepared.splice(0, count)
  const sentAt = new Map<string, number>()
  const lagsMs: number[] = []
  const first = rpcPaths[0] as string
  const from = await newestHeight(first)
  const started = performance.now()
  const lanes = rpcPaths.flatMap((path) => Array<string>(BATCHES_AT_ONCE).fill(path))
  const batchSize = Math.min(BATCH, Math.ceil(window / lanes.length))
  let next = 0
  let isOver = false
  const send = async (path: string): Promise<void> => {
    while (next < transactions.length && !isOver) {
      if (window - (next - lagsMs.length) < batchSize) {
        await pause(POLL_MS)
        continue
      }
      const batch = transactions.slice(next, next + batchSize)
      next += batch.length
      const at = performance.now()
      for (const transaction of batch) sentAt.set(transaction, at)
      await sendBatch(
        path,
        batch.map((tx) => ({ method: 'broadcast_tx_async', params: { tx } })),
      )
    }
  }
  const sending = Promise.all(lanes.map(send))
  // Awaited below; until then nobody would hear that it failed.
  sending.catch(() => {})
  const { blocks, endedAt } = await follow(first, from, (transactions_) => {
    const now = performance.now()
    for (const transaction of transactions_) {
      const at = sentAt.get(transaction)
      if (at === undefined) continue
      sentAt.delete(transaction)
      lagsMs.push(now - at)
    }
    return lagsMs.length < transactions.length
  })
  isOver = true
  await sending
  const lost = transactions.length - lagsMs.length
  return { bytes: bytesOf(transactions[0]), ms: endedAt - started, lagsMs, blocks, lost }
}

/** Every block after `from` in its order, as long as `look` wants more and there is more. */
async function follow(
  path: string,
  from: number,
  look: (transactions: readonly string[]) => boolean,
): Promise<{ readonly blocks: number; readonly endedAt: number }> {
  let height = from
  let endedAt = performance.now()
  while (performance.now() - endedAt < GIVE_UP_MS) {
    const newest = await newestHeight(path)
    if (newest === height) await pause(POLL_MS)
    while (height < newest) {
      height += 1
      const wantsMore = look(await transactionsAt(path, height))
      endedAt = performance.now()
      if (!wantsMore) return { blocks: height - from, endedAt }
    }
  }
  return { blocks: height - from, endedAt }
}

async function newestHeight(path: string): Promise<number> {
  const { sync_info } = (await callRpc(path, 'status', {})) as { sync_info: { latest_block_height: string } }
  return Number(sync_info.latest_block_height)
}

async function transactionsAt(path: string, height: number): Promise<readonly string[]> {
  const { block } = (await callRpc(path, 'block', { height: String(height) })) as {
    block: { data: { txs: string[] | null } }
  }
  return block.data.txs ?? []
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
