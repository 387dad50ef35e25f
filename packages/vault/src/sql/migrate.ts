/** Brings a database to the newest shape: numbered SQL files, each applied once, all in one transaction. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { SqlDriver, SqlSession } from './driver.ts'
import { VaultFailure } from './vault-failure.ts'

/** One SQL file: `number` orders it, `hash` tells that an applied one was not edited afterwards. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly hash: string
  readonly statements: readonly string[]
}

const FOLDER = new URL('./migrations/', import.meta.url)

/** Any number of ours: processes that start together take turns. */
const ADVISORY_LOCK = 7_300_001

/** The migrations that ship with this release, in order. */
export function readMigrations(): Migration[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'))
  return names.toSorted().map((name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8')
    return {
      number: Number(name.slice(0, 4)),
      name,
      hash: createHash('sha256').update(text).digest('hex'),
      statements: statementsOf(text),
    }
  })
}

/** Applies what is missing. Throws {@link VaultFailure} `failed` when an applied migration differs from ours. */
export async function migrate(driver: SqlDriver, now: Date): Promise<void> {
  const ours = readMigrations()
  await driver.transaction(async (session) => {
    await session.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK])
    const applied = await readApplied(session)
    for (const migration of ours)
      await applyOnce(session, migration, { now, hash: applied.get(migration.number) })
  })
}

async function readApplied(session: SqlSession): Promise<Map<number, string>> {
  await session.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations
       (number int PRIMARY KEY, name text NOT NULL, hash text NOT NULL, applied_time timestamptz NOT NULL)`,
  )
  const rows = await session.query<{ number: number; hash: string }>(
    'SELECT number, hash FROM schema_migrations',
  )
  return new Map(rows.map((row) => [row.number, row.hash]))
}

async function applyOnce(
  session: SqlSession,
  migration: Migration,
  applied: { readonly now: Date; readonly hash: string | undefined },
): Promise<void> {
  if (applied.hash === migration.hash) return
  if (applied.hash !== undefined) {
    throw new VaultFailure('failed', 'The database was made by another release', {
      detail: { migration: migration.number },
    })
  }
  for (const statement of migration.statements) await session.query(statement)
  await session.query('INSERT INTO schema_migrations VALUES ($1, $2, $3, $4)', [
    migration.number,
    migration.name,
    migration.hash,
    applied.now.toISOString(),
  ])
}

/** Our SQL files end every statement with `;` at the end of a line, and hold no function bodies. */
function statementsOf(text: string): string[] {
  const bare = text.replace(/^\s*--.*$/gm, '')
  return bare
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
}
