/** What stops a node for good: going on would be unsafe or in vain. The first reason counts. */
import type { EngineFailure } from '../engine-failure.ts'

/** The brake. */
export interface Halt {
  /** Why; undefined while the node goes on. */
  reason(): EngineFailure | undefined
  with(failure: EngineFailure): void
  /** Calls `listener` once, when the node is halted or at once when it is. */
  onHalt(listener: (reason: EngineFailure) => void): void
}

/** A node that goes on. */
export function createHalt(): Halt {
  let reason: EngineFailure | undefined
  const listeners: ((reason: EngineFailure) => void)[] = []
  return {
    reason: () => reason,
    with(failure) {
      if (reason !== undefined) return
      reason = failure
      for (const listener of listeners) listener(failure)
    },
    onHalt(listener) {
      if (reason === undefined) listeners.push(listener)
      else listener(reason)
    },
  }
}
