/** How many of this node's statements blocks have taken in a second lately, counted only while some waited. */

/** The measure. */
export interface ServiceRate {
  /** A statement began to wait where none did. */
  began(nowMs: number): void
  /** A block took `count` of them; `isEmpty` when none is left. */
  served(count: number, nowMs: number, isEmpty: boolean): void
  /** Statements a second; undefined before the first block. */
  perSecond(): number | undefined
}

/** Each block leaves nine tenths of what was measured before it. */
const MEMORY = 0.9

const MS_PER_SECOND = 1_000

/** A measure that has seen nothing. */
export function createServiceRate(): ServiceRate {
  let busySince: number | undefined
  let busyMs = 0
  let served = 0
  return {
    began(nowMs) {
      busySince ??= nowMs
    },
    served(count, nowMs, isEmpty) {
      if (count > 0 && busySince !== undefined) {
        busyMs = busyMs * MEMORY + Math.max(1, nowMs - busySince)
        served = served * MEMORY + count
        busySince = nowMs
      }
      if (isEmpty) busySince = undefined
    },
    perSecond: () => (busyMs === 0 ? undefined : (served / busyMs) * MS_PER_SECOND),
  }
}
