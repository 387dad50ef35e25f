/** The outbox over SQL: the port of `outbox.ts`. */
import type { VaultContext } from '../vault-context.ts'
import { readBatches } from './batch-rows.ts'
import { markFinal, saveStatement } from './batch-statement.ts'
import { dailyTotals, daysToRecord, markDayRecorded } from './daily-totals.ts'
import { LAST_BATCHED, openBatch } from './open-batch.ts'
import type { BatchMembership, Outbox } from './outbox.ts'

/** Makes the outbox of one vault. */
export function openOutbox(vault: VaultContext): Outbox {
  const { driver } = vault
  return {
    waiting: () => waiting(vault),
    openBatch: (maxCount) => openBatch(vault, maxCount),
    saveStatement: (batchId, statement, lackedBy) =>
      saveStatement(vault, { batchId, statement, ...(lackedBy === undefined ? {} : { lackedBy }) }),
    markFinal: (batchId, finality) => markFinal(vault, batchId, finality),
    unfinished: () => readBatches(vault, driver, `AND state <> 'final' ORDER BY number`),
    batch: async (batchId) => (await readBatches(vault, driver, 'AND batch_id = $2', [batchId]))[0],
    newest: (limit) => readBatches(vault, driver, 'ORDER BY number DESC LIMIT $2', [limit]),
    batchOf: (type, id, version) => batchOf(vault, { type, id, version }),
    dailyTotals: (day) => dailyTotals(vault, day),
    daysToRecord: (today) => daysToRecord(vault, today),
    markDayRecorded: (day, statementId) => markDayRecorded(vault, day, statementId),
  }
}

async function waiting(
  vault: VaultContext,
): Promise<{ readonly count: number; readonly oldestTime: string | null }> {
  const rows = await vault.driver.query<{ count: number; oldest: string | null }>(
    `SELECT count(*)::int AS count, min(stored_time) AS oldest FROM outbox
     WHERE organisation_id = $1 AND sequence > ${LAST_BATCHED}`,
    [vault.organisationId],
  )
  return { count: rows[0]?.count ?? 0, oldestTime: rows[0]?.oldest ?? null }
}

/** A version is in the first batch whose last number is not below its own; its leaf is its commitment. */
async function batchOf(
  vault: VaultContext,
  { type, id, version }: { readonly type: string; readonly id: string; readonly version: number },
): Promise<BatchMembership | undefined> {
  const [row] = await vault.driver.query<{ sequence: bigint; commitment: Uint8Array }>(
    `SELECT v.sequence, v.commitment FROM records r JOIN record_versions v USING (organisation_id, record)
     WHERE r.organisation_id = $1 AND r.type = $2 AND r.id = $3 AND v.version = $4`,
    [vault.organisationId, type, id, version],
  )
  if (row === undefined) return undefined
  const condition = 'AND last_sequence >= $2 ORDER BY last_sequence LIMIT 1'
  const [batch] = await readBatches(vault, vault.driver, condition, [row.sequence])
  const leafIndex = batch?.leaves.findIndex((leaf) => Buffer.compare(leaf, row.commitment) === 0) ?? -1
  return batch === undefined || leafIndex < 0 ? undefined : { batch, leafIndex }
}
