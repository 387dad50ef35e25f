/** Does one step of a manifest, or waits for what it says. Nothing here sleeps: every wait is for an event and has an end. */
import assert from 'node:assert/strict'
import { createSigner, randomBytes } from '@meridian/protocol/node'
import type { FaultNode } from './fault-node.ts'
import type { LinkState } from './link.ts'
import type { Step } from './manifest.ts'
import { keyRotation } from './members.ts'
import type { Answered } from './node-messages.ts'
import { type Flood, flood, type Load, memberOf, putLoad, submitNew } from './put-load.ts'
import { sendGarbage } from './send-garbage.ts'
import type { Network } from './set-up.ts'

/** A network under test and what goes on in it. */
export interface Run {
  readonly network: Network
  /** Aborts when the manifest has taken too long. */
  readonly deadline: AbortSignal
  readonly loads: Load[]
  readonly floods: Flood[]
}

/** The longest that a step may need on a busy machine. */
const STEP_MS = 60_000

/** Longer by far than four nodes need for a block. */
const STANDS_MS = 4_000

/** Takes it. Rejects when what it waits for does not come. */
export async function takeStep(run: Run, step: Step): Promise<void> {
  const { network } = run
  if ('kill' in step) await killAll(network, step)
  else if ('start' in step) await startAll(network, step.start)
  else if ('partition' in step) partition(network, step.partition)
  else if ('wires' in step) setWires(network, step.wires, step.of)
  else if ('reset' in step) for (const { link } of wiresOf(network, step.reset)) link.reset()
  else if ('goesOn' in step) await goesOn(network, step.goesOn, step.withinMs ?? STEP_MS)
  else if ('stands' in step) await stands(network, step.stands)
  else if ('catchesUp' in step) await catchesUp(network, step.catchesUp)
  else if ('signedAheadMs' in step) await signedAhead(network, step.signedAheadMs)
  else if ('reaches' in step) await reaches(network, step.reaches)
  else if ('rotates' in step) await rotates(network, step.rotates)
  else if ('disk' in step) setDisk(network, step)
  else if ('doubleSigned' in step) await doubleSigned(network, step)
  else if ('halts' in step) await halts(network, step)
  else if ('says' in step) await says(network, step)
  else if ('garbage' in step) await sendGarbage(nodeAt(network, step.garbage).directory, step.count)
  else await load(run, step)
}

function within(ms: number): AbortSignal {
  return AbortSignal.timeout(ms)
}

function nodeAt({ nodes }: Network, index: number): FaultNode {
  const node = nodes[index]
  if (node === undefined) throw new RangeError(`there is no node ${index}`)
  return node
}

type StepOf<Key extends string> = Extract<Step, Readonly<Record<Key, unknown>>>

async function killAll(network: Network, { kill, part = 'machine' }: StepOf<'kill'>): Promise<void> {
  await Promise.all(kill.map((index) => nodeAt(network, index).kill(part)))
}

async function startAll(network: Network, indices: readonly number[]): Promise<void> {
  for (const index of indices) {
    if (network.rows[index]?.takesSnapshot) takeSnapshot(network, index)
    nodeAt(network, index).start()
  }
  const signal = within(STEP_MS)
  await Promise.all(indices.map((index) => nodeAt(network, index).untilUp(signal)))
}

/** Any early block that is agreed on will do to trust from. */
const TRUSTED = 2n

function takeSnapshot({ nodes, witness }: Network, index: number): void {
  const trusted = witness.blockAt(TRUSTED)
  assert.ok(trusted !== undefined, 'there is no block to trust from')
  const servers = nodes.slice(0, 2).map(({ directory }) => `unix://${directory}/run/rpc`)
  nodes[index]?.reorder({ stateSync: { servers, trustHeight: TRUSTED, trustHash: trusted.blockId } })
  witness.comesLate(index)
}

/** The old key has ended when the answer comes: until its node is started again, the validator is silent. */
async function rotates(network: Network, index: number): Promise<void> {
  const node = nodeAt(network, index)
  const { keys } = node.order().options
  const seed = randomBytes(32)
  const from = createSigner(keys.validatorSeed ?? seed)
  const bytes = keyRotation(network.genesis, memberOf(network, index), { from, to: createSigner(seed) })
  const answer = await node.submit(bytes)
  assert.ok('height' in answer, JSON.stringify(Object.keys(answer)))
  await node.close()
  node.reorder({ keys: { ...keys, validatorSeed: seed } })
  await startAll(network, [index])
}

function partition({ wires }: Network, groups: readonly (readonly number[])[]): void {
  const groupOf = (index: number): number => groups.findIndex((group) => group.includes(index))
  for (const { ends, link } of wires) link.set(groupOf(ends[0]) === groupOf(ends[1]) ? 'open' : 'cut')
}

function wiresOf({ wires }: Network, indices: readonly number[] | undefined): Network['wires'] {
  return indices === undefined ? wires : wires.filter(({ ends }) => ends.some((end) => indices.includes(end)))
}

function setWires(network: Network, state: LinkState, of: readonly number[] | undefined): void {
  for (const { link } of wiresOf(network, of)) link.set(state)
}

