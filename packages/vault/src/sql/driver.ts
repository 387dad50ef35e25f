/** The small port to a SQL database that the whole vault is written against: PostgreSQL 15's dialect, two homes. */

/** What may be bound to `$1`, `$2`, …: arrays are bound as literals (`array-literal.ts`) and cast in the SQL. */
export type SqlValue = string | number | bigint | boolean | Uint8Array | null

/**
 * Runs statements. Results come back alike from both homes: `bigint` columns as bigint, `bytea` as Uint8Array,
 * `timestamptz` as ISO 8601 with milliseconds in UTC, `date` as `YYYY-MM-DD`, `json` and `jsonb` parsed.
 * Throws {@link VaultFailure}.
 */
export interface SqlSession {
  query<Row>(sql: string, parameters?: readonly SqlValue[]): Promise<Row[]>
}

/** One database. Statements of one transaction may be sent without awaiting each; they run in order. */
export interface SqlDriver extends SqlSession {
  readonly home: 'pglite' | 'postgres'
  /** Commits when `work` resolves, rolls back and rethrows when it rejects. */
  transaction<T>(work: (session: SqlSession) => Promise<T>): Promise<T>
  /** Copies the database into a new directory; absent where the database is a server's, which has its own backups. */
  readonly copyTo?: (directory: string) => Promise<void>
  close(): Promise<void>
}
