/** A run as a document: checks with their scores against thresholds, categories, capture, lag, and what is told apart. */
import { type CheckScore, checkTypeFacts, type QualityRules, scoreChecks } from '@meridian/standards/quality'
import type { QualityDimension, QualityRun, QualitySum, Vault } from '@meridian/vault'

/** Share of records that pass; null where nothing was counted. */
export function passShare({ failed, counted }: { readonly failed: number; readonly counted: number }) {
  return counted === 0 ? null : (counted - failed) / counted
}

/** One check as the command line and the door show it. */
export function checkRow({ check, category, failed, counted, threshold, state }: CheckScore) {
  const { id, type, titles, hint, kpi } = check
  const { unit } = checkTypeFacts(type)
  const share = counted === 0 ? null : failed / counted
  return {
    id,
    type,
    category,
    unit,
    titles,
    hint,
    failed,
    counted,
    share,
    threshold,
    state,
    kpi: kpi ?? null,
  }
}

/** The report of a run. Checks of another rule set than the one in force are named by their id alone. */
export async function qualityReport(
  { quality, rules }: { readonly quality: Vault['quality']; readonly rules: QualityRules },
  run: QualityRun,
) {
  const scores = scoreChecks(rules, await quality.sums(run.run, 'all'), await quality.thresholds())
  return {
    ...run,
    categories: (['conformance', 'completeness', 'plausibility'] as const).map((category) =>
      categoryRow(
        category,
        scores.filter((score) => score.category === category),
      ),
    ),
    checks: scores.map(checkRow),
    manualEntryRatio: manualShare(run),
  }
}

function categoryRow(category: string, scores: readonly CheckScore[]) {
  const judged = scores.filter(({ state }) => state !== 'empty')
  const failed = judged.reduce((sum, score) => sum + score.failed, 0)
  const counted = judged.reduce((sum, score) => sum + score.counted, 0)
  return {
    category,
    passed: judged.filter(({ state }) => state === 'passed').length,
    judged: judged.length,
    share: passShare({ failed, counted }),
  }
}

/** `manualEntryRatio`: versions captured by hand among all whose method is known. */
function manualShare({ measures }: QualityRun): number | null {
  const all = Object.values(measures.captureMethods).reduce((sum, n) => sum + n, 0)
  return all === 0 ? null : (measures.captureMethods.manual ?? 0) / all
}

/** Sums told apart by one dimension, over all checks or one. */
export async function qualityBreakdown(
  quality: Vault['quality'],
  { run, by, check }: { readonly run: number; readonly by: QualityDimension; readonly check?: string },
) {
  const sums = (await quality.sums(run, by)).filter((sum) => check === undefined || sum.check === check)
  const byValue = new Map<string, QualitySum>()
  for (const sum of sums) {
    const known = byValue.get(sum.value) ?? { ...sum, failed: 0, counted: 0 }
    byValue.set(sum.value, {
      ...known,
      failed: known.failed + sum.failed,
      counted: known.counted + sum.counted,
    })
  }
  return [...byValue.values()].map(({ value, failed, counted }) => ({
    value,
    failed,
    counted,
    share: counted === 0 ? null : failed / counted,
  }))
}

/** One check of one run as a line of CSV; formulas are no part of it, since every cell is a number, a code or our own words. */
export function qualityCsv(report: Awaited<ReturnType<typeof qualityReport>>): string {
  const head = 'run,finished,check,type,category,title_zh,title_en,failed,counted,share,threshold,state'
  const lines = report.checks.map((row) =>
    [
      report.run,
      report.finishedTime,
      row.id,
      row.type,
      row.category,
      row.titles.zh,
      row.titles.en,
      row.failed,
      row.counted,
      row.share ?? '',
      row.threshold,
      row.state,
    ]
      .map((cell) => `"${String(cell).replaceAll('"', '""')}"`)
      .join(','),
  )
  return `\uFEFF${[head, ...lines].join('\r\n')}\r\n`
}
