/** Says once a day on the ledger what was stored, counted with small cells left out (spec 1, `record-daily-totals`). */
import type { Clock, Outbox } from '@meridian/vault'
import type { AnchorLedger } from './anchor-ledger.ts'
import { LedgerRefused } from './ledger-refused.ts'
import { type Signing, signFor } from './sign-statement.ts'

export interface DayParts {
  readonly outbox: Pick<Outbox, 'daysToRecord' | 'dailyTotals' | 'markDayRecorded'>
  readonly ledger: Pick<AnchorLedger, 'submit' | 'blockTimeSeconds'>
  readonly signing: Signing
  readonly clock: Clock
}

/**
 * Makes the recorder: it records every finished UTC day that is not yet on the ledger, and looks again when the day has changed. The
 * ledger keeps one total a day, so a crash between submitting and marking ends in `evidence.totals-exist`, which is as good as done;
 * a day too long ago for the ledger is over too. Effects: ledger, outbox.
 */
export function createDayRecorder(parts: DayParts): () => Promise<void> {
  let looked = ''
  return async () => {
    const today = parts.clock.now().toISOString().slice(0, 10)
    if (today === looked) return
    for (const day of await parts.outbox.daysToRecord(today)) await recordDay(day, parts)
    looked = today
  }
}

async function recordDay(day: string, { outbox, ledger, signing }: DayParts): Promise<void> {
  const totals = await outbox.dailyTotals(day)
  const signed = signFor(signing, 'record-daily-totals', { day, totals }, await ledger.blockTimeSeconds())
  const refusal = await ledger.submit(signed.bytes)
  const isOver = refusal?.code === 'evidence.totals-exist' || refusal?.code === 'evidence.day-out-of-range'
  if (refusal !== undefined && !isOver) throw new LedgerRefused(refusal)
  await outbox.markDayRecorded(day, signed.statementId)
}
