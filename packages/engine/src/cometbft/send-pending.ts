/**
 * Hands waiting statements to CometBFT in batches, a bounded number at a time, and again when no block has taken them. The answer
 * of the broadcast is not believed: "mempool is full" is silent. Design §6.
 */
import { isRefusal, type Refusal } from '@meridian/protocol'
import type { Clock } from '../clock.ts'
import { isEngineFailure } from '../engine-failure.ts'
import type { KnownStatement } from './application/known-statements.ts'
import type { Pending, PendingStatements } from './pending-statements.ts'
import type { JsonRpc } from './rpc/json-rpc.ts'

/** What sending needs. */
export interface SenderParts {
  readonly pending: PendingStatements
  readonly rpc: JsonRpc
  readonly clock: Clock
  /** Handed over and in no block yet, at most. */
  readonly maxInFlight: number
  /** What the newest state says of a statement that waited long. */
  readonly checkAgain: (known: KnownStatement) => Refusal | undefined
}

/** The sender. */
export interface Sender {
  /** Looks whether there is something to hand over. */
  wake(): void
  stop(): void
}

const BATCH = 200
const BATCHES_AT_ONCE = 3

/** PERF: a block takes a fraction of a second; who is not in one by then was lost on the way. */
const RESEND_MS = 4_000
const LOOK_MS = 1_000

/** A sender at rest. */
export function createSender(parts: SenderParts): Sender {
  const { pending, clock } = parts
  let underWay = 0
  let isScheduled = false
  let isStopped = false
  let cancelLook = (): void => {}

  function pump(): void {
    isScheduled = false
    while (!isStopped && underWay < BATCHES_AT_ONCE) {
      const nowMs = clock.nowMs()
      const { maxInFlight } = parts
      const taken = pending.take({ limit: BATCH, maxInFlight, nowMs, resendBeforeMs: nowMs - RESEND_MS })
      if (taken.length === 0) break
      void send(taken)
    }
    if (!isStopped && pending.size > 0) look()
  }

  async function send(taken: readonly Pending[]): Promise<void> {
    underWay += 1
    try {
      await broadcast(parts, taken)
    } catch (error) {
      // CometBFT is away: what it lost is handed over again when it is back.
      if (!isEngineFailure(error)) throw error
    } finally {
      underWay -= 1
    }
    wake()
  }

  function look(): void {
    cancelLook()
    cancelLook = clock.after(LOOK_MS, wake)
  }

  function wake(): void {
    if (isScheduled || isStopped) return
    isScheduled = true
    setImmediate(pump)
  }

  return {
    wake,
    stop() {
      isStopped = true
      cancelLook()
    },
  }
}

async function broadcast(
  { pending, rpc, checkAgain }: SenderParts,
  taken: readonly Pending[],
): Promise<void> {
  const passing = taken.filter(({ known, id }) => {
    const refusal = checkAgain(known)
    if (refusal !== undefined) pending.refuse(id, refusal)
    return refusal === undefined && !isRefusal(known.statement)
  })
  await rpc.batch(
    passing.map(({ known }) => ({
      method: 'broadcast_tx_async',
      params: { tx: Buffer.from(known.bytes).toString('base64') },
    })),
  )
}
