/**
 * Watches every node of a consortium from outside and says what must hold whatever happens: no fork, no height taken back, nothing that
 * was said to be final lost, nothing twice.
 */
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import type { StateRoots } from '@meridian/engine'
import { toHex } from '@meridian/protocol'
import type { SeenBlock } from './node-messages.ts'

/** The witness. */
export interface Witness {
  saw(node: number, block: SeenBlock): void
  /** A node was started: it shows its blocks from the first again. */
  restarted(node: number): void
  /** The node takes a snapshot: it has no block before it. */
  comesLate(node: number): void
  /** The block at `height`, once an honest node has shown it. */
  blockAt(height: bigint): SeenBlock | undefined
  /** A statement was answered as final at a height. */
  acknowledged(id: string, height: bigint): void
  /** How many were acknowledged so far. */
  readonly count: number
  /** The newest height that a node showed; 0 before the first. */
  heightOf(node: number): bigint
  /** The newest block that a node showed. */
  newestOf(node: number): SeenBlock | undefined
  /** The state after the block at `height` as an honest node shows it; waits until one does. */
  statesAt(height: bigint): Promise<readonly StateRoots[]>
  /** Resolves when `holds` does; looked at after every block and acknowledgement. */
  until(holds: () => boolean, signal: AbortSignal): Promise<void>
  /** Throws the first thing that was wrong so far. */
  check(): void
  /** Throws unless the nodes show the same chain and all that was acknowledged is in it, once. */
  checkNodes(nodes: readonly number[]): void
}

/** A witness who has seen nothing, and does not believe what the nodes `liars` say of the chain. */
export function createWitness(liars: readonly number[]): Witness {
  const events = new EventEmitter().setMaxListeners(0)
  const chain = new Map<bigint, SeenBlock>()
  const newest = new Map<number, SeenBlock>()
  const highest = new Map<number, bigint>()
  const acknowledged = new Map<string, bigint>()
  const latecomers = new Set<number>()
  const wrong: string[] = []

  function compare(node: number, block: SeenBlock): void {
    const { height } = block
    const other = chain.get(height)
    if (other === undefined) chain.set(height, block)
    else if (other.blockId !== block.blockId) wrong.push(`fork at ${height}: node ${node + 1}`)
    else if (stateOf(other) !== stateOf(block)) wrong.push(`app hash at ${height}: node ${node + 1}`)
    const before = newest.get(node)?.height ?? (latecomers.has(node) ? height - 1n : 0n)
    if (latecomers.has(node) && height === 1n) wrong.push(`node ${node + 1} took no snapshot`)
    if (height !== before + 1n) wrong.push(`node ${node + 1} shows ${height} after ${before}`)
  }

  async function until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    while (!holds()) await once(events, 'news', { signal })
  }

  return {
    saw(node, block) {
      if (!liars.includes(node)) compare(node, block)
      newest.set(node, block)
      if (block.height > (highest.get(node) ?? 0n)) highest.set(node, block.height)
      events.emit('news')
    },
    restarted: (node) => void newest.delete(node),
    comesLate: (node) => void latecomers.add(node),
    blockAt: (height) => chain.get(height),
    acknowledged(id, height) {
      acknowledged.set(id, height)
      events.emit('news')
    },
    get count() {
      return acknowledged.size
    },
    heightOf: (node) => newest.get(node)?.height ?? 0n,
    newestOf: (node) => newest.get(node),
    async statesAt(height) {
      await until(() => chain.has(height), AbortSignal.timeout(ASKED_MS))
      return [...chain.values()].filter((block) => block.height === height).map(({ state }) => state)
    },
    until,
    check: () => assert.deepEqual(wrong, []),
    checkNodes(nodes) {
      assert.deepEqual(wrong, [])
      for (const node of nodes) {
        const height = newest.get(node)?.height ?? 0n
        assert.ok(height >= (highest.get(node) ?? 0n), `node ${node + 1} has lost blocks`)
        checkAcknowledged(chain, acknowledged, height)
      }
      checkLog(chain)
    },
  }
}

const ASKED_MS = 20_000

const stateOf = ({ state }: SeenBlock): string => toHex(state.appHash)

/** Everything acknowledged stands where it was said to stand. */
function checkAcknowledged(
  chain: ReadonlyMap<bigint, SeenBlock>,
  acknowledged: ReadonlyMap<string, bigint>,
  height: bigint,
): void {
  for (const [id, at] of acknowledged) {
    assert.ok(at <= height, 'an acknowledged statement is above the head of a node')
    const place = chain.get(at)?.statements.find((each) => each.id === id)
    assert.ok(place?.accepted, `an acknowledged statement is not at ${at}`)
  }
}

/** Nothing was applied twice, and the evidence log counts what was accepted. */
function checkLog(chain: ReadonlyMap<bigint, SeenBlock>): void {
  const accepted = [...chain.values()].flatMap(({ statements }) => statements).filter((each) => each.accepted)
  assert.equal(new Set(accepted.map(({ id }) => id)).size, accepted.length, 'a statement was applied twice')
  const last = [...chain.values()].reduce((a, b) => (a.height > b.height ? a : b))
  assert.equal(last.state.logSize, accepted.length)
}
