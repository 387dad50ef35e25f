/** Puts the quality port together. */
import type { VaultContext } from '../vault-context.ts'
import { keepRun } from './keep-run.ts'
import type { Quality } from './quality.ts'
import { readFailures, readRun, readRuns, readSums, readTrend } from './read-runs.ts'
import { readThresholds, writeThreshold } from './thresholds.ts'
import { coveredBatches, measure, walkAmended, walkPersons } from './walk-records.ts'

/** The port over an open vault. */
export function openQuality(vault: VaultContext): Quality {
  return {
    persons: (access) => walkPersons(vault, access),
    measure: (days) => measure(vault, days),
    amended: (versions, days) => walkAmended(vault, versions, days),
    keep: (run) => keepRun(vault, run),
    runs: (limit) => readRuns(vault, limit),
    run: (run) => readRun(vault, run),
    sums: (run, dimension) => readSums(vault, run, dimension),
    trend: (limit, check) => readTrend(vault, limit, check),
    failures: (of, page, access) => readFailures(vault, { of, page, access }),
    thresholds: () => readThresholds(vault),
    setThreshold: (check, percent, by) => writeThreshold(vault, { check, percent, by }),
    coveredBatches: (days) => coveredBatches(vault, days),
  }
}
