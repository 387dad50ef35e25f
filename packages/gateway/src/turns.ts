/** One thing at a time, in the order asked for: keeps the records of one patient from overtaking each other. */

export interface Turns {
  /** Runs `task` after everything asked for before it. A failed task does not stop the next. */
  take<T>(task: () => Promise<T>): Promise<T>
  /** Resolves when nothing is waiting or running. */
  settled(): Promise<void>
}

/** Makes an empty queue of turns. */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    take(task) {
      const mine = last.then(task, task)
      last = mine.catch(() => undefined)
      return mine
    },
    async settled() {
      let seen: unknown
      while (seen !== last) {
        seen = last
        await last
      }
    },
  }
}
