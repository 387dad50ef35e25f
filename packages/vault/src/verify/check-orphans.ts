/** Rows whose counterpart is gone: what remains when a row was deleted, or an older state was put back. */
import type { VaultContext } from '../vault-context.ts'
import type { Fault } from './fault.ts'
import { type FaultList, inSnapshot } from './fault-list.ts'

/** One question: rows of `sql` are faults of `table`. `$1` is the organisation; the columns name the place. */
interface OrphanQuestion extends Omit<Fault, 'where'> {
  readonly sql: string
}

const UP_TO = 1000

const QUESTIONS: readonly OrphanQuestion[] = [
  {
    kind: 'rolled-back',
    table: 'record_versions',
    what: 'the outbox has a commitment whose version is gone',
    sql: `SELECT o.sequence::text AS sequence, o.version FROM outbox o
      WHERE o.organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM record_versions v
        WHERE v.organisation_id = $1 AND v.record = o.record AND v.version = o.version)`,
  },
  {
    kind: 'missing',
    table: 'records',
    what: 'a version whose record is gone',
    sql: `SELECT v.record::text AS record, v.version FROM record_versions v
      WHERE v.organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM records r
        WHERE r.organisation_id = $1 AND r.record = v.record)`,
  },
  {
    kind: 'missing',
    table: 'record_versions',
    what: 'a key whose version is gone',
    sql: `SELECT k.record::text AS record, k.version FROM record_keys k
      WHERE k.organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM record_versions v
        WHERE v.organisation_id = $1 AND v.record = k.record AND v.version = k.version)`,
  },
  {
    kind: 'missing',
    table: 'deliveries',
    what: 'a version whose delivery is gone',
    sql: `SELECT DISTINCT v.delivery_id::text AS "deliveryId" FROM record_versions v
      WHERE v.organisation_id = $1 AND v.delivery_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliveries d
        WHERE d.organisation_id = $1 AND d.delivery_id = v.delivery_id)`,
  },
  ...['delivery_keys', 'delivery_answers', 'waiting_deliveries', 'mended_deliveries', 'quarantine_items'].map(
    (table): OrphanQuestion => ({
      kind: 'missing',
      table: 'deliveries',
      what: `a row of ${table} whose delivery is gone`,
      sql: `SELECT t.delivery_id::text AS "deliveryId" FROM ${table} t
        WHERE t.organisation_id = $1 AND NOT EXISTS (SELECT 1 FROM deliveries d
          WHERE d.organisation_id = $1 AND d.delivery_id = t.delivery_id)`,
    }),
  ),
  {
    kind: 'missing',
    table: 'batches',
    what: 'a commitment older than the newest batch is in none',
    sql: `SELECT o.sequence::text AS sequence FROM outbox o
      LEFT JOIN LATERAL (SELECT first_sequence FROM batches
        WHERE organisation_id = $1 AND last_sequence >= o.sequence ORDER BY last_sequence LIMIT 1) b ON true
      WHERE o.organisation_id = $1 AND b.first_sequence > o.sequence`,
  },
  {
    kind: 'altered',
    table: 'tallies',
    what: 'a count is not that of the versions',
    sql: `WITH counted AS (
        SELECT (v.stored_time AT TIME ZONE 'UTC')::date AS day, c.dimension, c.code, count(*) AS amount
        FROM record_versions v JOIN records r USING (organisation_id, record)
        CROSS JOIN LATERAL (VALUES ('kind', r.type), ('care-stage', v.care_stage), ('source', v.source),
          ('capture-method', v.capture_method)) AS c (dimension, code)
        WHERE v.organisation_id = $1 GROUP BY 1, 2, 3
      ), kept AS (
        SELECT day, dimension, code, sum(amount) AS amount FROM tallies
        WHERE organisation_id = $1 AND dimension IN ('kind', 'care-stage', 'source', 'capture-method')
        GROUP BY 1, 2, 3
      )
      SELECT day::text AS day, dimension, code FROM counted FULL JOIN kept USING (day, dimension, code)
      WHERE coalesce(counted.amount, 0) <> coalesce(kept.amount, 0)`,
  },
  {
    kind: 'altered',
    table: 'tallies',
    what: 'the count of deliveries is not that of the inbox',
    sql: `SELECT 'delivery' AS dimension WHERE
      (SELECT count(*) FROM deliveries WHERE organisation_id = $1) <>
      (SELECT coalesce(sum(amount), 0) FROM tallies
        WHERE organisation_id = $1 AND dimension = 'delivery' AND code IN ('new', 'conflict'))`,
  },
]

/** Asks every question, each on one snapshot. Effects: none. */
export async function checkOrphans(vault: VaultContext, faults: FaultList): Promise<void> {
  for (const { kind, table, what, sql } of QUESTIONS) {
    const rows = await inSnapshot(vault, (session) =>
      session.query<Record<string, string | number>>(`${sql} LIMIT ${UP_TO}`, [vault.organisationId]),
    )
    for (const row of rows) faults.add({ kind, table, where: { ...row }, what })
  }
}
