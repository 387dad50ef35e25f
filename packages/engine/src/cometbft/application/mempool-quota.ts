/**
 * How many transactions of each issuer lie in this node's mempool. CometBFT does not say when it drops one, but after every block it
 * asks again about each that is left: so the count starts anew there.
 */

/** The count. */
export interface MempoolQuota {
  /** Whether one more of `issuer` may enter; counts it. */
  enter(issuer: string): boolean
  /** Counts one that is still there. */
  stays(issuer: string): void
  /** A block was committed: what is left will be named again. */
  restart(): void
}

/** At most `limit` for each issuer. */
export function createMempoolQuota(limit: number): MempoolQuota {
  let counts = new Map<string, number>()
  const add = (issuer: string): void => void counts.set(issuer, (counts.get(issuer) ?? 0) + 1)
  return {
    enter(issuer) {
      if ((counts.get(issuer) ?? 0) >= limit) return false
      add(issuer)
      return true
    },
    stays: add,
    restart() {
      counts = new Map()
    },
  }
}
