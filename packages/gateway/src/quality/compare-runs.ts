/** Before and after: what changed between two runs, computed from their counts alone (S59). */
import type { QualityRules } from '@meridian/standards/quality'
import type { QualityRun, QualitySum } from '@meridian/vault'

/** A run with its sums. */
export interface RunSums {
  readonly run: QualityRun
  readonly sums: readonly QualitySum[]
}

/**
 * Each check that both runs counted: share of failures before and after, difference in points, and relative change. Check
 * efficiency is records judged in a second of the run.
 */
export function compareRuns(rules: QualityRules, before: RunSums, after: RunSums) {
  const checks = rules.checks.flatMap((check) => {
    const [old, now] = [before, after].map(({ sums }) => sums.find((sum) => sum.check === check.id))
    if (old === undefined || now === undefined || old.counted === 0 || now.counted === 0) return []
    const [was, is] = [old.failed / old.counted, now.failed / now.counted]
    const { id, titles, kpi } = check
    return [
      {
        check: id,
        kpi: kpi ?? null,
        titles,
        before: { failed: old.failed, counted: old.counted, share: was },
        after: { failed: now.failed, counted: now.counted, share: is },
        points: is - was,
        relative: was === 0 ? null : (is - was) / was,
      },
    ]
  })
  const [was, is] = [recordsPerSecond(before.run), recordsPerSecond(after.run)]
  const relative = was === null || is === null || was === 0 ? null : (is - was) / was
  return {
    before: summaryOf(before.run),
    after: summaryOf(after.run),
    sameRules: before.run.rulesHash === after.run.rulesHash,
    checkEfficiency: { before: was, after: is, relative },
    checks,
  }
}

function summaryOf({ run, scope, rulesHash, standardsSetHash, finishedTime }: QualityRun) {
  return { run, scope, rulesHash, standardsSetHash, finishedTime }
}

function recordsPerSecond({ records, startedTime, finishedTime }: QualityRun): number | null {
  const seconds = (Date.parse(finishedTime) - Date.parse(startedTime)) / 1000
  return seconds > 0 ? records / seconds : null
}
