/** Opens a vault: database, migrations, the organisation's context, then the rooms over it. */
import { sweepOrphans } from './blobs/sweep-orphans.ts'
import { openChoices } from './choices/open-choices.ts'
import { readContexts } from './commitment-contexts.ts'
import { openEraser } from './erase/open-eraser.ts'
import { openInbox } from './inbox/open-inbox.ts'
import { rewrapDataKeys } from './keys/rewrap.ts'
import { openOutbox } from './outbox/open-outbox.ts'
import { openQuality } from './quality/open-quality.ts'
import { openQuarantine } from './quarantine/open-quarantine.ts'
import { openRecords } from './records/open-records.ts'
import type { SqlDriver } from './sql/driver.ts'
import { migrate } from './sql/migrate.ts'
import { openDatabase } from './sql/open-database.ts'
import { foldTallies } from './tallies.ts'
import { openUsers } from './users/open-users.ts'
import type { OpenVault, Vault, VaultSettings } from './vault.ts'
import type { CommitmentContext, VaultContext } from './vault-context.ts'
import { readStatus } from './vault-status.ts'
import { verifyVault } from './verify/verify-vault.ts'

/** See {@link OpenVault}. */
export const openVault: OpenVault = async (settings) => {
  const { database, templateFolder } = settings
  const driver = await openDatabase(database, templateFolder === undefined ? {} : { templateFolder })
  try {
    return await openVaultOn(driver, settings)
  } catch (thrown) {
    await driver.close()
    throw thrown
  }
}

/** Opens a vault on a driver that is already there: several organisations may share one. `close` closes the driver. */
export async function openVaultOn(
  driver: SqlDriver,
  settings: Omit<VaultSettings, 'database'>,
): Promise<Vault> {
  const { organisationId, keyring, suite, clock, genesisHash, standardsSetHash, blobs } = settings
  await migrate(driver, clock.now())
  const shared = { driver, organisationId, keyring, suite, clock, blobs }
  const context = await readContexts(shared, { genesisHash, standardsSetHash })
  await foldTallies(driver, organisationId)
  await sweepOrphans(context)
  return vaultOf(context)
}

function vaultOf(context: VaultContext): Vault {
  return {
    organisationId: context.organisationId,
    inbox: openInbox(context),
    records: openRecords(context),
    outbox: openOutbox(context),
    quarantine: openQuarantine(context),
    quality: openQuality(context),
    choices: openChoices(context),
    users: openUsers(context),
    erase: openEraser(context),
    async judgeBy(standardsSetHash) {
      const { genesisHash } = context.contexts.get(context.contextId) as CommitmentContext
      const { contextId, contexts } = await readContexts(context, { genesisHash, standardsSetHash })
      Object.assign(context, { contextId, contexts })
    },
    status: () => readStatus(context),
    rewrap: (onProgress = () => undefined) => rewrapDataKeys(context, onProgress),
    verify: (options) => verifyVault(context, options),
    copyTo: async (directory) => {
      await context.driver.copyTo?.(directory)
      return context.driver.copyTo !== undefined
    },
    close: () => context.driver.close(),
  }
}