async function goesOn(network: Network, indices: readonly number[], ms: number): Promise<void> {
  const late = lateAfter(ms)
  const answers = await Promise.all(
    indices.map((index) => Promise.race([submitNew(network, index), late.comes])),
  )
  late.cancel()
  for (const [i, answer] of answers.entries()) {
    const place = `${nodeAt(network, indices[i] ?? -1).name} within ${ms} ms`
    assert.notEqual(answer, LATE, place)
    if (answer !== LATE && !('height' in answer)) assert.fail(`${place}: ${JSON.stringify(answer)}`)
  }
}

const LATE = 'no answer'

function lateAfter(ms: number): { readonly comes: Promise<typeof LATE>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined
  const comes = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms)
  })
  return { comes, cancel: () => clearTimeout(timer) }
}

/** What was submitted here stays with the nodes; when they go on it is final, and the witness hears of it. */
async function stands(network: Network, indices: readonly number[]): Promise<void> {
  const late = lateAfter(STANDS_MS)
  const answers: Promise<Answered>[] = indices.map((index) => submitNew(network, index))
  const first = await Promise.race([...answers, late.comes])
  late.cancel()
  assert.equal(first, LATE, 'a statement was final where no majority is')
}

/** Up to the highest block that any running node shows now. */
async function catchesUp(network: Network, indices: readonly number[]): Promise<void> {
  const { witness, nodes } = network
  const heights = nodes.map((_, i) => witness.heightOf(i))
  const isThere = (index: number): boolean => heights.every((height) => witness.heightOf(index) >= height)
  await witness.until(() => indices.every(isThere), within(STEP_MS))
}

const MINUTE_MS = 60_000
const NANOS_PER_MS = 1_000_000n

async function signedAhead(network: Network, aheadMs: number): Promise<void> {
  const { witness, nodes } = network
  const least = aheadMs - MINUTE_MS
  const isAhead = (index: number): boolean => {
    const { time, voteTimes } = witness.newestOf(index) ?? { time: 0n, voteTimes: [] }
    return voteTimes.some((each) => Number((each - time) / NANOS_PER_MS) > least)
  }
  const load = nodes.map((_, index) => submitNew(network, index))
  await witness.until(() => nodes.some((_, index) => isAhead(index)), within(STEP_MS))
  await Promise.all(load)
  for (const index of nodes.keys()) {
    const blockMs = Number((witness.newestOf(index)?.time ?? 0n) / NANOS_PER_MS)
    assert.ok(Math.abs(blockMs - Date.now()) < MINUTE_MS, `block time is ${new Date(blockMs).toISOString()}`)
  }
}

async function reaches({ witness, nodes }: Network, height: bigint): Promise<void> {
  const isThere = (node: FaultNode, index: number): boolean =>
    !node.isRunning() || witness.heightOf(index) >= height
  await witness.until(() => nodes.every(isThere), within(STEP_MS))
}

function setDisk({ disks }: Network, { disk, of }: StepOf<'disk'>): void {
  if (disk === 'full') disks.get(of)?.fill()
  else disks.get(of)?.empty()
}

async function doubleSigned(
  network: Network,
  { doubleSigned: member, seenBy }: StepOf<'doubleSigned'>,
): Promise<void> {
  const { witness, members } = network
  const core = members.filter(({ memberClass }) => memberClass === 'core').length
  const id = members[member]?.id ?? ''
  const isPunished = (index: number): boolean => {
    const block = witness.newestOf(index)
    return block?.validators === core - 1 && block.doubleSigners.includes(id)
  }
  const orders = Promise.all(seenBy.map((index) => submitNew(network, index)))
  await witness.until(() => seenBy.every(isPunished), within(STEP_MS))
  await orders
}

async function says(network: Network, { says: index, text, times }: StepOf<'says'>): Promise<void> {
  await nodeAt(network, index).untilSaid(text, times, within(STEP_MS))
}

async function halts(network: Network, { halts: index, code, module }: StepOf<'halts'>): Promise<void> {
  const halted = await nodeAt(network, index).untilHalted(within(STEP_MS))
  assert.equal(halted.code, code)
  assert.equal(halted.detail.module, module)
}

async function load(
  { network, deadline, loads, floods }: Run,
  step: StepOf<'load'> | StepOf<'acknowledged'> | StepOf<'loadEnds'> | StepOf<'flood'>,
): Promise<void> {
  const { witness } = network
  if ('load' in step) loads.push(putLoad(network, step.load, deadline))
  else if ('flood' in step) floods.push(flood(network, step.flood, step.count))
  else if ('acknowledged' in step) {
    const wanted = witness.count + step.acknowledged
    await witness.until(() => witness.count >= wanted, within(STEP_MS))
  } else {
    await Promise.all(loads.splice(0).map((each) => each.end()))
    const floodings = await Promise.all(floods.splice(0).map((each) => each.end()))
    for (const { final, toldToWait } of floodings) {
      assert.ok(toldToWait > 0, 'nobody was told to wait')
      assert.ok(final > 0, 'nothing of the flood was final')
    }
  }
}
