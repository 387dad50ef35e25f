/**
 * Keeps a growing store quick: the planner's statistics, and on PGlite, which has no autovacuum, the space of dead rows.
 * Without statistics the planner takes any index that begins right and walks a whole type to find one record.
 */
import type { SqlDriver } from './driver.ts'

/** Told of every row count by which the store has grown; works when it has grown enough, without being waited for. */
export interface Upkeep {
  grown(rows: number): void
}

const TABLES =
  'records, record_versions, record_keys, search_values, search_dates, outbox, deliveries, delivery_keys'

/** Tables whose rows come and go: on PGlite they would only ever grow. */
const CHANGING_TABLES = 'waiting_deliveries, tallies, delivery_answers, quarantine_items, records'

/** Statistics after so many rows for the first time, then each time the store has grown this many times over. */
const FIRST_ROWS = 500
const GROWTH = 4

/** Dead rows are taken away each time so many rows were stored. */
const ROWS_BETWEEN_VACUUMS = 10_000

/** Starts counting at nothing, so an old store is looked at once soon after it is opened. Effects: ANALYZE, VACUUM. */
export function createUpkeep(driver: SqlDriver): Upkeep {
  let stored = 0
  let analyseAt = FIRST_ROWS
  let vacuumAt = driver.home === 'pglite' ? ROWS_BETWEEN_VACUUMS : Number.POSITIVE_INFINITY
  let working = false
  const start = (sql: string) => {
    working = true
    const done = () => {
      working = false
    }
    // A database that is away now is told of by whoever needs it; the next growth tries again.
    driver.query(sql).then(done, done)
  }
  return {
    grown(rows) {
      stored += rows
      if (working) return
      if (stored >= analyseAt) {
        analyseAt *= GROWTH
        start(`ANALYZE ${TABLES}`)
      } else if (stored >= vacuumAt) {
        vacuumAt = stored + ROWS_BETWEEN_VACUUMS
        start(`VACUUM ${CHANGING_TABLES}`)
      }
    },
  }
}
