/** Every batch: its row, its leaves against its root and the outbox, its statements, and the ledger's word. */
import { decodeStatement, isRefusal } from '@meridian/protocol'
import {
  type BatchRow,
  batchRows,
  batchSeal,
  leavesOf,
  type StatementRow,
  splitLeaves,
  statementRows,
  statementSeal,
} from '../outbox/batch-rows.ts'
import { batchRoot } from '../outbox/open-batch.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { AnchoredBatch, FaultKind, VerifyOptions } from './fault.ts'
import { type FaultList, inSnapshot, sameBytes } from './fault-list.ts'

const PAGE = 50

/** Walks all batches, oldest first, then compares with the ledger. Gives their number. Effects: none. */
export async function checkBatches(
  vault: VaultContext,
  { faults, anchored }: { readonly faults: FaultList } & Pick<VerifyOptions, 'anchored'>,
): Promise<number> {
  const known = new Map<string, KnownBatch>()
  for (let after: bigint | undefined = -1n; after !== undefined; ) {
    const page = await inSnapshot(vault, (session) => readPage(vault, session, after ?? -1n))
    for (const batch of page) {
      checkBatch(vault, batch, faults)
      const { root, size, state } = batch.row
      known.set(hexOf(batch.row.batch_id), { root, size, state })
    }
    after = page.length < PAGE ? undefined : page.at(-1)?.row.number
  }
  if (anchored !== undefined) await checkAnchored(vault, { known, anchored, faults })
  return known.size
}

type KnownBatch = Pick<BatchRow, 'root' | 'size' | 'state'>

interface BatchToCheck {
  readonly row: BatchRow
  readonly leaves: readonly Uint8Array[]
  readonly statements: readonly StatementRow[]
  readonly commitments: readonly Uint8Array[]
}

async function readPage(vault: VaultContext, session: SqlSession, after: bigint): Promise<BatchToCheck[]> {
  const { organisationId } = vault
  const rows = await batchRows(session, organisationId, 'AND number > $2 ORDER BY number LIMIT $3', [
    after,
    PAGE,
  ])
  const statements = await statementRows(session, organisationId, rows)
  const batches: BatchToCheck[] = []
  for (const row of rows) {
    const outbox = await session.query<{ commitment: Uint8Array }>(
      `SELECT commitment FROM outbox WHERE organisation_id = $1 AND sequence BETWEEN $2 AND $3 ORDER BY sequence`,
      [organisationId, row.first_sequence, row.last_sequence],
    )
    const leaves = await leavesOf(session, organisationId, row.batch_id)
    batches.push({
      row,
      leaves: splitLeaves(leaves ?? new Uint8Array(0)),
      statements: statements.filter((statement) => sameBytes(statement.batch_id, row.batch_id)),
      commitments: outbox.map((one) => one.commitment),
    })
  }
  return batches
}

function checkBatch(vault: VaultContext, batch: BatchToCheck, faults: FaultList): void {
  const { row, leaves, statements } = batch
  const add = (kind: FaultKind, table: string, what: string) =>
    faults.add({ kind, table, where: { batchId: hexOf(row.batch_id) }, what })
  if (!sameBytes(batchSeal(vault, row), row.row_seal))
    add('altered', 'batches', 'a column of the batch was changed')
  if (leaves.length !== row.size || !sameBytes(batchRoot(vault, leaves), row.root)) {
    add('altered', 'batches', 'its leaves do not lead to its root')
  }
  checkOutbox(batch, add)
  if (row.state !== 'open' && statements.length === 0) {
    add('missing', 'batch_statements', 'it was submitted, but no statement is kept')
  }
  for (const statement of statements) {
    if (!isGenuine(vault, statement, row))
      add('altered', 'batch_statements', 'a statement is not the one signed')
  }
  const { final_statement: final } = row
  if (final !== null && !statements.some(({ statement_id }) => sameBytes(statement_id, final))) {
    add('missing', 'batch_statements', 'the statement that a block has is not kept')
  }
}

function checkOutbox(
  { row, leaves, commitments }: BatchToCheck,
  add: (kind: FaultKind, table: string, what: string) => void,
): void {
  if (commitments.length < row.count) add('missing', 'outbox', 'it has more commitments than the outbox')
  else if (commitments.length > row.count) add('altered', 'outbox', 'the outbox has more commitments than it')
  else if (
    commitments.some((commitment, place) => !sameBytes(commitment, leaves[place] ?? new Uint8Array(0)))
  ) {
    add('altered', 'outbox', 'the outbox has other commitments than its leaves')
  }
}

function isGenuine(vault: VaultContext, statement: StatementRow, batch: BatchRow): boolean {
  if (!sameBytes(statementSeal(vault, statement), statement.row_seal)) return false
  const read = decodeStatement(vault.suite, statement.bytes)
  if (isRefusal(read) || read.kind !== 'anchor-batch' || !('batchId' in read.body)) return false
  const { batchId, root, size } = read.body
  return sameBytes(batchId, batch.batch_id) && sameBytes(root, batch.root) && size === batch.size
}

/** The ledger may have gone on since the batches were read, so one that is not known is looked up again. */
async function checkAnchored(
  vault: VaultContext,
  {
    known,
    anchored,
    faults,
  }: {
    readonly known: ReadonlyMap<string, KnownBatch>
    readonly anchored: Iterable<AnchoredBatch> | AsyncIterable<AnchoredBatch>
    readonly faults: FaultList
  },
): Promise<void> {
  const onLedger = new Set<string>()
  for await (const { batchId, root, size } of anchored) {
    const id = hexOf(batchId)
    onLedger.add(id)
    const own =
      known.get(id) ??
      (await batchRows(vault.driver, vault.organisationId, 'AND batch_id = $2', [batchId]))[0]
    if (own === undefined) {
      const what = 'the ledger has a batch that the vault does not know'
      faults.add({ kind: 'rolled-back', table: 'batches', where: { batchId: id }, what })
    } else if (!sameBytes(own.root, root) || own.size !== size) {
      const what = 'the ledger has another root for it'
      faults.add({ kind: 'altered', table: 'batches', where: { batchId: id }, what })
    }
  }
  for (const [batchId, { state }] of known) {
    if (state !== 'final' || onLedger.has(batchId)) continue
    faults.add({
      kind: 'altered',
      table: 'batches',
      where: { batchId },
      what: 'final, but not on the ledger',
    })
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
