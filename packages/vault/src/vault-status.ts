/** The numbers for the console's picture of the corridor: from counts that were kept, and from small tables. */
import { readTallies } from './tallies.ts'
import type { VaultStatus } from './vault.ts'
import type { VaultContext } from './vault-context.ts'

/** See {@link Vault.status}. */
export async function readStatus(vault: VaultContext): Promise<VaultStatus> {
  const { driver, organisationId } = vault
  const [deliveries, pending, rooms, records, kinds, erased, batches] = await Promise.all([
    readTallies(driver, organisationId, 'delivery'),
    countOf(vault, 'SELECT count(*)::int AS count FROM waiting_deliveries WHERE organisation_id = $1'),
    quarantinedByRoom(vault),
    readTallies(driver, organisationId, 'record'),
    readTallies(driver, organisationId, 'kind'),
    readTallies(driver, organisationId, 'erased'),
    batchCounts(vault),
  ])
  const versions = sum(kinds.values())
  const submitted = batches.versions('submitted')
  const final = batches.versions('final')
  return {
    received: sum(deliveries.values()),
    duplicates: deliveries.get('duplicate') ?? 0,
    pending,
    quarantined: sum(Object.values(rooms)),
    quarantinedByRoom: rooms,
    records: sum(records.values()),
    versions: { sealed: versions - submitted - final, submitted, final, erased: sum(erased.values()) },
    batches: {
      open: batches.number('open'),
      submitted: batches.number('submitted'),
      final: batches.number('final'),
    },
  }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, one) => total + one, 0)
}

async function countOf(vault: VaultContext, sql: string): Promise<number> {
  const [row] = await vault.driver.query<{ count: number }>(sql, [vault.organisationId])
  return row?.count ?? 0
}

async function quarantinedByRoom(vault: VaultContext): Promise<Record<string, number>> {
  const rows = await vault.driver.query<{ room: string; count: number }>(
    `SELECT room, count(*)::int AS count FROM quarantine_items
     WHERE organisation_id = $1 AND state = 'open' GROUP BY room ORDER BY room`,
    [vault.organisationId],
  )
  return Object.fromEntries(rows.map((row) => [row.room, row.count]))
}

async function batchCounts(vault: VaultContext) {
  const rows = await vault.driver.query<{ state: string; batches: number; versions: number }>(
    `SELECT state, count(*)::int AS batches, sum(count)::int AS versions FROM batches
     WHERE organisation_id = $1 GROUP BY state`,
    [vault.organisationId],
  )
  const of = (state: string) => rows.find((row) => row.state === state)
  return {
    number: (state: string) => of(state)?.batches ?? 0,
    versions: (state: string) => of(state)?.versions ?? 0,
  }
}
