/** Statements of a batch: kept before they are submitted, replaced only when no block can have the earlier one. */
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import {
  type BatchRow,
  batchRows,
  batchSeal,
  type StatementRow,
  statementRows,
  statementSeal,
} from './batch-rows.ts'
import type { BatchFinality, BatchState, BatchStatement, StatementNotKept } from './outbox.ts'

/** What is saved, and the block that lacks the earlier ones. */
export interface StatementToSave {
  readonly batchId: Uint8Array
  readonly statement: Omit<BatchStatement, 'signedTime'>
  readonly lackedBy?: { readonly blockTimeSeconds: bigint }
}

/** See {@link Outbox.saveStatement}. */
export async function saveStatement(
  vault: VaultContext,
  { batchId, statement, lackedBy }: StatementToSave,
): Promise<StatementNotKept | undefined> {
  return vault.driver.transaction(async (session) => {
    const row = await lockBatch(vault, session, batchId)
    if (row === undefined) return notKept('batch-unknown')
    if (row.state === 'final') return notKept('batch-final')
    const earlier = await statementRows(session, vault.organisationId, [row])
    if (earlier.some(({ expiry }) => lackedBy === undefined || lackedBy.blockTimeSeconds <= expiry)) {
      return notKept('statement-alive')
    }
    await insert(vault, session, {
      batch_id: batchId,
      attempt: earlier.length + 1,
      statement_id: statement.statementId,
      bytes: statement.bytes,
      expiry: statement.expirySeconds,
      signed_time: vault.clock.now().toISOString(),
    })
    await moveTo(vault, session, { ...row, state: 'submitted' })
    return undefined
  })
}

/** See {@link Outbox.markFinal}. */
export async function markFinal(
  vault: VaultContext,
  batchId: Uint8Array,
  finality: BatchFinality,
): Promise<void> {
  await vault.driver.transaction(async (session) => {
    const row = await lockBatch(vault, session, batchId)
    if (row === undefined || row.state === 'final') return
    await moveTo(vault, session, {
      ...row,
      state: 'final',
      final_statement: finality.statementId,
      final_height: finality.height,
      final_time: finality.blockTimeSeconds,
    })
  })
}

function notKept(code: StatementNotKept['code']): StatementNotKept {
  return { refused: true, code }
}

async function lockBatch(
  vault: VaultContext,
  session: SqlSession,
  batchId: Uint8Array,
): Promise<BatchRow | undefined> {
  return (await batchRows(session, vault.organisationId, 'AND batch_id = $2 FOR UPDATE', [batchId]))[0]
}

async function moveTo(
  vault: VaultContext,
  session: SqlSession,
  row: BatchRow & { readonly state: BatchState },
): Promise<void> {
  await session.query(
    `UPDATE batches SET state = $3, final_statement = $4, final_height = $5, final_time = $6, row_seal = $7
     WHERE organisation_id = $1 AND batch_id = $2`,
    [
      vault.organisationId,
      row.batch_id,
      row.state,
      row.final_statement,
      row.final_height,
      row.final_time,
      batchSeal(vault, row),
    ],
  )
}

async function insert(
  vault: VaultContext,
  session: SqlSession,
  row: Omit<StatementRow, 'row_seal'>,
): Promise<void> {
  await session.query(
    `INSERT INTO batch_statements
       (organisation_id, batch_id, attempt, statement_id, bytes, expiry, signed_time, row_seal)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      vault.organisationId,
      row.batch_id,
      row.attempt,
      row.statement_id,
      row.bytes,
      row.expiry,
      row.signed_time,
      statementSeal(vault, row),
    ],
  )
}
