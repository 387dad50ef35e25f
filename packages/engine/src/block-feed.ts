/** Wakes those who follow the chain whenever a block has been signed. */

/** The feed. */
export interface BlockFeed {
  /** Wakes everyone who waits now. */
  notify(): void
  /** Resolves at the next block, or when the signal aborts. */
  next(signal: AbortSignal): Promise<void>
}

/** A feed that nobody follows yet. */
export function createBlockFeed(): BlockFeed {
  let waiting = new Set<() => void>()
  return {
    notify() {
      const woken = waiting
      waiting = new Set()
      for (const wake of woken) wake()
    },
    next(signal) {
      if (signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = (): void => {
          signal.removeEventListener('abort', wake)
          waiting.delete(wake)
          resolve()
        }
        signal.addEventListener('abort', wake, { once: true })
        waiting.add(wake)
      })
    },
  }
}
