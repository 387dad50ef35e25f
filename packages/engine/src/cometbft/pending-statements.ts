/**
 * Statements that were taken and wait: to be handed to CometBFT, for a block, and for the header that proves what the block did. Only
 * a block is believed; what is not in one after a while is handed over again, the same bytes.
 */
import type { Refusal } from '@meridian/protocol'
import { byteName } from '../byte-name.ts'
import type { Submitted } from '../engine.ts'
import type { CommittedBlock } from './application/chain-head.ts'
import type { KnownStatement } from './application/known-statements.ts'

/** One statement and who waits for it. */
export interface Pending {
  readonly known: KnownStatement
  readonly id: Uint8Array
  readonly issuer: string
  readonly answer: Promise<Refusal | Submitted>
  /** When it was handed over last; undefined while it was not. */
  sentMs: number | undefined
  /** Stands in a block: waits only for the next header. */
  isOrdered: boolean
}

/** The room. */
export interface PendingStatements {
  /** Those that no block has taken yet. */
  readonly size: number
  /** How many issuers they are of. */
  readonly issuers: number
  /** Of these, those of one issuer. */
  sizeOf(issuer: string): number
  find(id: Uint8Array): Pending | undefined
  add(statement: Pick<Pending, 'known' | 'id' | 'issuer'>): Pending
  /**
   * Those to hand over now, at most `limit`: sent before `resendBeforeMs`, or never sent, as long as no more than `maxInFlight` are
   * in flight. They count as sent at `nowMs`.
   */
  take(limits: TakeLimits): readonly Pending[]
  /** CometBFT lost what it had: everything is to be handed over again. */
  forgetSent(): void
  /** A block is durable: its statements wait for the next header. Answers how many of them waited here. */
  ordered(block: Pick<CommittedBlock, 'height' | 'ids' | 'results'>): number
  /** The header at `height` is here: answers those of the blocks before. */
  proved(height: bigint): void
  /** Answers one that no block has taken with a refusal. */
  refuse(id: Uint8Array, refusal: Refusal): void
  failAll(reason: unknown): void
}

/** What is taken, and when it is. Times in milliseconds since 1970. */
export interface TakeLimits {
  readonly limit: number
  readonly maxInFlight: number
  readonly nowMs: number
  readonly resendBeforeMs: number
}

interface Entry extends Pending {
  settle(answer: Refusal | Submitted): void
  fail(reason: unknown): void
}

interface OrderedEntry {
  readonly entry: Entry
  readonly height: bigint
  readonly refusal: Refusal | undefined
}

/** An empty room. */
export function createPendingStatements(): PendingStatements {
  const byId = new Map<string, Entry>()
  const queue = createQueue()
  let ordered: OrderedEntry[] = []
  return {
    get size() {
      return queue.size()
    },
    get issuers() {
      return queue.issuers()
    },
    sizeOf: queue.sizeOf,
    take: queue.take,
    forgetSent: queue.forgetSent,
    find: (id) => byId.get(byteName(id)),
    add(statement) {
      const entry = createEntry(statement)
      byId.set(byteName(entry.id), entry)
      queue.enter(entry)
      return entry
    },
    ordered(block) {
      const before = queue.size()
      for (const [i, id] of block.ids.entries()) {
        const entry = id === undefined ? undefined : byId.get(byteName(id))
        if (entry === undefined || entry.isOrdered) continue
        queue.leave(entry)
        entry.isOrdered = true
        ordered.push({ entry, height: block.height, refusal: block.results[i] })
      }
      return before - queue.size()
    },
    proved(height) {
      const ready = ordered.filter((each) => each.height < height)
      ordered = ordered.filter((each) => each.height >= height)
      for (const { entry, height: at, refusal } of ready) {
        byId.delete(byteName(entry.id))
        entry.settle(refusal ?? { statementId: entry.id, height: at })
      }
    },
    refuse(id, refusal) {
      const entry = byId.get(byteName(id))
      if (entry === undefined || entry.isOrdered) return
      queue.leave(entry)
      byId.delete(byteName(id))
      entry.settle(refusal)
    },
    failAll(reason) {
      const everyone = [...byId.values()]
      byId.clear()
      queue.clear()
      ordered = []
      for (const entry of everyone) entry.fail(reason)
    },
  }
}

interface Queue extends Pick<PendingStatements, 'sizeOf' | 'take' | 'forgetSent'> {
  size(): number
  issuers(): number
  enter(entry: Entry): void
  leave(entry: Entry): void
  clear(): void
}

/** Those that no block has taken, in the order of arrival, and how many of them were handed over. */
function createQueue(): Queue {
  const waiting = new Set<Entry>()
  const counts = new Map<string, number>()
  let sent = 0
  return {
    size: () => waiting.size,
    issuers: () => counts.size,
    sizeOf: (issuer) => counts.get(issuer) ?? 0,
    enter(entry) {
      waiting.add(entry)
      counts.set(entry.issuer, (counts.get(entry.issuer) ?? 0) + 1)
    },
    leave(entry) {
      if (!waiting.delete(entry)) return
      if (entry.sentMs !== undefined) sent -= 1
      const rest = (counts.get(entry.issuer) ?? 1) - 1
      if (rest === 0) counts.delete(entry.issuer)
      else counts.set(entry.issuer, rest)
    },
    take({ limit, maxInFlight, nowMs, resendBeforeMs }) {
      const taken: Entry[] = []
      for (const entry of waiting) {
        if (taken.length >= limit) break
        if (entry.sentMs !== undefined && entry.sentMs >= resendBeforeMs) continue
        if (entry.sentMs === undefined && sent >= maxInFlight) break
        if (entry.sentMs === undefined) sent += 1
        entry.sentMs = nowMs
        taken.push(entry)
      }
      return taken
    },
    forgetSent() {
      for (const entry of waiting) entry.sentMs = undefined
      sent = 0
    },
    clear() {
      waiting.clear()
      counts.clear()
      sent = 0
    },
  }
}

function createEntry(statement: Pick<Pending, 'known' | 'id' | 'issuer'>): Entry {
  let settle: Entry['settle'] = () => {}
  let fail: Entry['fail'] = () => {}
  const answer = new Promise<Refusal | Submitted>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  // Whoever submitted hears of a failure through the same promise; nobody else has to.
  answer.catch(() => {})
  return { ...statement, answer, settle, fail, sentMs: undefined, isOrdered: false }
}
