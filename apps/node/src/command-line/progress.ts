/** A progress bar for long work: drawn on a terminal, silent in a pipe. */
import type { Bilingual } from './command.ts'

export interface Progress {
  /** `done` of `total`; redraws at most ten times a second. */
  at(done: number, total: number): void
  /** Ends the line, so that what follows starts on a new one. */
  end(): void
}

/** `now` is a monotonic clock in milliseconds; `stream` is where a person looks (stderr). */
export function createProgress(label: Bilingual, stream: NodeJS.WriteStream, now: () => number): Progress {
  if (stream.isTTY !== true) return { at: () => {}, end: () => {} }
  let drawn = Number.NEGATIVE_INFINITY
  const draw = (done: number, total: number) => {
    const share = total === 0 ? 1 : done / total
    const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░')
    stream.write(`\r${label.zh} ${label.en} ${bar} ${done}/${total}\u001b[K`)
  }
  return {
    at(done, total) {
      if (done < total && now() - drawn < 100) return
      drawn = now()
      draw(done, total)
    },
    end() {
      if (drawn !== Number.NEGATIVE_INFINITY) stream.write('\n')
    },
  }
}
