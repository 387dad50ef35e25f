/** `meridian quality`: runs the checks over one's own records, shows, compares, publishes and verifies. */
import { type Command, type Invocation, UsageError } from '../command-line/command.ts'
import { ask, option } from './ask.ts'
import { keep, output } from './keep-file.ts'
import { readNamedText } from './read-file.ts'
import { reportCsv, showFailures, showItems, showReport, showVerified } from './show-quality.ts'

const usage =
  'run | show | trend | failures CHECK | export | thresholds [CHECK PERCENT] | compare BEFORE AFTER | compare-sources A B | interconnection | publish | verify FILE|URL'

const value = (name: string, what: string, zh: string, en: string) => ({
  name,
  value: what,
  text: { zh, en },
})

export const quality: Command = {
  name: 'quality',
  usage,
  summary: {
    zh: '检查本机构数据质量：运行、查看、趋势、对比，发布并核验评分',
    en: "check one's own data quality: run, show, trends, comparisons; publish and verify scores",
  },
  options: [
    value('from', 'DAY', '起始日（含）', 'from this day on'),
    value('to', 'DAY', '截止日（含）', 'up to this day'),
    value('department', 'NAME', '只看这一科室', 'only this department'),
    value('source', 'NAME', '只看这一来源', 'only this source'),
    value('run', 'N', '第几次检查（默认最近一次）', 'which run (default the newest)'),
    value('by', 'WHAT', '按 department、source 或 period 分列', 'told apart by department, source or period'),
    value('check', 'ID', '只看这一检查项', 'only this check'),
    value('count', 'N', '条数', 'how many'),
    value('cursor', 'C', '从上一页给出的标记继续', 'go on from the mark of the last page'),
    output,
  ],
  async run(invocation) {
    const [word = '', ...rest] = invocation.words
    const act = Object.hasOwn(actions, word) ? actions[word] : undefined
    if (act === undefined)
      throw new UsageError({ zh: `用法：meridian quality ${usage}`, en: `usage: meridian quality ${usage}` })
    return act(invocation, rest)
  },
}

type Act = (invocation: Invocation, words: readonly string[]) => ReturnType<typeof ask>

const label = { zh: '检查数据质量', en: 'checking data quality' }

const actions: Readonly<Record<string, Act>> = {
  run: (call) => {
    const scope = pick(call, 'from', 'to', 'department', 'source')
    return ask(call, 'quality-run', scope, showReport, { label })
  },
  show: (call) => ask(call, 'quality-show', { ...numbered(call), ...pick(call, 'by', 'check') }, showReport),
  trend: (call) => ask(call, 'quality-trend', { ...numbered(call), ...pick(call, 'check') }, showItems),
  failures: (call, [check]) =>
    ask(call, 'quality-failures', { ...numbered(call), ...pick(call, 'cursor'), check }, showFailures),
  export: (call) =>
    ask(call, 'quality-show', numbered(call), (answer: never) => keep(call, reportCsv(answer)), {
      keep: true,
    }),
  thresholds: (call, [check, percent]) =>
    ask(
      call,
      'quality-thresholds',
      check === undefined ? {} : { check, percent: Number(percent) },
      showItems,
    ),
  compare: (call, [before, after]) =>
    ask(call, 'quality-compare', { before: Number(before), after: Number(after) }, showItems),
  'compare-sources': (call, sources) => {
    if (sources.length !== 2) throw new UsageError({ zh: '请给出两个来源的名称。', en: 'Name two sources.' })
    return ask(call, 'quality-compare-sources', { sources }, showItems)
  },
  interconnection: (call) => ask(call, 'quality-interconnection', pick(call, 'from', 'to'), showItems),
  publish: (call) =>
    ask(
      call,
      'quality-publish',
      numbered(call),
      (answer: { document: string; hash: string; height: number }) =>
        `${keep(call, answer.document)}\n${answer.hash} · ${answer.height}`,
      { keep: option(call, 'output') !== undefined },
    ),
  async verify(call, [where = '']) {
    const document = /^https?:\/\//.test(where) ? await fetchText(where) : readNamedText(where)
    return ask(call, 'quality-verify', { document }, showVerified, {
      exitCode: ({ verified }: { verified: boolean }) => (verified ? 0 : 1),
    })
  },
}

function pick(call: Invocation, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = option(call, name)
      return given === undefined ? [] : [[name, given] as const]
    }),
  )
}

function numbered(call: Invocation): Record<string, number> {
  return Object.fromEntries(Object.entries(pick(call, 'run', 'count')).map(([k, v]) => [k, Number(v)]))
}

const MOST_BYTES = 32_000_000

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
  const text = response.ok ? await response.text() : ''
  if (text === '' || text.length > MOST_BYTES)
    throw new UsageError({ zh: `${url} 没有给出评分文件。`, en: `${url} gave no score.` })
  return text
}
