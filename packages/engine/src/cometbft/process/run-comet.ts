/** A supervised CometBFT and whether it answers now: told at every time it begins to. */
import type { Clock } from '../../clock.ts'
import { EngineFailure, isEngineFailure } from '../../engine-failure.ts'
import type { JsonRpc } from '../rpc/json-rpc.ts'
import { type SuperviseOptions, type Supervisor, superviseComet } from './supervise.ts'

/** What is run, and who is told. */
export interface RunOptions extends Omit<SuperviseOptions, 'onStart' | 'onEnd'> {
  readonly rpc: JsonRpc
  /** It answers: what it had in its mempool before is gone. */
  readonly onUp: () => void
}

/** The running program. */
export interface RunningComet extends Supervisor {
  /** Whether it answered since it was started last. */
  isUp(): boolean
  /** Resolves at the first answer. Rejects with engine.cometbft-failed when it ends again and again before. */
  readonly up: Promise<void>
}

const POLL_MS = 50

/** Who ended so often before the first answer will not give one. */
const MOST_ENDS = 4

/** Starts it. */
export function runComet(options: RunOptions): RunningComet {
  let poll = new AbortController()
  let ends = 0
  let isUp = false
  let onFirst = (): void => {}
  let onFailed = (_: unknown): void => {}
  const up = new Promise<void>((resolve, reject) => {
    onFirst = resolve
    onFailed = reject
  })
  const supervisor = superviseComet({
    ...options,
    onStart() {
      poll = new AbortController()
      void untilAnswers(options.rpc, options.clock, poll.signal).then((answered) => {
        if (!answered) return
        isUp = true
        onFirst()
        options.onUp()
      })
    },
    onEnd() {
      poll.abort()
      isUp = false
      ends += 1
      if (ends >= MOST_ENDS) onFailed(new EngineFailure('engine.cometbft-failed', { ends }))
    },
  })
  return { ...supervisor, isUp: () => isUp, up }
}

/** Asks until there is an answer, true, or until the signal aborts, false. */
async function untilAnswers(rpc: JsonRpc, clock: Clock, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    try {
      await rpc.call('health')
      return !signal.aborted
    } catch (error) {
      if (!isEngineFailure(error)) throw error
      await pause(clock, signal)
    }
  }
  return false
}

function pause(clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(POLL_MS, resolve)
    const giveUp = (): void => {
      cancel()
      resolve()
    }
    signal.addEventListener('abort', giveUp, { once: true })
  })
}
