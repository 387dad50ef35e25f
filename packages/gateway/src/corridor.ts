/**
 * The corridor at work: keeps what arrives in the inbox, takes it through the rooms in groups and in order of arrival,
 * goes on after a crash with what the inbox still holds, and waits while the database is away.
 */
import type { Clock, NewDelivery, Reception, Vault } from '@meridian/vault'
import type { Arrival } from './connect/arrival.ts'
import type { Received } from './connect/received.ts'
import { deliveryOf, receivedAgain, receivedOf } from './connect/reception.ts'
import type { Source } from './connect/source.ts'
import { createHolds, type Holds } from './holds.ts'
import { type Converted, convert, type Rooms, takeIn } from './intake.ts'
import type { Outcome } from './outcome.ts'
import { createPassages, type Passages } from './passages.ts'
import type { Conversion } from './standardise/start-conversion.ts'

/** One item together with the source that sent it. */
export interface Sent {
  readonly source: Source
  readonly item: Arrival
}

/** What is known once an item is durable. */
export interface Kept {
  readonly deliveryId: string
  readonly reception: Reception['outcome']
  /** Resolves when the rooms have said what becomes of it; rejects only when the corridor is closed before. */
  readonly outcome: Promise<Outcome>
}

/** What the corridor tells whoever watches it; counts and codes only. */
export type CorridorEvent =
  | { readonly kind: 'group-done'; readonly outcomes: readonly Outcome[] }
  | { readonly kind: 'not-kept'; readonly code: string; readonly count: number }
  | { readonly kind: 'outside-failed'; readonly code: string; readonly waitMs: number }
  | { readonly kind: 'outside-back' }

/** What the corridor works with. */
export interface CorridorParts extends Rooms {
  readonly vault: Pick<Vault, 'inbox' | 'records' | 'quarantine'>
  readonly clock: Clock
  /** Another thread for the conversion of large groups; without it all are converted here. */
  readonly conversion?: Pick<Conversion, 'convert'>
  /** The configured source of a name, for what a crash left in the inbox. */
  readonly sourceNamed: (name: string) => Source | undefined
  /** Waits before another try when the database is away; returns early when the signal fires. */
  readonly pause: (timeoutMs: number, signal: AbortSignal) => Promise<void>
  readonly onEvent?: (event: CorridorEvent) => void
}

/** The corridor of one institution. */
export interface Corridor {
  /** Makes items durable, in order. Rejects only when the inbox cannot keep them. Effects: inbox, then the rooms. */
  keep(sent: readonly Sent[]): Promise<readonly Kept[]>
  /** Keeps items and waits for their outcomes. */
  takeIn(sent: readonly Sent[]): Promise<readonly Outcome[]>
  /** Takes through the rooms what the inbox holds in state `received`: after a crash, a mend, a retry. */
  resume(): Promise<readonly Outcome[]>
  /**
   * Runs `task` while nothing is in the rooms and nothing enters them; what arrives meanwhile waits in the inbox. Rejects with the
   * failure of the outside when the rooms wait for it to end.
   */
  hold<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when nothing is in the rooms. */
  settled(): Promise<void>
  close(): Promise<void>
}

const groupSize = 256

const firstWaitMs = 200
const longestWaitMs = 10_000

/** Opens the corridor. It does nothing until something arrives or `resume` is called. */
export function createCorridor(parts: CorridorParts): Corridor {
  const stop = new AbortController()
  const passages = createPassages({
    ...parts,
    convert: async (group) => (await parts.conversion?.convert(group)) ?? convert(group, parts),
    takeInAnew: (group, converted) => persist(group, converted, running),
    signal: stop.signal,
  })
  const holds = createHolds({ take: passages.alone, settled: passages.settled })
  const running: Running = { ...parts, signal: stop.signal, holds, inHand: new Set() }
  const passed: Work = async (group) => {
    const outcomes = await passages.pass(group)
    parts.onEvent?.({ kind: 'group-done', outcomes })
    return outcomes
  }
  async function keep(sent: readonly Sent[]): Promise<readonly Kept[]> {
    const kept: Kept[] = []
    for (let from = 0; from < sent.length; from += groupSize) {
      kept.push(...(await keepGroup(sent.slice(from, from + groupSize), running, passed)))
    }
    return kept
  }
  return {
    keep,
    takeIn: async (sent) => Promise.all((await keep(sent)).map((kept) => kept.outcome)),
    resume: () => resume(running, passages),
    hold: holds.hold,
    settled: () => passages.settled(),
    async close() {
      stop.abort()
      await passages.settled()
    },
  }
}

