/** Takes away blobs that no row names: what a crash or a failed transaction left, and what an erasure had no time to remove. */
import type { VaultContext } from '../vault-context.ts'

/**
 * Looks through the whole store; done when a vault is opened, before anything is written. Gives how many went. A database that
 * names nothing of what is there is another one than the store was filled from, or an empty one: then nothing goes. Effects: blobs.
 */
export async function sweepOrphans(vault: VaultContext): Promise<number> {
  const { blobs, driver, organisationId } = vault
  if (blobs === undefined) return 0
  const found: string[] = []
  for await (const name of blobs.store.names()) found.push(name)
  if (found.length === 0) return 0
  const rows = await driver.query<{ name: string }>(
    `SELECT encode(blob, 'hex') AS name FROM deliveries WHERE organisation_id = $1 AND blob IS NOT NULL
     UNION ALL
     SELECT encode(blob, 'hex') FROM record_versions WHERE organisation_id = $1 AND blob IS NOT NULL`,
    [organisationId],
  )
  const named = new Set(rows.map((row) => row.name))
  const orphans = found.filter((name) => !named.has(name))
  if (orphans.length === found.length) return 0
  for (const name of orphans) await blobs.store.remove(name)
  return orphans.length
}
