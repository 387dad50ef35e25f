/**
 * Keeps the planner's statistics of a growing store fresh. Without them it takes any index that begins right and walks a whole
 * type to find one record; PGlite has no autovacuum to gather them, and a server's comes once a minute.
 */
import type { SqlDriver } from './driver.ts'

/** Told of every row count by which the store has grown; gathers when it has grown enough, without being waited for. */
export interface Statistics {
  grown(rows: number): void
}

const TABLES =
  'records, record_versions, record_keys, search_values, search_dates, outbox, deliveries, delivery_keys'

/** After so many rows for the first time, then each time the store has grown this many times over. */
const FIRST_ROWS = 500
const GROWTH = 4

/** Starts counting at nothing, so an old store is looked at once soon after it is opened. Effects: ANALYZE. */
export function createStatistics(driver: SqlDriver): Statistics {
  let rowsSince = 0
  let wanted = FIRST_ROWS
  let gathering = false
  return {
    grown(rows) {
      rowsSince += rows
      if (rowsSince < wanted || gathering) return
      gathering = true
      wanted *= GROWTH
      const done = () => {
        gathering = false
      }
      // A database that is away now is told of by whoever needs it; the next growth tries again.
      driver.query(`ANALYZE ${TABLES}`).then(done, done)
    },
  }
}
