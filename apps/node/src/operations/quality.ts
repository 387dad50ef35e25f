/** `quality-…`: runs of data quality over one's own vault, what they say, comparisons, and scores on the ledger. */
import {
  buildQualityScore,
  compareRuns,
  compareSources,
  decodeQualityScore,
  encodeQualityScore,
  qualityBreakdown,
  qualityReport,
  runQuality,
} from '@meridian/gateway'
import { toHex } from '@meridian/protocol'
import { loadShippedQualityRules, type QualityScope, qualityRulesHash } from '@meridian/standards/quality'
import { accessAll, type QualityDimension, type QualityRun } from '@meridian/vault'
import type { Bilingual } from '../command-line/command.ts'
import { interconnection } from '../quality/interconnection.ts'
import { verifyScore } from '../quality/verify-score.ts'
import type { Node } from '../wiring/node.ts'
import { type Json, type Operation, OperationRefused } from './operation.ts'
import { sayOnLedger } from './say-on-ledger.ts'

/** `run` left out is the newest run. */
interface RunArgs {
  readonly run?: number
}

/** `{run, categories, checks, …}` of a new run over the scope. */
export const qualityRun: Operation<QualityScope, Json> = {
  name: 'quality-run',
  async run(node, scope, onProgress) {
    const days = [scope.from, scope.to].filter((day) => day !== undefined)
    if (!days.every(isDay)) throw refused('quality-day-malformed', wrongDay)
    const rules = loadShippedQualityRules()
    const { records } = await node.vault.status()
    const run = await runQuality(
      {
        quality: node.vault.quality,
        rules,
        rulesHash: qualityRulesHash(node.suite, rules),
        standardsSetHash: toHex(node.standardsSetHash),
        nowMs: () => node.clock.now().getTime(),
      },
      scope,
      (persons) => onProgress(persons, records),
    )
    return reportOf(node, { run })
  },
}

/** The report of a run, told apart `by` department, source or period where that is asked for. */
export const qualityShow: Operation<
  RunArgs & { readonly by?: QualityDimension; readonly check?: string },
  Json
> = {
  name: 'quality-show',
  async run(node, { by, check, ...args }) {
    const report = await reportOf(node, args)
    if (by === undefined) return report
    const of = { run: report.run, by, ...(check === undefined ? {} : { check }) }
    return { ...report, by, items: await qualityBreakdown(node.vault.quality, of) }
  },
}

/** `{items: [{run, finishedTime, check, failed, counted}]}` over the newest runs, oldest first. */
export const qualityTrend: Operation<{ readonly count?: number; readonly check?: string }, Json> = {
  name: 'quality-trend',
  run: async (node, { count = 30, check }) => ({ items: await node.vault.quality.trend(count, check) }),
}

/** Own records that failed a check, with how to mend them: `{check, items, next}`. */
export const qualityFailures: Operation<
  RunArgs & { readonly check: string; readonly count?: number; readonly cursor?: string },
  Json
> = {
  name: 'quality-failures',
  async run(node, { check: id, count = 50, cursor, ...args }) {
    const { run } = await runOf(node, args)
    const check = loadShippedQualityRules().checks.find((one) => one.id === id)
    if (check === undefined) throw refused('quality-check-unknown', unknownCheck)
    const page = { count, ...(cursor === undefined ? {} : { cursor }) }
    const found = await node.vault.quality.failures({ run, check: id }, page, accessAll)
    if (found === undefined) throw refused('cursor-unknown', foreignCursor)
    return { run, check: { id, titles: check.titles, hint: check.hint }, ...found }
  },
}

/** The organisation's own thresholds; sets one when `check` and `percent` are given. */
export const qualityThresholds: Operation<{ readonly check?: string; readonly percent?: number }, Json> = {
  name: 'quality-thresholds',
  async run({ vault }, { check, percent }) {
    if (check !== undefined) {
      const isKnown = loadShippedQualityRules().checks.some(({ id }) => id === check)
      if (!isKnown) throw refused('quality-check-unknown', unknownCheck)
      if (percent === undefined || !(percent >= 0 && percent <= 100))
        throw refused('quality-percent-malformed', wrongPercent)
      await vault.quality.setThreshold(check, percent, 'operator')
    }
    return {
      items: [...(await vault.quality.thresholds())].map(([id, own]) => ({ check: id, percent: own })),
    }
  },
}

/** Before and after, from the counts of two runs (S59). */
export const qualityCompare: Operation<{ readonly before: number; readonly after: number }, Json> = {
  name: 'quality-compare',
  async run(node, { before, after }) {
    const [old, now] = await Promise.all([runOf(node, { run: before }), runOf(node, { run: after })])
    const sumsOf = async (run: QualityRun) => ({ run, sums: await node.vault.quality.sums(run.run, 'all') })
    return compareRuns(loadShippedQualityRules(), await sumsOf(old), await sumsOf(now))
  },
}

/** What two sources write differently (S04). */
export const qualityCompareSources: Operation<{ readonly sources: readonly [string, string] }, Json> = {
  name: 'quality-compare-sources',
  async run({ vault, sourceNamed }, { sources }) {
    if (!sources.every((name) => sourceNamed(name) !== undefined))
      throw refused('quality-source-unknown', unknownSource)
    return compareSources(vault.quality, sources)
  },
}

