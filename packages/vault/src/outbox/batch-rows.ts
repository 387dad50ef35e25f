/** Batches as rows: read with their statements, sealed against alteration, turned into values. */

import { rowSeal } from '../row-seal.ts'
import { numberArray } from '../sql/array-literal.ts'
import type { SqlSession, SqlValue } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { Batch, BatchState, BatchStatement } from './outbox.ts'

/** Every column of `batches` but the leaves, which are long and seldom needed: see {@link leavesOf}. */
export interface BatchRow {
  readonly batch_id: Uint8Array
  readonly number: bigint
  readonly first_sequence: bigint
  readonly last_sequence: bigint
  readonly context: number
  readonly day: string
  readonly opened_time: string
  readonly count: number
  readonly size: number
  readonly root: Uint8Array
  readonly state: BatchState
  readonly final_statement: Uint8Array | null
  readonly final_height: bigint | null
  readonly final_time: bigint | null
  readonly row_seal: Uint8Array
}

/** Every column of `batch_statements`. */
export interface StatementRow {
  readonly batch_id: Uint8Array
  readonly attempt: number
  readonly statement_id: Uint8Array
  readonly bytes: Uint8Array
  readonly expiry: bigint
  readonly signed_time: string
  readonly row_seal: Uint8Array
}

const LEAF_BYTES = 32

const COLUMNS = `batch_id, number, first_sequence, last_sequence, context, day, opened_time, count, size, root, state,
                 final_statement, final_height, final_time, row_seal`

/** Rows that meet `condition`, which may use `$2` and later. */
export function batchRows(
  session: SqlSession,
  organisationId: string,
  condition: string,
  values: readonly SqlValue[] = [],
): Promise<BatchRow[]> {
  return session.query<BatchRow>(`SELECT ${COLUMNS} FROM batches WHERE organisation_id = $1 ${condition}`, [
    organisationId,
    ...values,
  ])
}

/** The statements of the given batches, oldest first. */
export function statementRows(
  session: SqlSession,
  organisationId: string,
  batches: readonly Pick<BatchRow, 'number'>[],
): Promise<StatementRow[]> {
  return session.query<StatementRow>(
    `SELECT s.* FROM batch_statements s JOIN batches b USING (organisation_id, batch_id)
     WHERE s.organisation_id = $1 AND b.number = ANY($2::text::bigint[]) ORDER BY s.attempt`,
    [organisationId, numberArray(batches.map((batch) => batch.number))],
  )
}

/** Batches with their statements, in the order of the rows. */
export async function readBatches(
  vault: VaultContext,
  session: SqlSession,
  condition: string,
  values: readonly SqlValue[] = [],
): Promise<Batch[]> {
  const rows = await batchRows(session, vault.organisationId, condition, values)
  if (rows.length === 0) return []
  const statements = await statementRows(session, vault.organisationId, rows)
  return rows.map((row) =>
    batchOfRow(
      vault,
      row,
      statements.filter((statement) => Buffer.compare(statement.batch_id, row.batch_id) === 0),
    ),
  )
}

function batchOfRow(vault: VaultContext, row: BatchRow, statements: readonly StatementRow[]): Batch {
  return {
    batchId: row.batch_id,
    state: row.state,
    day: row.day,
    openedTime: row.opened_time,
    count: row.count,
    size: row.size,
    root: row.root,
    standardsSetHash: vault.contexts.get(row.context)?.standardsSetHash ?? new Uint8Array(0),
    statements: statements.map(statementOf),
    final: finalityOf(row),
  }
}

function statementOf(row: StatementRow): BatchStatement {
  return {
    statementId: row.statement_id,
    bytes: row.bytes,
    expirySeconds: row.expiry,
    signedTime: row.signed_time,
  }
}

function finalityOf(row: BatchRow): Batch['final'] {
  const { final_statement: statementId, final_height: height, final_time: blockTimeSeconds } = row
  if (statementId === null || height === null || blockTimeSeconds === null) return null
  return { statementId, height, blockTimeSeconds }
}

/** The leaves of a batch, one after another; undefined when there is no such batch. */
export async function leavesOf(
  session: SqlSession,
  organisationId: string,
  batchId: Uint8Array,
): Promise<Uint8Array | undefined> {
  const [row] = await session.query<{ leaves: Uint8Array }>(
    'SELECT leaves FROM batches WHERE organisation_id = $1 AND batch_id = $2',
    [organisationId, batchId],
  )
  return row?.leaves
}

/** The leaves of 32 bytes each, as views. */
export function splitLeaves(leaves: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.floor(leaves.length / LEAF_BYTES) }, (_, place) =>
    leaves.subarray(place * LEAF_BYTES, (place + 1) * LEAF_BYTES),
  )
}

/** Keyed digest over a batch's row. The leaves are under the root. */
export function batchSeal(vault: VaultContext, row: Omit<BatchRow, 'number' | 'row_seal'>): Uint8Array {
  return rowSeal(
    vault,
    'batches',
    row.batch_id,
    row.first_sequence,
    row.last_sequence,
    row.context,
    row.day,
    row.opened_time,
    row.count,
    row.size,
    row.root,
    row.state,
    row.final_statement,
    row.final_height,
    row.final_time,
  )
}

/** Keyed digest over a statement's row. */
export function statementSeal(vault: VaultContext, row: Omit<StatementRow, 'row_seal'>): Uint8Array {
  return rowSeal(
    vault,
    'batch_statements',
    row.batch_id,
    row.attempt,
    row.statement_id,
    row.bytes,
    row.expiry,
    row.signed_time,
  )
}
