/** Puts one load on one network and says what came of it: rate, finality, and whose processor time it took. */
import { quantile } from '../figure.ts'
import type { BenchChain } from './bench-chain.ts'
import { startAsked } from './child-process.ts'
import type { LoadAnswer, LoadOrder } from './load-child.ts'
import type { BenchNetwork } from './network.ts'
import { usageOfAll } from './usage.ts'

/** One load. */
export interface Load {
  readonly statements: number
  /** Bytes of a statement, or `SMALL`. */
  readonly bytes: number
  /** Sent and in no block yet, at most. */
  readonly window: number
}

/** What one load gave. Processor time is for one statement on all nodes together. */
export interface LedgerLoad {
  readonly committedPerS: number
  readonly finalityP50Ms: number
  readonly finalityP99Ms: number
  readonly bytes: number
  readonly perBlock: number
  readonly engineCpuUs: number
  readonly applicationCpuUs: number
  /** Of the load generator. */
  readonly loadCpuUs: number
  /** Sum over the nodes. */
  readonly engineMb: number
  readonly applicationMb: number
}

/** A fifth of the load goes ahead and is not counted: it warms the compiler and opens every connection. */
const WARM_UP = 0.2

/** Without `chain` the transactions are pairs for the key-value application. Throws when something is lost. */
export async function measureLoad(
  network: BenchNetwork,
  load: Load,
  chain: BenchChain | undefined,
): Promise<LedgerLoad> {
  const generator = startAsked<LoadOrder, LoadAnswer>(new URL('./load-child.ts', import.meta.url))
  try {
    const { statements, bytes, window } = load
    const { rpcPaths, cometPids, applicationPids } = network
    const ahead = Math.ceil(statements * WARM_UP)
    await generator.ask({ prepare: { chain, count: ahead + statements, bytes } })
    await generator.ask({ run: { rpcPaths, count: ahead, window } })
    const usage = () => [cometPids, applicationPids, [generator.pid]].map(usageOfAll)
    const before = usage()
    const answer = await generator.ask({ run: { rpcPaths, count: statements, window } })
    if (answer.lost > 0) throw new Error(`${answer.lost} of ${statements} statements are in no block`)
    const after = usage()
    const cpu = (i: number): number =>
      (((after[i]?.cpuMs ?? 0) - (before[i]?.cpuMs ?? 0)) * 1000) / statements
    return {
      committedPerS: rounded((statements * 1000) / answer.ms),
      finalityP50Ms: rounded(quantile(answer.lagsMs, 0.5)),
      finalityP99Ms: rounded(quantile(answer.lagsMs, 0.99)),
      bytes: answer.bytes,
      perBlock: rounded(statements / answer.blocks),
      engineCpuUs: rounded(cpu(0)),
      applicationCpuUs: rounded(cpu(1)),
      loadCpuUs: rounded(cpu(2)),
      engineMb: rounded(after[0]?.peakMb ?? 0),
      applicationMb: rounded(after[1]?.peakMb ?? 0),
    }
  } finally {
    await generator.close()
  }
}

const rounded = (value: number): number => Number(value.toPrecision(4))
