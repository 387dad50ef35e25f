/** `vault verify`: every check over every table, faults collected. Effects: none. */
import type { VaultContext } from '../vault-context.ts'
import { checkBatches } from './check-batches.ts'
import { checkDeliveries } from './check-deliveries.ts'
import { checkOrphans } from './check-orphans.ts'
import { checkRecords } from './check-records.ts'
import { checkSmallTables } from './check-small-tables.ts'
import type { VerifyOptions, VerifyReport } from './fault.ts'
import { createFaultList } from './fault-list.ts'

/** See {@link Vault.verify}. Each page is read on one snapshot, so a store in use is not blocked for long. */
export async function verifyVault(vault: VaultContext, options: VerifyOptions = {}): Promise<VerifyReport> {
  const faults = createFaultList()
  const records = await checkRecords(vault, {
    faults,
    onVersions: (versions) => options.onProgress?.({ versions }),
  })
  const { anchored } = options
  const batches = await checkBatches(vault, { faults, ...(anchored === undefined ? {} : { anchored }) })
  const deliveries = await checkDeliveries(vault, faults)
  await checkOrphans(vault, faults)
  await checkSmallTables(vault, faults)
  return { ...records, deliveries, batches, faultCount: faults.count(), faults: faults.kept }
}
