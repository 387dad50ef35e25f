/** The outbox over SQL: the port of `outbox.ts`. */
import type { VaultContext } from '../vault-context.ts'
import { batchesOf, batchOf } from './batch-places.ts'
import { leavesOf, readBatches } from './batch-rows.ts'
import { markFinal, saveStatement } from './batch-statement.ts'
import { createBatchTrees } from './batch-trees.ts'
import { dailyTotals, daysToRecord, markDayRecorded } from './daily-totals.ts'
import { LAST_BATCHED, openBatch } from './open-batch.ts'
import type { Outbox } from './outbox.ts'

/** Makes the outbox of one vault. */
export function openOutbox(vault: VaultContext): Outbox {
  const { driver } = vault
  const trees = createBatchTrees(vault.suite, (batchId) => leavesOf(driver, vault.organisationId, batchId))
  return {
    waiting: () => waiting(vault),
    openBatch: (maxCount) => openBatch(vault, maxCount),
    saveStatement: (batchId, statement, lackedBy) =>
      saveStatement(vault, { batchId, statement, ...(lackedBy === undefined ? {} : { lackedBy }) }),
    markFinal: (batchId, finality) => markFinal(vault, batchId, finality),
    unfinished: () => readBatches(vault, driver, `AND state <> 'final' ORDER BY number`),
    batch: async (batchId) => (await readBatches(vault, driver, 'AND batch_id = $2', [batchId]))[0],
    newest: (limit) => readBatches(vault, driver, 'ORDER BY number DESC LIMIT $2', [limit]),
    batchOf: (type, id, version) => batchOf(vault, trees, { type, id, version }),
    batchesOf: (versions) => batchesOf(vault, versions),
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
