/**
 * How many statements of each issuer lie in this node's mempool. CometBFT says when one enters and when a block takes it; that it dropped
 * one it does not say, so what no block took for a minute counts no more.
 */
import { isRefusal } from '@meridian/protocol'
import type { Clock } from '../../clock.ts'
import type { KnownStatement } from './known-statements.ts'

/** The count. */
export interface MempoolQuota {
  /** Whether one more of its issuer may enter; counts it. */
  enter(known: KnownStatement): boolean
  /** These stand in a block. */
  leave(statements: readonly KnownStatement[]): void
  /** CometBFT was started: its mempool is empty. */
  restart(): void
}

/** Longer than anything waits for a block while blocks are made. */
const LOST_MS = 60_000

/** At most `limit` for each issuer. */
export function createMempoolQuota(limit: number, clock: Pick<Clock, 'nowMs'>): MempoolQuota {
  const byIssuer = new Map<string, Map<KnownStatement, number>>()
  return {
    enter(known) {
      const { statement } = known
      if (isRefusal(statement)) return false
      const entered = byIssuer.get(statement.issuer) ?? new Map<KnownStatement, number>()
      byIssuer.set(statement.issuer, entered)
      const nowMs = clock.nowMs()
      if (entered.size >= limit) dropLost(entered, nowMs - LOST_MS)
      if (entered.size >= limit && !entered.has(known)) return false
      entered.set(known, nowMs)
      return true
    },
    leave(statements) {
      for (const known of statements) {
        if (!isRefusal(known.statement)) byIssuer.get(known.statement.issuer)?.delete(known)
      }
    },
    restart: () => byIssuer.clear(),
  }
}

/** They stand in the order in which they entered. */
function dropLost(entered: Map<KnownStatement, number>, beforeMs: number): void {
  for (const [known, ms] of entered) {
    if (ms > beforeMs) return
    entered.delete(known)
  }
}