/** Interconnection rate by tier (S05), with its definition. */
export const qualityInterconnection: Operation<{ readonly from?: string; readonly to?: string }, Json> = {
  name: 'quality-interconnection',
  async run(node, { from = '0000-01-01', to = '9999-12-31' }) {
    return { definition: interconnectionMeans, from, to, items: await interconnection(node, { from, to }) }
  },
}

/** Signs for the score of a run on the ledger: `{document, hash, statementId, height}`. */
export const qualityPublish: Operation<RunArgs, Json> = {
  name: 'quality-publish',
  async run(node, args) {
    const run = await runOf(node, args)
    const { department, source, ...days } = run.scope
    if (department !== undefined || source !== undefined) throw refused('quality-scope-partial', partialScope)
    // A run counts what was there when it began: batches of later days are no part of it.
    const until = days.to ?? run.startedTime.slice(0, 10)
    const batches = await node.vault.quality.coveredBatches({ ...days, to: until })
    const last = batches.at(-1)
    if (last === undefined) throw refused('quality-nothing-anchored', nothingAnchored)
    const rules = loadShippedQualityRules()
    const organisation = node.configuration.organisation.id
    const scorer = { rules, organisation, genesisHash: node.genesisHash }
    const sums = await node.vault.quality.sums(run.run, 'all')
    const score = { ...buildQualityScore(scorer, { run, sums }, batches), to: until }
    const { text, hash, claim } = encodeQualityScore(node.suite, score)
    const body = { subjectRef: last.statementId, claim, valueHash: hash }
    return { ...(await sayOnLedger(node, 'attest', body)), hash: toHex(hash), document: text }
  },
}

/** Checks a score: `{organisation, verified, rungs, checks}`. `document` is its text. */
export const qualityVerify: Operation<{ readonly document: string }, Json> = {
  name: 'quality-verify',
  async run(node, { document }) {
    const score = decodeQualityScore(new TextEncoder().encode(document))
    if (score === undefined) throw refused('quality-score-malformed', noScore)
    const rules = loadShippedQualityRules()
    const rungs = await verifyScore(node, score, [qualityRulesHash(node.suite, rules)])
    const { organisation, from, to, checks } = score
    return { organisation, from, to, verified: rungs.every(({ holds }) => holds), rungs, checks }
  },
}

async function reportOf(node: Node, args: RunArgs) {
  return qualityReport(
    { quality: node.vault.quality, rules: loadShippedQualityRules() },
    await runOf(node, args),
  )
}

async function runOf({ vault }: Node, { run }: RunArgs): Promise<QualityRun> {
  const found = run === undefined ? (await vault.quality.runs(1))[0] : await vault.quality.run(run)
  if (found === undefined) throw refused('quality-run-unknown', noRun)
  return found
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

function refused(code: string, text: Bilingual): OperationRefused {
  return new OperationRefused(code, text)
}

const interconnectionMeans: Bilingual = {
  zh: '互联互通率 = 期间内至少锚定过一个批次的机构数 ÷ 账本上已知的同类机构数；从未上链的机构不在分母中。',
  en: 'Organisations that anchored at least one batch in the period ÷ organisations of that kind that the ledger knows; who never came to the ledger is in no denominator.',
}
const wrongDay: Bilingual = { zh: '日期应写作 YYYY-MM-DD。', en: 'Write days as YYYY-MM-DD.' }
const noRun: Bilingual = {
  zh: '没有这次质量检查。请先运行 meridian quality run。',
  en: 'There is no such run. Start one with meridian quality run.',
}
const unknownCheck: Bilingual = {
  zh: '没有这项检查。检查编号见 meridian quality show。',
  en: 'There is no such check. meridian quality show lists them.',
}
const unknownSource: Bilingual = {
  zh: '没有这个来源。来源名称见 meridian.json。',
  en: 'There is no such source. Their names are in meridian.json.',
}
const foreignCursor: Bilingual = {
  zh: '这个翻页标记不属于这个列表，请从第一页重新开始。',
  en: 'This cursor is not of this list; start again from the first page.',
}
const wrongPercent: Bilingual = {
  zh: '阈值应为 0 到 100 的百分数。',
  en: 'A threshold is 0 to 100 per cent.',
}
const partialScope: Bilingual = {
  zh: '只含一个科室或来源的检查不能发布：其批次覆盖整个机构。请不带 --department、--source 重新运行。',
  en: 'A run over one department or source cannot be published: its batches cover the whole organisation. Run it without --department and --source.',
}
const nothingAnchored: Bilingual = {
  zh: '该期间没有已上链的批次，评分无所依据。',
  en: 'No batch of that period is on the ledger, so a score would stand on nothing.',
}
const noScore: Bilingual = {
  zh: '这不是质量评分文件。请向发布机构索取 meridian quality publish 的输出。',
  en: 'This is no quality score. Ask its publisher for what meridian quality publish wrote.',
}
