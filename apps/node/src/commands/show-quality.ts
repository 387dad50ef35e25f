/** How answers of `meridian quality` look to a person. */
import { qualityCsv } from '@meridian/gateway'
import { layTable } from '../command-line/table.ts'

type Report = Parameters<typeof qualityCsv>[0]

interface Shown extends Report {
  readonly by?: string
  readonly items?: readonly { value: string; failed: number; counted: number; share: number | null }[]
}

const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
const seconds = (value: number): string => `${value.toFixed(1)} s`
const marks = { passed: '✔', failed: '✘', empty: '·' } as const

/** A run: categories, what is measured, then checks or what they are told apart by. */
export function showReport(report: Shown): string {
  const { run, rulesId, persons, records, categories, measures, manualEntryRatio } = report
  const lag = measures.anchorLag
  const head = [
    `run ${run} · ${rulesId} · ${persons} persons 人 · ${records} records 条`,
    ...categories.map((row) => `${row.category}: ${row.passed}/${row.judged} ✔ · ${percent(row.share)}`),
    `manualEntryRatio 手工录入率: ${percent(manualEntryRatio)}`,
    `anchorLag 上链延迟: ${lag === null ? '–' : `p50 ${seconds(lag.p50)} · p95 ${seconds(lag.p95)} · p99 ${seconds(lag.p99)}`}`,
    `frequent edits 频繁修改: ${measures.frequentEdits.length}`,
  ]
  return [...head, '', layTable(report.items === undefined ? checkLines(report) : itemLines(report))].join(
    '\n',
  )
}

function checkLines({ checks }: Report): string[][] {
  const rows = checks.map((row) => [
    marks[row.state],
    row.id,
    `${row.failed}/${row.counted}`,
    percent(row.share),
    `${row.threshold} %`,
    `${row.titles.zh} ${row.titles.en}`,
  ])
  return [['', 'CHECK 检查项', 'FAILED 未通过', 'SHARE 比例', 'MAX 阈值', ''], ...rows]
}

function itemLines({ by = '', items = [] }: Shown): string[][] {
  const rows = items.map((row) => [row.value || '–', `${row.failed}/${row.counted}`, percent(row.share)])
  return [[by, 'FAILED 未通过', 'SHARE 比例'], ...rows]
}

/** The report as CSV. */
export function reportCsv(report: Report): string {
  return qualityCsv(report)
}

/** Failed records, with the hint of the check. */
export function showFailures(answer: {
  readonly check: { titles: { zh: string; en: string }; hint: { zh: string; en: string } }
  readonly items: readonly { type: string; id: string; department: string }[]
  readonly next?: string
}): string {
  const { titles, hint } = answer.check
  const rows = answer.items.map(({ type, id, department }) => [`${type}/${id}`, department])
  const more = answer.next === undefined ? '' : `\n→ --cursor ${answer.next}`
  return `${titles.zh} ${titles.en}\n→ ${hint.zh} ${hint.en}\n${layTable([['RECORD 记录', 'DEPARTMENT 科室'], ...rows])}${more}`
}

/** Lists whose rows are plain objects: their members are the columns; what stands beside the list comes first. */
export function showItems(answer: Readonly<Record<string, unknown>>): string {
  const entry = Object.entries(answer).find(([, member]) => Array.isArray(member))
  const [listName, list] = (entry ?? ['', []]) as [string, Record<string, unknown>[]]
  const beside = Object.entries(answer).filter(([name]) => name !== listName)
  const lines = beside.map(([name, member]) => `${name}: ${cell(member)}`)
  const columns = Object.keys(list[0] ?? {})
  const rows = list.map((row) => columns.map((column) => cell(row[column])))
  return [...lines, columns.length === 0 ? '' : layTable([columns, ...rows])]
    .filter((l) => l !== '')
    .join('\n')
}

function cell(member: unknown): string {
  if (typeof member !== 'object' || member === null) return String(member ?? '–')
  const { zh, en } = member as { readonly zh?: string; readonly en?: string }
  return zh !== undefined && en !== undefined ? `${zh} ${en}` : JSON.stringify(member)
}

/** The rungs of a verified score. */
export function showVerified(answer: {
  readonly organisation: string
  readonly verified: boolean
  readonly rungs: readonly { holds: boolean; text: { zh: string; en: string } }[]
}): string {
  const lines = answer.rungs.map(({ holds, text }) => `${holds ? '✔' : '✘'} ${text.zh} ${text.en}`)
  return [`${answer.verified ? '✔' : '✘'} ${answer.organisation}`, ...lines].join('\n')
}
