/** The room `anchor`: gathers the commitments that wait in the outbox into batches, by count or by age, and sees each into a block. */
import type { Batch, Clock, Outbox } from '@meridian/vault'
import type { AnchorLedger } from './anchor-ledger.ts'
import { LedgerRefused } from './ledger-refused.ts'
import { createStandardsPublisher } from './publish-standards.ts'
import { createDayRecorder } from './record-days.ts'
import { type Settled, settleBatch } from './settle-batch.ts'
import type { Signing } from './sign-statement.ts'

/** A batch is opened when `maxCount` commitments wait or the oldest has waited `maxAgeMs`. */
export interface BatchPolicy {
  readonly maxCount: number
  readonly maxAgeMs: number
}

export interface AnchorParts {
  readonly outbox: Outbox
  readonly ledger: AnchorLedger
  readonly signing: Signing
  readonly policy: BatchPolicy
  readonly clock: Clock
  /** Waits; returns early when the signal fires. */
  readonly pause: (timeoutMs: number, signal: AbortSignal) => Promise<void>
  readonly onEvent?: (event: AnchorEvent) => void
}

/** What happened, in counts and codes. */
export type AnchorEvent =
  | { readonly kind: 'anchored'; readonly height: bigint; readonly count: number }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'outside-failed'; readonly code: string }

/** The running room. */
export interface Anchoring {
  /** Tells that something was stored; cheap, may be called for every group. */
  nudge(): void
  /** Anchors everything that waits now, whatever its age; resolves when it is in blocks. @throws LedgerRefused when the ledger says no. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Somebody who waits until everything is anchored. */
interface Flush {
  readonly resolve: () => void
  readonly reject: (reason: LedgerRefused) => void
}

const retryMs = 1000

/** Starts the room; it first goes on with the batches that a stop left unfinished. */
export function startAnchoring(parts: AnchorParts): Anchoring {
  const stop = new AbortController()
  let wake = new AbortController()
  let flushing: Flush[] = []
  const recordDays = createDayRecorder(parts)
  const publishStandards = createStandardsPublisher(parts)
  const settle = async (batch: Batch): Promise<void> => {
    await publishStandards(batch.standardsSetHash)
    report(await settleBatch(batch, { ...parts, signal: stop.signal }), batch.count, parts)
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const asked = flushing
      flushing = []
      try {
        await recordDays()
        const waitMs = await anchorWhatIsDue(parts, settle, asked.length > 0, stop.signal)
        for (const { resolve } of asked) resolve()
        if (flushing.length === 0) await parts.pause(waitMs, wake.signal)
        wake = new AbortController()
      } catch (error) {
        if (error instanceof LedgerRefused) for (const { reject } of asked) reject(error)
        else flushing.push(...asked)
        parts.onEvent?.({ kind: 'outside-failed', code: (error as { code?: string }).code ?? 'failed' })
        await parts.pause(retryMs, stop.signal)
      }
    }
  }

  const running = run()
  const nudge = () => wake.abort()
  return {
    nudge,
    flush: () =>
      new Promise((resolve, reject) => {
        flushing.push({ resolve, reject })
        nudge()
      }),
    async close() {
      stop.abort()
      nudge()
      await running
    },
  }
}

/** Settles unfinished batches, then opens and settles new ones while any is due. Gives how long nothing will be due. */
async function anchorWhatIsDue(
  parts: AnchorParts,
  settle: (batch: Batch) => Promise<void>,
  everything: boolean,
  signal: AbortSignal,
): Promise<number> {
  for (const batch of await parts.outbox.unfinished()) {
    await settle(batch)
    if (signal.aborted) return 0
  }
  for (;;) {
    const { count, oldestTime } = await parts.outbox.waiting()
    if (count === 0 || oldestTime === null) return 60_000
    const ageMs = parts.clock.now().getTime() - Date.parse(oldestTime)
    const due = everything || count >= parts.policy.maxCount || ageMs >= parts.policy.maxAgeMs
    if (!due) return parts.policy.maxAgeMs - ageMs
    const batch = await parts.outbox.openBatch(parts.policy.maxCount)
    if (batch === undefined || signal.aborted) return 0
    await settle(batch)
  }
}

function report(settled: Settled, count: number, parts: AnchorParts): void {
  if (settled.kind === 'final') parts.onEvent?.({ kind: 'anchored', height: settled.place.height, count })
  if (settled.kind === 'refused') {
    parts.onEvent?.({ kind: 'refused', code: settled.refusal.code })
    throw new LedgerRefused(settled.refusal)
  }
}
