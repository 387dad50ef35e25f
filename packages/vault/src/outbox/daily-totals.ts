/** Totals of a day for the ledger: by kind, care stage, source and capture method, small cells suppressed. */
import { suppressedTotals, type TotalsCell, type TotalsDimension } from '@meridian/protocol'
import { rowSeal } from '../row-seal.ts'
import type { VaultContext } from '../vault-context.ts'

/** See {@link Outbox.dailyTotals}. */
export async function dailyTotals(vault: VaultContext, day: string): Promise<readonly TotalsCell[]> {
  const rows = await vault.driver.query<{ dimension: TotalsDimension; code: string; count: number }>(
    `SELECT dimension, code, sum(amount)::int AS count FROM tallies
     WHERE organisation_id = $1 AND day = $2
       AND dimension IN ('kind', 'care-stage', 'source', 'capture-method')
     GROUP BY dimension, code`,
    [vault.organisationId, day],
  )
  const kinds = rows.filter((row) => row.dimension === 'kind')
  const count = kinds.reduce((sum, row) => sum + row.count, 0)
  return suppressedTotals([...rows, { dimension: 'all', code: 'records', count }])
}

/** See {@link Outbox.daysToRecord}. */
export async function daysToRecord(vault: VaultContext, today: string): Promise<readonly string[]> {
  const rows = await vault.driver.query<{ day: string }>(
    `SELECT DISTINCT t.day FROM tallies t
     WHERE t.organisation_id = $1 AND t.dimension = 'kind' AND t.day < $2
       AND NOT EXISTS (SELECT 1 FROM recorded_days r WHERE r.organisation_id = $1 AND r.day = t.day)
     ORDER BY t.day`,
    [vault.organisationId, today],
  )
  return rows.map((row) => row.day)
}

/** See {@link Outbox.markDayRecorded}. */
export async function markDayRecorded(
  vault: VaultContext,
  day: string,
  statementId: Uint8Array,
): Promise<void> {
  await vault.driver.query(
    `INSERT INTO recorded_days (organisation_id, day, statement_id, row_seal) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [vault.organisationId, day, statementId, rowSeal(vault, 'recorded_days', day, statementId)],
  )
}
