/** Statements that were admitted and wait for a block, each with the promise of its answer. */
import type { Refusal, Statement } from '@meridian/protocol'
import type { Submitted } from '../engine.ts'

/** A statement and who waits for it. */
export interface Waiting {
  readonly statement: Statement
  readonly answer: Promise<Refusal | Submitted>
  settle(answer: Refusal | Submitted): void
  fail(reason: unknown): void
}

/** The room. */
export interface WaitingRoom {
  /** Those that no block has taken yet. */
  readonly size: number
  /** The one that waits with this statement id. */
  find(statementId: Uint8Array): Waiting | undefined
  add(statement: Statement): Waiting
  /** The oldest, as many as fit into `maxBytes`; they stay findable until they are released. */
  take(maxBytes: number): readonly Waiting[]
  /** Forgets statements that were answered. */
  release(taken: readonly Waiting[]): void
  /** Fails everything that waits. */
  failAll(reason: unknown): void
}

/** Bytes that a transaction costs in a block besides its own. */
const FRAMING_BYTES = 8

/** An empty room. */
export function createWaitingRoom(): WaitingRoom {
  const byId = new Map<string, Waiting>()
  let queue: Waiting[] = []
  return {
    get size() {
      return queue.length
    },
    find: (statementId) => byId.get(nameOf(statementId)),
    add(statement) {
      const waiting = createWaiting(statement)
      byId.set(nameOf(statement.id), waiting)
      queue.push(waiting)
      return waiting
    },
    take(maxBytes) {
      const count = countThatFits(queue, maxBytes)
      const taken = queue.slice(0, count)
      queue = queue.slice(count)
      return taken
    },
    release(taken) {
      for (const { statement } of taken) byId.delete(nameOf(statement.id))
    },
    failAll(reason) {
      const everyone = [...byId.values()]
      byId.clear()
      queue = []
      for (const waiting of everyone) waiting.fail(reason)
    },
  }
}

/** At least one: a statement is always smaller than a block. */
function countThatFits(queue: readonly Waiting[], maxBytes: number): number {
  let bytes = 0
  for (const [i, { statement }] of queue.entries()) {
    bytes += statement.bytes.length + FRAMING_BYTES
    if (bytes > maxBytes && i > 0) return i
  }
  return queue.length
}

function createWaiting(statement: Statement): Waiting {
  let settle: Waiting['settle'] = () => {}
  let fail: Waiting['fail'] = () => {}
  const answer = new Promise<Refusal | Submitted>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  // Whoever submitted hears of a failure through the same promise; nobody else has to.
  answer.catch(() => {})
  return { statement, answer, settle, fail }
}

/** PERF: a third of what hex costs, and it is done three times for each statement. */
function nameOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('latin1')
}
