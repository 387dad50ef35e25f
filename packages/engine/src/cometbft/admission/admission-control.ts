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
  /** What may wait while nothing is known of how fast blocks take it. */
  readonly leastWaiting: number
  /** Seconds within which what was admitted is to stand in a block. */
  readonly targetSeconds: number
  /** Statements that one organisation may submit in a second, after a burst of twice as many. */
  readonly maxPerSecond: number
}

/** What holds when nothing else is said. */
export const ADMISSION_DEFAULTS: AdmissionSettings = {
  maxWaiting: 20_000,
  leastWaiting: 1_000,
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
  /** A refusal by queue: before anything is computed for the statement. */
  checkQueue(issuer: string): Refusal | undefined
  /** A refusal by rate: for statements whose signature says that they are the issuer's. Counts the statement. */
  checkRate(issuer: string): Refusal | undefined
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
  return {
    checkQueue(issuer) {
      const { maxWaiting, leastWaiting, targetSeconds } = settings
      if (waiting.size >= maxWaiting) return refuse('engine', 'statement.queue-full', { limit: maxWaiting })
      const perSecond = rate.perSecond() ?? 0
      const all = Math.max(leastWaiting, perSecond * targetSeconds)
      const own = waiting.sizeOf(issuer)
      const share = all / Math.max(1, waiting.issuers + (own === 0 ? 1 : 0))
      return own < share ? undefined : tooMany(own / 2 / Math.max(1, perSecond))
    },
    checkRate(issuer) {
      const seconds = rates.take(issuer, clock.nowMs())
      return seconds === 0 ? undefined : tooMany(seconds)
    },
    entering() {
      if (waiting.size === 0) rate.began(clock.nowMs())
    },
    served(count) {
      rate.served(count, clock.nowMs(), waiting.size === 0)
    },
  }
}

function tooMany(seconds: number): Refusal {
  const retryAfterSeconds = Math.min(MOST_SECONDS, Math.max(1, Math.ceil(seconds)))
  return refuse('engine', 'statement.too-many', { retryAfterSeconds })
}
