/** The evidence module as the ledger lists it. */
import type { LedgerModule } from '../../module.ts'
import { anchorBatch } from './anchor-batch.ts'
import { attest } from './attest.ts'
import { brokenInvariants } from './invariants.ts'
import type { EvidenceNeeds } from './needs.ts'
import { recordDailyTotals } from './record-daily-totals.ts'
import { EVIDENCE } from './state.ts'

/** What was anchored, counted and attested. */
export function evidenceModule(needs: EvidenceNeeds): LedgerModule {
  return {
    name: EVIDENCE,
    rules: [anchorBatch(needs), recordDailyTotals(needs), attest(needs)],
    brokenInvariants,
  }
}
