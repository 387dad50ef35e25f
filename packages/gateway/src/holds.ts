/**
 * Turns of somebody else's while the rooms rest, a backup's. The rooms keep their turn as long as the outside fails, so whoever waits
 * for one then is told instead of waiting without an end.
 */
import type { Turns } from './turns.ts'

/** Who waits for a turn of their own. */
export interface Holds {
  /** Runs `task` in a turn of its own. Rejects, and never runs it, when the outside fails before the turn comes. */
  hold<T>(task: () => Promise<T>): Promise<T>
  outsideFailed(failure: unknown): void
  outsideIsBack(): void
}

/** Nobody waits. */
export function createHolds(turns: Turns): Holds {
  const waiting = new Set<(failure: unknown) => void>()
  let failing: { readonly failure: unknown } | undefined
  return {
    hold: (task) =>
      new Promise((resolve, reject) => {
        if (failing !== undefined) return reject(failing.failure)
        waiting.add(reject)
        turns
          .take(async () => {
            if (waiting.delete(reject)) resolve(await task())
          })
          .catch(reject)
      }),
    outsideFailed(failure) {
      failing = { failure }
      for (const reject of waiting) reject(failure)
      waiting.clear()
    },
    outsideIsBack() {
      failing = undefined
    },
  }
}
