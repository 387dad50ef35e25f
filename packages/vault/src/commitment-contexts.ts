/** The contexts commitments were made in, numbered, so that a version's row holds a number and not two hashes. */
import { rowSeal } from './row-seal.ts'
import type { SqlSession } from './sql/driver.ts'
import type { CommitmentContext, VaultContext } from './vault-context.ts'

/** What there is before the contexts are read. */
export type ContextlessVault = Omit<VaultContext, 'contextId' | 'contexts'>

/** Every column of `commitment_contexts`. */
export interface ContextRow {
  readonly context: number
  readonly genesis_hash: Uint8Array
  readonly standards_set_hash: Uint8Array
  readonly row_seal: Uint8Array
}

/** Finds or makes the number of the context that new versions get, and reads all others. */
export async function readContexts(
  vault: ContextlessVault,
  current: CommitmentContext,
): Promise<VaultContext> {
  return vault.driver.transaction(async (session) => {
    const known = await contextRows(session, vault.organisationId)
    const found = known.find((row) => isSame(row, current))
    const own = found ?? (await addContext(vault, session, { known, current }))
    const contexts = new Map([...known, own].map((row) => [row.context, contextOf(row)]))
    return { ...vault, contextId: own.context, contexts }
  })
}

/** All contexts of an organisation. */
export function contextRows(session: SqlSession, organisationId: string): Promise<ContextRow[]> {
  return session.query<ContextRow>(
    `SELECT context, genesis_hash, standards_set_hash, row_seal FROM commitment_contexts
     WHERE organisation_id = $1 ORDER BY context`,
    [organisationId],
  )
}

function contextOf(row: ContextRow): CommitmentContext {
  return { genesisHash: row.genesis_hash, standardsSetHash: row.standards_set_hash }
}

function isSame(row: ContextRow, current: CommitmentContext): boolean {
  return (
    Buffer.compare(row.genesis_hash, current.genesisHash) === 0 &&
    Buffer.compare(row.standards_set_hash, current.standardsSetHash) === 0
  )
}

async function addContext(
  vault: ContextlessVault,
  session: SqlSession,
  { known, current }: { readonly known: readonly ContextRow[]; readonly current: CommitmentContext },
): Promise<ContextRow> {
  const unsealed = {
    context: (known.at(-1)?.context ?? 0) + 1,
    genesis_hash: current.genesisHash,
    standards_set_hash: current.standardsSetHash,
  }
  const row = { ...unsealed, row_seal: contextSeal(vault, unsealed) }
  await session.query(
    `INSERT INTO commitment_contexts (organisation_id, context, genesis_hash, standards_set_hash, row_seal)
     VALUES ($1, $2, $3, $4, $5)`,
    [vault.organisationId, row.context, row.genesis_hash, row.standards_set_hash, row.row_seal],
  )
  return row
}

/** Keyed digest over a context's row. */
export function contextSeal(vault: ContextlessVault, row: Omit<ContextRow, 'row_seal'>): Uint8Array {
  return rowSeal(vault, 'commitment_contexts', row.context, row.genesis_hash, row.standards_set_hash)
}
