/** Loads through the port that the product uses, by four organisations at once: a burst, a steady stream, and batches of records. */
import { quantile } from '../figure.ts'
import { SMALL } from './bench-chain.ts'
import { type BenchGround, homeOf } from './compare-engines.ts'
import type { MemberLoad, MemberOrder } from './member-child.ts'
import { type MemberNetwork, openMemberNetwork } from './network.ts'

/** What came of a burst. Finality is from the submission to the answer, when the state after the statement is signed. */
export interface Burst {
  readonly submitted: number
  readonly admitted: number
  /** Told to come again, and when. */
  readonly toldToWait: number
  readonly finalityP50Ms: number
  readonly finalityP99Ms: number
  /** Between two blocks, by their own times. */
  readonly longestBlockMs: number
  /** Admitted, and in no block. */
  readonly lost: number
}

/** What four organisations anchored at once. */
export interface AnchoredRecords {
  readonly recordsPerS: number
  readonly batchesPerS: number
  readonly recordsPerBatch: number
  readonly finalityP50Ms: number
  readonly finalityP99Ms: number
}

/** A steady load through the port, for comparison with the same load through CometBFT's own. */
export interface ThroughPort {
  readonly committedPerS: number
  readonly finalityP50Ms: number
  readonly finalityP99Ms: number
}

/** How much of each. */
export interface MemberLoads {
  readonly statements: number
  readonly burst: number
  readonly window: number
  readonly anchorMs: number
  readonly recordsPerBatch: number
}

const VALIDATORS = 4

/** What waits here is refused with one of these; every other refusal is a mistake of the benchmark. */
const WAIT_CODES = ['statement.too-many', 'statement.queue-full']

/** Runs the three on one network whose signatures are all checked. */
export async function measureMemberLoads(
  ground: BenchGround,
  loads: MemberLoads,
): Promise<{ readonly port: ThroughPort; readonly burst: Burst; readonly anchored: AnchoredRecords }> {
  const directory = homeOf(ground, 'members')
  const network = await openMemberNetwork({
    ...ground,
    directory,
    validators: VALIDATORS,
    checksSignatures: true,
    settings: {},
  })
  try {
    ground.log(`through the port, ${loads.statements}`)
    const port = await steady(network, loads)
    ground.log(`burst, ${loads.burst}`)
    const burst = await burstOf(network, loads.burst)
    ground.log('batches of records')
    const anchored = await anchoring(network, loads)
    return { port, burst, anchored }
  } finally {
    await network.close()
  }
}

/** Fewer than a node always lets wait, so that nobody is told to come again. */
const STEADY_WINDOW = 300

async function steady(network: MemberNetwork, { statements, window }: MemberLoads): Promise<ThroughPort> {
  await prepare(network, statements)
  const all = together(
    await tellAll(network, { submit: { window: Math.min(STEADY_WINDOW, Math.ceil(window / VALIDATORS)) } }),
  )
  if (all.lost > 0) throw new Error(`${all.lost} statements are lost`)
  return { committedPerS: rounded((all.lagsMs.length * 1000) / all.ms), ...finality(all.lagsMs) }
}

async function burstOf(network: MemberNetwork, count: number): Promise<Burst> {
  await prepare(network, count)
  const all = together(await tellAll(network, { submit: { window: count } }))
  const toldToWait = WAIT_CODES.reduce((sum, code) => sum + (all.refusals.get(code) ?? 0), 0)
  const admitted = all.lagsMs.length
  if (admitted + toldToWait < count) throw new Error(`refused: ${[...all.refusals.keys()].join(' ')}`)
  return {
    submitted: count,
    admitted,
    toldToWait,
    ...finality(all.lagsMs),
    longestBlockMs: all.longestGapMs,
    lost: all.lost,
  }
}

async function anchoring(
  network: MemberNetwork,
  { anchorMs, recordsPerBatch }: MemberLoads,
): Promise<AnchoredRecords> {
  const anchor = { ms: anchorMs, size: recordsPerBatch, lanes: 8 }
  const all = together(await tellAll(network, { anchor }))
  const batchesPerS = (all.lagsMs.length * 1000) / all.ms
  return {
    recordsPerS: rounded(batchesPerS * recordsPerBatch),
    batchesPerS: rounded(batchesPerS),
    recordsPerBatch,
    ...finality(all.lagsMs),
  }
}

async function prepare(network: MemberNetwork, count: number): Promise<void> {
  await tellAll(network, { prepare: { count: Math.ceil(count / VALIDATORS), bytes: SMALL } })
}

async function tellAll({ members }: MemberNetwork, order: MemberOrder): Promise<MemberLoad[]> {
  const answers = await Promise.all(members.map((member) => member.ask(order)))
  return answers.flatMap(({ load }) => (load === undefined ? [] : [load]))
}

function together(loads: readonly MemberLoad[]) {
  const refusals = new Map<string, number>()
  for (const load of loads) {
    for (const [code, count] of Object.entries(load.refusals))
      refusals.set(code, (refusals.get(code) ?? 0) + count)
  }
  return {
    ms: Math.max(...loads.map((load) => load.endedMs)) - Math.min(...loads.map((load) => load.startedMs)),
    lagsMs: loads.flatMap((load) => load.lagsMs),
    refusals,
    lost: loads.reduce((sum, load) => sum + load.lost, 0),
    longestGapMs: Math.max(...loads.map((load) => load.longestGapMs)),
  }
}

function finality(lagsMs: readonly number[]): { finalityP50Ms: number; finalityP99Ms: number } {
  return { finalityP50Ms: rounded(quantile(lagsMs, 0.5)), finalityP99Ms: rounded(quantile(lagsMs, 0.99)) }
}

const rounded = (value: number): number => Number(value.toPrecision(4))
