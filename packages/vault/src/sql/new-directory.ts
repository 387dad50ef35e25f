/**
 * A new PGlite directory: from a prepared empty database when there is one (0.4 s instead of 2.6 s), and on the disk
 * before anything in it is acknowledged.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** True when PostgreSQL has never been started there. */
export function isNewDirectory(directory: string): boolean {
  return !existsSync(directory) || readdirSync(directory).length === 0
}

/** The prepared database in `folder`, if there is one for this release of PGlite. */
export function readTemplate(folder: string): Uint8Array | undefined {
  try {
    return readFileSync(templateFile(folder))
  } catch {
    return undefined
  }
}

/** Keeps a prepared database for the next time; a folder that cannot be written is passed over. */
export async function keepTemplate(folder: string, dump: Uint8Array): Promise<void> {
  const file = templateFile(folder)
  const unfinished = `${file}.${process.pid}`
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(unfinished, dump, { mode: 0o600 })
    await rename(unfinished, file)
  } catch {
    await rm(unfinished, { force: true })
  }
}

function templateFile(folder: string): string {
  return join(folder, `pglite-${pgliteVersion()}.tar`)
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const text = readFileSync(join(entry, '..', '..', 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

const AT_ONCE = 16

/** Syncs every file and folder below: PGlite writes a new directory without doing so. */
export async function syncTree(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const paths = [directory, ...entries.map((entry) => join(entry.parentPath, entry.name))]
  const next = async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) await syncPath(path)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

/** A file that PostgreSQL removed meanwhile has nothing to sync. */
async function syncPath(path: string): Promise<void> {
  try {
    const file = await open(path, 'r')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
  }
}