/** What the corridor works with inside: its parts, when to stop, and who must be told that the outside fails. */
interface Running extends CorridorParts {
  readonly signal: AbortSignal
  readonly holds: Holds
  /** Deliveries that are in the rooms or on their way there. */
  readonly inHand: Set<string>
}

type Work = (group: readonly Received[]) => Promise<readonly Outcome[]>

async function keepGroup(sent: readonly Sent[], parts: Running, work: Work): Promise<Kept[]> {
  const receivedTime = parts.clock.now().toISOString()
  const deliveries = sent.map(({ source, item }) => deliveryOf(source, item, receivedTime))
  const receptions = await receive(deliveries, parts)
  const fresh: Received[] = []
  const placeOf = sent.map(({ source, item }, i) => {
    const reception = receptions[i] as Reception
    if (reception.outcome === 'duplicate' && !isLeft(reception, parts)) return -1
    parts.inHand.add(reception.deliveryId)
    return fresh.push(receivedOf(source, item, reception, receivedTime)) - 1
  })
  const outcomes = work(fresh).finally(() => {
    for (const { deliveryId } of fresh) parts.inHand.delete(deliveryId)
  })
  // Whoever only wanted the items kept does not look at the outcomes; a closed corridor must not look like a crash.
  outcomes.catch(() => undefined)
  return sent.map(({ item }, i) => {
    const { deliveryId, outcome: reception, state, records } = receptions[i] as Reception
    const place = placeOf[i] as number
    const outcome: Promise<Outcome> =
      place < 0
        ? Promise.resolve({
            state: 'duplicate',
            deliveryId,
            position: item.position,
            earlier: state,
            records: records ?? [],
          })
        : outcomes.then((all) => all[place] as Outcome)
    return { deliveryId, reception, outcome }
  })
}

/** The inbox wrote it the first time although its answer was lost, so nobody has taken it into the rooms. */
function isLeft({ state, deliveryId }: Reception, { inHand }: Running): boolean {
  return state === 'received' && !inHand.has(deliveryId)
}

async function receive(
  deliveries: readonly NewDelivery[],
  parts: CorridorParts,
): Promise<readonly Reception[]> {
  try {
    return await parts.vault.inbox.receive(deliveries)
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'failed'
    parts.onEvent?.({ kind: 'not-kept', code, count: deliveries.length })
    throw error
  }
}

/** Takes a group through the rooms and stays with it until the vault has said yes, so that the order is kept. */
async function persist(
  group: readonly Received[],
  converted: readonly Converted[],
  parts: Running,
): Promise<readonly Outcome[]> {
  const { signal, holds } = parts
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    signal.throwIfAborted()
    try {
      const outcomes = await takeIn(group, converted, parts)
      holds.outsideIsBack()
      if (waitMs > firstWaitMs) parts.onEvent?.({ kind: 'outside-back' })
      return outcomes
    } catch (error) {
      const failure = error as { name?: string; code?: string }
      if (failure.name !== 'VaultFailure') throw error
      holds.outsideFailed(error)
      parts.onEvent?.({ kind: 'outside-failed', code: failure.code ?? 'failed', waitMs })
      await parts.pause(waitMs, signal)
    }
  }
}

async function resume(parts: Running, passages: Passages): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (;;) {
    const more = await passages.alone(async () => {
      const pending = await parts.vault.inbox.pending(groupSize)
      const group = pending.map((delivery) => receivedAgain(delivery, parts.sourceNamed))
      for (const { deliveryId } of group) parts.inHand.add(deliveryId)
      try {
        return group.length === 0 ? [] : await persist(group, convert(group, parts), parts)
      } finally {
        for (const { deliveryId } of group) parts.inHand.delete(deliveryId)
      }
    })
    if (more.length === 0) return outcomes
    parts.onEvent?.({ kind: 'group-done', outcomes: more })
    outcomes.push(...more)
  }
}
