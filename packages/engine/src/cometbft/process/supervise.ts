/**
 * Keeps CometBFT running: it is started again whenever it ends, whatever its exit code (when its application goes away it ends with
 * 0), after a pause that grows while it does not stay up.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Clock } from '../../clock.ts'
import { notePid } from './end-orphan.ts'

/** What is kept running. */
export interface SuperviseOptions {
  readonly binary: string
  /** CometBFT's home. */
  readonly home: string
  /** Socket files that a killed process leaves behind and a new one would stumble over. */
  readonly staleSockets: readonly string[]
  readonly clock: Clock
  /** Every line that it prints. */
  readonly onLine: (line: string) => void
  /** Called before each start. */
  readonly beforeStart: () => void
  /** Told at each start, and with what it ended. */
  readonly onStart: () => void
  readonly onEnd: (code: number | null, signal: NodeJS.Signals | null) => void
}

/** The keeper. */
export interface Supervisor {
  /** Of the running process; undefined during a pause. */
  pid(): number | undefined
  /** How often it was started again. */
  restarts(): number
  /** Its application failed it: it ends by itself, or is ended a little later; either way it is started again. */
  expectEnd(): void
  /** Ends it, first with the chance to finish; it is started again. */
  startAgain(): void
  /** Ends it, first with the chance to finish; it is not started again. */
  stop(): Promise<void>
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000

/** Who ran this long is not failing to start. */
const STEADY_MS = 10_000

/** How long a CometBFT without an application may take to end by itself. */
const EXPECTED_END_MS = 3_000

/** Longer than CometBFT takes to write what it has in hand. */
const TERM_GRACE_MS = 8_000

/** Starts CometBFT now. */
export function superviseComet(options: SuperviseOptions): Supervisor {
  const { clock } = options
  let child: ChildProcess | undefined
  let isStopping = false
  let restarts = 0
  let pauseMs = FIRST_PAUSE_MS
  let cancelPause = (): void => {}
  let ended = Promise.resolve()

  function start(): void {
    for (const path of options.staleSockets) rmSync(path, { force: true })
    if (!isDone(options, options.beforeStart)) {
      startLater(0)
      return
    }
    const startedMs = clock.nowMs()
    const running = startProcess(options)
    child = running
    // Not noted, it could outlive this process and nobody would find it.
    if (!isDone(options, () => notePid(options.home, running.pid))) running.kill('SIGKILL')
    options.onStart()
    ended = new Promise((resolve) => {
      running.once('close', (code, signal) => {
        child = undefined
        resolve()
        options.onEnd(code, signal)
        if (!isStopping) startLater(clock.nowMs() - startedMs)
      })
    })
  }

  function startLater(ranMs: number): void {
    pauseMs = ranMs >= STEADY_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    cancelPause = clock.after(pauseMs, () => {
      restarts += 1
      start()
    })
  }

  async function end(): Promise<void> {
    const running = child
    running?.kill('SIGTERM')
    const cancelKill = clock.after(TERM_GRACE_MS, () => void running?.kill('SIGKILL'))
    await ended
    cancelKill()
  }

  start()
  return {
    pid: () => child?.pid,
    restarts: () => restarts,
    expectEnd() {
      const failed = child
      clock.after(EXPECTED_END_MS, () => void failed?.kill('SIGKILL'))
    },
    startAgain: () => void end(),
    async stop() {
      isStopping = true
      cancelPause()
      await end()
      notePid(options.home, undefined)
    },
  }
}

/** A full disk may heal: what fails here is said, and the start is tried again. */
function isDone({ onLine }: SuperviseOptions, act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    onLine(String(error))
    return false
  }
}

/** A program that cannot be started at all closes too, with an error that says why. */
function startProcess({ binary, home, onLine }: SuperviseOptions): ChildProcess {
  const child = spawn(binary, ['start', '--home', home], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.on('error', (error) => onLine(error.message))
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', onLine)
  }
  return child
}
