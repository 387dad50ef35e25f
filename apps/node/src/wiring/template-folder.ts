/** Where a prepared empty database is kept between first starts: beside the PGlite it was made by, gone with a fresh install. */
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'

/** A folder below the `node_modules` that holds PGlite. It holds nothing of anybody: the database in it was never written to. */
export function templateFolder(): string {
  const entry = createRequire(import.meta.resolve('@meridian/vault')).resolve('@electric-sql/pglite')
  const end = entry.lastIndexOf(`${sep}node_modules${sep}`)
  return join(entry.slice(0, end), 'node_modules', '.cache', 'meridian')
}
