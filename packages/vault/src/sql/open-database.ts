/** From the setting `database` to a driver: `pglite:DIRECTORY`, `pglite:memory` or a PostgreSQL URL. */
import type { SqlDriver } from './driver.ts'
import { openPglite } from './pglite-driver.ts'
import { openPostgres } from './postgres-driver.ts'
import { VaultFailure } from './vault-failure.ts'

/**
 * Opens a database. Throws {@link VaultFailure}: `failed` for a setting that is neither, `locked` for a PGlite directory
 * in use. A PostgreSQL server is reached with the first statement.
 */
export async function openDatabase(database: string): Promise<SqlDriver> {
  if (database === 'pglite:memory') return openPglite({ directory: null })
  if (database.startsWith('pglite:')) return openPglite({ directory: database.slice('pglite:'.length) })
  if (/^postgres(ql)?:\/\//.test(database)) return openPostgres(database)
  throw new VaultFailure('failed', 'A database is pglite:DIRECTORY, pglite:memory or a postgres:// URL')
}
