/** From the setting `database` to a driver: `pglite:DIRECTORY`, `pglite:memory` or a PostgreSQL URL. */
import type { SqlDriver } from './driver.ts'
import { isNewDirectory, keepTemplate, readTemplate, syncTree } from './new-directory.ts'
import { openPglite } from './pglite-driver.ts'
import { openPostgres } from './postgres-driver.ts'
import { outsideFailure, VaultFailure } from './vault-failure.ts'

/** `templateFolder`: where a prepared empty database may be kept between starts; not needed for anything but speed. */
export interface DatabaseOptions {
  readonly templateFolder?: string
}

/**
 * Opens a database. Throws {@link VaultFailure}: `failed` for a setting that is neither, `locked` for a PGlite directory
 * in use. A PostgreSQL server is reached with the first statement.
 */
export async function openDatabase(database: string, options: DatabaseOptions = {}): Promise<SqlDriver> {
  if (database === 'pglite:memory') return openNew(null, options)
  if (database.startsWith('pglite:')) return openDirectory(database.slice('pglite:'.length), options)
  if (/^postgres(ql)?:\/\//.test(database)) return openPostgres(database)
  throw new VaultFailure('failed', 'A database is pglite:DIRECTORY, pglite:memory or a postgres:// URL')
}

async function openDirectory(directory: string, options: DatabaseOptions): Promise<SqlDriver> {
  if (!isNewDirectory(directory)) return openPglite({ directory })
  const driver = await openNew(directory, options)
  try {
    await syncTree(directory)
    return driver
  } catch (thrown) {
    await driver.close()
    throw outsideFailure(thrown)
  }
}

async function openNew(directory: string | null, { templateFolder }: DatabaseOptions): Promise<SqlDriver> {
  const template = templateFolder === undefined ? undefined : readTemplate(templateFolder)
  if (template !== undefined) return openPglite({ directory, template })
  const driver = await openPglite({ directory })
  if (templateFolder !== undefined) await keepTemplate(templateFolder, await driver.dump())
  return driver
}
