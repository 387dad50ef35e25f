/**
 * Verifies signatures ahead on a thread of its own when many arrive together, and remembers what verified. A few are left
 * to whoever checks them: a round trip costs more than they do. It only ever saves time: the verdict is computed again
 * wherever the memory does not know it.
 */
import { Worker } from 'node:worker_threads'
import type { Suite } from '@meridian/protocol'
import { type RememberingSuite, rememberSignatures, type SignatureClaim } from './remember-signatures.ts'
import { encodeSignatureBatch } from './signature-batch.ts'

/** The suite with the memory, and how to fill it ahead. */
export interface SignatureVerifier {
  /** What the state machine must be made with. Its native rules are those of protocol's `nodeSuite`. */
  readonly suite: Suite
  /** Resolves when the signature has been verified ahead, or when there is no point in it. Never rejects. */
  verifyAhead(claim: SignatureClaim): Promise<void>
  /** Ends the thread. */
  close(): Promise<void>
}

interface Job {
  readonly claim: SignatureClaim
  readonly done: () => void
}

/** PERF: below this many in one turn of the loop, about a millisecond of work, no batch is sent. */
const SMALLEST_BATCH = 16

/** Batches that the thread has at one time: the second, so that it need not wait for this one. */
const MOST_UNDER_WAY = 2

/** A verifier over `suite`, which must be protocol's `nodeSuite` or judge as it does. The thread starts when it is needed. */
export function createSignatureVerifier(suite: Suite): SignatureVerifier {
  const memory = rememberSignatures(suite)
  let thread: VerifyThread | undefined
  let gathered: Job[] = []

  function send(): void {
    // What comes while the thread is at work goes together: the more there is to do, the fewer messages it takes.
    if (gathered.length === 0 || (thread?.underWay() ?? 0) >= MOST_UNDER_WAY) return
    const jobs = gathered
    gathered = []
    if (jobs.length < SMALLEST_BATCH) for (const { done } of jobs) done()
    else {
      thread ??= startThread(memory, send)
      thread.send(jobs)
    }
  }

  return {
    suite: memory,
    verifyAhead: (claim) =>
      new Promise((done) => {
        gathered.push({ claim, done })
        if (gathered.length === 1) setImmediate(send)
      }),
    async close() {
      await thread?.close()
    },
  }
}

interface VerifyThread {
  send(jobs: readonly Job[]): void
  /** Batches without an answer. */
  underWay(): number
  close(): Promise<void>
}

/** `onAnswer` is called after each batch, and when the thread is gone. */
function startThread(memory: RememberingSuite, onAnswer: () => void): VerifyThread {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url))
  const sent: (readonly Job[])[] = []
  let isGone = false
  worker.unref()
  worker.on('message', (verdicts: Uint8Array) => {
    const jobs = sent.shift() ?? []
    if (sent.length === 0) worker.unref()
    for (const [i, { claim, done }] of jobs.entries()) {
      if (verdicts[i] === 1) memory.remember(claim)
      done()
    }
    onAnswer()
  })
  const giveUp = (): void => {
    isGone = true
    for (const { done } of sent.splice(0).flat()) done()
    onAnswer()
  }
  worker.on('error', giveUp)
  worker.on('exit', giveUp)
  return {
    underWay: () => sent.length,
    send(jobs) {
      if (isGone) for (const { done } of jobs) done()
      else {
        const batch = encodeSignatureBatch(jobs.map((job) => job.claim))
        sent.push(jobs)
        worker.ref()
        worker.postMessage(batch, [batch.buffer])
      }
    },
    async close() {
      await worker.terminate()
    },
  }
}
