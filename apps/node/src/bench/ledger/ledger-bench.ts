/**
 * `bench ledger`: CometBFT's built-in key-value application and ours under the same load in one run; then a burst, batches by four
 * organisations, and growth through the port of the product. Aims and meaning: docs/performance.md.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, figure } from '../figure.ts'
import { SMALL } from './bench-chain.ts'
import { startAsked } from './child-process.ts'
import { type BenchGround, type Comparison, compareEngines, homeOf } from './compare-engines.ts'
import type { GrowthOrder, SizeFigures } from './growth-child.ts'
import type { LedgerLoad } from './measure-load.ts'
import { type AnchoredRecords, type Burst, measureMemberLoads, type ThroughPort } from './member-loads.ts'

/** How much is measured. */
export interface LedgerBenchSizes {
  /** Statements of each of the loads that are compared. */
  readonly statements: number
  readonly window: number
  /** Statements that are submitted at once. */
  readonly burst: number
  /** How long batches are anchored. */
  readonly anchorMs: number
  readonly recordsPerBatch: number
  /** Sizes of the chain, ascending, at which growth is measured; none leaves it out. */
  readonly growth: readonly number[]
}

/** All of it; the members of the comparison are those of the small statement. */
export interface LedgerBench extends Comparison {
  readonly kilobyte: Comparison
  readonly port: ThroughPort
  readonly burst: Burst
  readonly anchored: AnchoredRecords
  readonly growth: readonly SizeFigures[]
}

/** Sizes of the chain at which growth is measured unless the command line says others. */
export const GROWTH: readonly number[] = [10_000, 1_000_000]

/** What goes with `statements` of them: everything else is smaller when they are few. */
export function ledgerBenchSizes(statements: number, growth: readonly number[]): LedgerBenchSizes {
  return {
    statements,
    window: Math.min(4_000, Math.ceil(statements / 4)),
    burst: statements,
    anchorMs: Math.min(10_000, statements),
    recordsPerBatch: 1_024,
    growth,
  }
}

const KILOBYTE = 1_024

/** Runs it. Effects: processes and a temporary folder, both gone afterwards. */
export async function ledgerBench(
  ground: Omit<BenchGround, 'directory'>,
  sizes: LedgerBenchSizes,
): Promise<LedgerBench> {
  const directory = mkdtempSync(join(tmpdir(), 'meridian-bench-'))
  const here = { ...ground, directory }
  const { statements, window } = sizes
  try {
    const small = await compareEngines(here, { statements, window, bytes: SMALL })
    const kilobyte = await compareEngines(here, { statements, window, bytes: KILOBYTE })
    const loads = await measureMemberLoads(here, sizes)
    const growth = await measureGrowth(here, sizes.growth)
    return { ...small, kilobyte, ...loads, growth }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function measureGrowth(ground: BenchGround, sizes: readonly number[]): Promise<readonly SizeFigures[]> {
  if (sizes.length === 0) return []
  ground.log(`growth to ${sizes.at(-1)}`)
  const child = startAsked<GrowthOrder, readonly SizeFigures[]>(new URL('./growth-child.ts', import.meta.url))
  try {
    return await child.ask({ directory: homeOf(ground, 'growth'), sizes })
  } finally {
    await child.close()
  }
}

/** The same as rows with the aims they are held against. */
export function ledgerFigures(bench: LedgerBench): Figure[] {
  const { port, burst, anchored, growth } = bench
  return [
    ...comparisonFigures(bench),
    ...comparisonFigures(bench.kilobyte),
    figure('through the port, 4 validators', port.committedPerS, 'statements/s'),
    figure('through the port, state signed, p50', port.finalityP50Ms, 'ms'),
    figure('through the port, state signed, p99', port.finalityP99Ms, 'ms'),
    figure(`burst of ${burst.submitted}: admitted`, burst.admitted, 'statements'),
    figure('burst: told to wait', burst.toldToWait, 'statements'),
    figure('burst: admitted → state signed, p99', burst.finalityP99Ms, 'ms', 3_000),
    figure('burst: longest block', burst.longestBlockMs, 'ms', 2_000),
    figure('burst: admitted and lost', burst.lost, 'statements', 0),
    figure(
      `records anchored by 4 organisations, ${anchored.recordsPerBatch} a batch`,
      anchored.recordsPerS,
      'records/s',
      FABRIC_RECORDS,
    ),
    figure('batch → state signed, p99', anchored.finalityP99Ms, 'ms'),
    ...growth.flatMap(growthFigures),
  ]
}

/** A hundred times what Fabric 3.1.5 with SmartBFT was measured to create in a second on such a machine. */
const FABRIC_RECORDS = 26_000

function comparisonFigures({ kvstore, unsigned, signed, single, ...ratios }: Comparison): Figure[] {
  const size = `${kvstore.bytes} B`
  return [
    ...loadFigures(`key-value application in Go, 4 validators, ${size}`, kvstore),
    ...loadFigures(`ours unsigned, 4 validators, ${size}`, unsigned),
    ...loadFigures(`ours signed, 4 validators, ${size}`, signed, 2_000),
    ...loadFigures(`ours signed, 1 validator, ${size}`, single, 4_500),
    figure(`ours unsigned to key-value, ${size}`, ratios.ratioUnsigned, 'ratio', 0.9),
    figure(`ours signed to key-value, ${size}`, ratios.ratioSigned, 'ratio', 0.4),
  ]
}

function loadFigures(name: string, load: LedgerLoad, aim?: number): Figure[] {
  return [
    figure(name, load.committedPerS, 'statements/s', aim),
    figure('· in a block, p50', load.finalityP50Ms, 'ms'),
    figure('· in a block, p99', load.finalityP99Ms, 'ms'),
    figure('· engine, processor time', load.engineCpuUs, 'µs/statement'),
    figure('· application, processor time', load.applicationCpuUs, 'µs/statement'),
    figure('· engine, memory', load.engineMb, 'MB'),
    figure('· application, memory', load.applicationMb, 'MB'),
  ]
}

function growthFigures(size: SizeFigures): Figure[] {
  const at = `at ${size.statements} statements`
  return [
    figure(`executed and flushed ${at}`, size.perS, 'statements/s'),
    figure(`proof of a batch in the state ${at}`, size.stateProofBytes, 'bytes'),
    figure(`the same, time ${at}, p50`, size.stateProofP50Ms, 'ms'),
    figure(`proof in the log ${at}`, size.logProofBytes, 'bytes'),
    figure(`the same, time ${at}, p50`, size.logProofP50Ms, 'ms'),
  ]
}
