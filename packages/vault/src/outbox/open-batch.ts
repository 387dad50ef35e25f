/** Opens a batch: the oldest waiting commitments, padded with random leaves so that the size says little. */
import { randomBytes } from 'node:crypto'
import { batchSizeFor, leafHash, treeRoot } from '@meridian/protocol'
import { lockOutboxAlone } from '../records/write-group.ts'
import type { SqlSession } from '../sql/driver.ts'
import { dayOf, foldTallies } from '../tallies.ts'
import type { VaultContext } from '../vault-context.ts'
import { type BatchRow, batchSeal, readBatches } from './batch-rows.ts'
import type { Batch } from './outbox.ts'

const LEAF_BYTES = 32
const BATCH_ID_BYTES = 16

/** The last outbox number that is in a batch, as a scalar subquery. */
export const LAST_BATCHED = `coalesce((SELECT max(last_sequence) FROM batches WHERE organisation_id = $1), 0)`

interface WaitingRow {
  readonly sequence: bigint
  readonly context: number
  readonly commitment: Uint8Array
}

/** See {@link Outbox.openBatch}. Waits for stores under way, so that the batch is a run without a later filled gap. */
export async function openBatch(vault: VaultContext, maxCount: number): Promise<Batch | undefined> {
  return vault.driver.transaction(async (session) => {
    await lockOutboxAlone(vault, session)
    const rows = await waitingRows(session, vault.organisationId, maxCount)
    const [first] = rows
    if (first === undefined) return undefined
    const row = rowOf(vault, takeSameContext(rows, first))
    await insert(vault, session, row)
    await foldTallies(session, vault.organisationId)
    return (await readBatches(vault, session, 'AND batch_id = $2', [row.batch_id]))[0]
  })
}

function waitingRows(session: SqlSession, organisationId: string, limit: number): Promise<WaitingRow[]> {
  return session.query<WaitingRow>(
    `SELECT sequence, context, commitment FROM outbox
     WHERE organisation_id = $1 AND sequence > ${LAST_BATCHED} ORDER BY sequence LIMIT $2`,
    [organisationId, limit],
  )
}

/** A batch statement names one standards set, so a batch ends where the context changes. */
function takeSameContext(rows: readonly WaitingRow[], first: WaitingRow): WaitingRow[] {
  const end = rows.findIndex((row) => row.context !== first.context)
  return rows.slice(0, end < 0 ? rows.length : end)
}

type NewBatchRow = Omit<BatchRow, 'number' | 'row_seal'> & { readonly leaves: Uint8Array }

function rowOf(vault: VaultContext, rows: readonly WaitingRow[]): NewBatchRow {
  const now = vault.clock.now().toISOString()
  const size = batchSizeFor(rows.length)
  const commitments = rows.map((row) => row.commitment)
  const padding = Array.from({ length: size - rows.length }, () => randomBytes(LEAF_BYTES))
  const leaves = [...commitments, ...padding]
  return {
    batch_id: randomBytes(BATCH_ID_BYTES),
    first_sequence: (rows[0] as WaitingRow).sequence,
    last_sequence: (rows.at(-1) as WaitingRow).sequence,
    context: (rows[0] as WaitingRow).context,
    day: dayOf(now),
    opened_time: now,
    count: rows.length,
    size,
    leaves: Buffer.concat(leaves),
    root: batchRoot(vault, leaves),
    state: 'open',
    final_statement: null,
    final_height: null,
    final_time: null,
  }
}

/** RFC 9162 root over the leaves as entries. */
export function batchRoot(vault: VaultContext, leaves: readonly Uint8Array[]): Uint8Array {
  return treeRoot(
    vault.suite,
    leaves.map((leaf) => leafHash(vault.suite, leaf)),
  )
}

async function insert(vault: VaultContext, session: SqlSession, row: NewBatchRow): Promise<void> {
  await session.query(
    `INSERT INTO batches (organisation_id, batch_id, first_sequence, last_sequence, context, day, opened_time,
                          count, size, leaves, root, state, row_seal)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      vault.organisationId,
      row.batch_id,
      row.first_sequence,
      row.last_sequence,
      row.context,
      row.day,
      row.opened_time,
      row.count,
      row.size,
      row.leaves,
      row.root,
      row.state,
      batchSeal(vault, row),
    ],
  )
}
