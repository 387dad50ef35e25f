/**
 * What may wait here at all: as much as the chain has lately ordered in a few seconds, shared among the organisations that have something
 * waiting. Who is over its share is told when to come again; a burst of one never makes the others wait. Design §6, What bites.
 */
import { type Refusal, refuse } from '@meridian/protocol'
import type { Clock } from '../../clock.ts'
import { createIssuerRates } from './issuer-rates.ts'
import { createServiceRate } from './service-rate.ts'

/** The limits. */
export interface AdmissionSettings {
  /** Statements that may wait before all more are refused with statement.queue-full. */
  readonly maxWaiting: number
  /** What may wait however slow blocks seem: a chain at rest has taken little lately. */
  readonly leastWaiting: number
  /** Seconds within which what was admitted is to stand in a block. */
  readonly targetSeconds: number
  /** Statements that one organisation may submit in a second, after a burst of twice as many. */
  readonly maxPerSecond: number
}

/** What holds when nothing else is said. */
export const ADMISSION_DEFAULTS: AdmissionSettings = {
  maxWaiting: 20_000,
  leastWaiting: 400,
  targetSeconds: 2,
  maxPerSecond: 10_000,
}

/** What waits, as the control sees it. */
export interface WaitingCounts {
  readonly size: number
  /** Organisations that have something waiting. */
  readonly issuers: number
  sizeOf(issuer: string): number
}

/** The control. */
export interface AdmissionControl {
  /** A refusal by queue, before anything is computed for the statement; without one it is on its way and counts, until `arrived`. */
  checkQueue(issuer: string): Refusal | undefined
  /** A refusal by rate: for statements whose signature says that they are the issuer's. Counts the statement. */
  checkRate(issuer: string): Refusal | undefined
  /** A statement that `checkQueue` let in waits now, or was refused after all. */
  arrived(issuer: string): void
  /** A statement is going to wait. */
  entering(): void
  /** A block took `count` of those that waited. */
  served(count: number): void
}

const MOST_SECONDS = 60

/** A control over what waits. */
export function createAdmissionControl(
  waiting: WaitingCounts,
  settings: AdmissionSettings,
  clock: Clock,
): AdmissionControl {
  const rate = createServiceRate()
  const rates = createIssuerRates(settings.maxPerSecond)
  const onTheWay = createOnTheWay()
  return {
    checkQueue(issuer) {
      const { maxWaiting, leastWaiting, targetSeconds } = settings
      if (waiting.size + onTheWay.size() >= maxWaiting)
        return refuse('engine', 'statement.queue-full', { limit: maxWaiting })
      const perSecond = rate.perSecond() ?? 0
      const all = Math.max(leastWaiting, perSecond * targetSeconds)
      const own = waiting.sizeOf(issuer) + onTheWay.sizeOf(issuer)
      const share = all / Math.max(1, waiting.issuers + (waiting.sizeOf(issuer) === 0 ? 1 : 0))
      if (own >= share) return tooMany(own / 2 / Math.max(1, perSecond))
      onTheWay.add(issuer)
      return undefined
    },
    checkRate(issuer) {
      const seconds = rates.take(issuer, clock.nowMs())
      return seconds === 0 ? undefined : tooMany(seconds)
    },
    arrived: onTheWay.remove,
    entering() {
      if (waiting.size === 0) rate.began(clock.nowMs())
    },
    served(count) {
      rate.served(count, clock.nowMs(), waiting.size === 0)
    },
  }
}

/** Statements whose signatures are looked at: a burst must not pass the queue's check before the first of it waits. */
function createOnTheWay() {
  const counts = new Map<string, number>()
  let size = 0
  return {
    size: () => size,
    sizeOf: (issuer: string) => counts.get(issuer) ?? 0,
    add(issuer: string) {
      size += 1
      counts.set(issuer, (counts.get(issuer) ?? 0) + 1)
    },
    remove(issuer: string) {
      size -= 1
      const left = (counts.get(issuer) ?? 1) - 1
      if (left === 0) counts.delete(issuer)
      else counts.set(issuer, left)
    },
  }
}

function tooMany(seconds: number): Refusal {
  const retryAfterSeconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(seconds)))
  return refuse('engine', 'statement.too-many', { retryAfterSeconds })
}
