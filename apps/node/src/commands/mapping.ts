/** `meridian mapping`: checks a mapping and tries it on rows, without a home and without storing anything. */
import {
  explain,
  type MappingPreview,
  previewMapping,
  readCsvMapping,
  type SourceProfile,
} from '@meridian/gateway'
import { createValidator } from '@meridian/standards'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { option } from './ask.ts'
import { readNamed } from './read-file.ts'

const profiles: readonly SourceProfile[] = ['r4', 'cn-national', 'cn-national-strict']

export const mapping: Command = {
  name: 'mapping',
  usage: 'preview MAPPING.json SAMPLE.csv [--profile P] [--rows N]',
  summary: {
    zh: '在真实行上试运行 CSV 映射：每列去向、每行结果与拒收原因；不保存任何内容',
    en: 'try a CSV mapping on real rows: where each column goes, what each row becomes, why one is refused; nothing is stored',
  },
  options: [
    {
      name: 'profile',
      value: 'P',
      text: {
        zh: `校验档案：${profiles.join('、')}（默认 cn-national）`,
        en: `judged by ${profiles.join(', ')} (default cn-national)`,
      },
    },
    {
      name: 'rows',
      value: 'N',
      text: { zh: '显示多少行（默认 5）', en: 'how many rows to show (default 5)' },
    },
  ],
  async run(invocation): Promise<ExitCode> {
    const [verb, file, sample] = invocation.words
    if (verb !== 'preview' || file === undefined || sample === undefined) throw howTo()
    const read = readCsvMapping(jsonOf(file))
    if (!('format' in read)) {
      const problems = read.problems.map(({ code, place }) => ({ code, place, ...explain(code) }))
      say(invocation, { problems }, () => problems.map(problemText).join('\n'))
      return 1
    }
    const preview = await previewMapping(readNamed(sample), {
      mapping: read,
      source: sourceFor(profileOf(invocation)),
      validator: createValidator(),
      now: new Date().toISOString(),
      shownRows: Number(option(invocation, 'rows') ?? 5),
    })
    say(invocation, { problems: [], ...preview }, () => show(preview))
    return preview.refused === 0 ? 0 : 1
  },
}

function howTo(): UsageError {
  return new UsageError({
    zh: '请给出映射文件和一个样例文件：meridian mapping preview MAPPING.json SAMPLE.csv',
    en: 'Name a mapping and a sample: meridian mapping preview MAPPING.json SAMPLE.csv',
  })
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(readNamed(file)))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UsageError({ zh: `${file} 不是有效的 JSON。`, en: `${file} is no valid JSON.` })
  }
}

function profileOf(invocation: Invocation): SourceProfile {
  const asked = option(invocation, 'profile') ?? 'cn-national'
  const profile = profiles.find((one) => one === asked)
  if (profile !== undefined) return profile
  throw new UsageError({
    zh: `没有校验档案 ${asked}。可用的有：${profiles.join('、')}`,
    en: `There is no profile ${asked}. Known: ${profiles.join(', ')}`,
  })
}

function sourceFor(profile: SourceProfile) {
  return {
    name: 'sample',
    kind: 'csv',
    profile,
    timeZone: '+08:00',
    captureMethod: 'file',
    ackAfter: 'stored',
    onBadValue: 'refuse',
  } as const
}

function say({ json, out }: Invocation, answer: object, show: () => string): void {
  out(json ? JSON.stringify(answer) : show())
}

function problemText({
  code,
  place,
  message,
  hint,
}: ReturnType<typeof explain> & { code: string; place: string }): string {
  return `✘ ${place} · ${code}\n    ${message.zh} ${hint.zh}\n    ${message.en} ${hint.en}`
}

const useNames: Readonly<Record<MappingPreview['headings'][number]['use'], string>> = {
  mapped: '→',
  key: 'key 主键',
  unused: 'unused 未使用',
  ignored: 'ignored 忽略',
  unclaimed: '✘ unclaimed 无人认领',
}

function show(preview: MappingPreview): string {
  const headings = preview.headings.map(({ heading, use, elements }) => [
    heading,
    useNames[use],
    elements.join(', '),
  ])
  const rows = preview.rows.flatMap(({ line, records, refusal, findings }) => [
    refusal === undefined
      ? `✔ line ${line}: ${records.length} records 条记录`
      : `✘ line ${line} · ${refusal.code}`,
    ...records.map((text) => `    ${text}`),
    ...findings.map(({ path, message }) => `    ${path}: ${message.zh} ${message.en}`),
  ])
  const counts = `rows 行 ${preview.total}${preview.isCut ? '+' : ''}, refused 拒收 ${preview.refused}`
  const reasons = preview.reasons.map(({ code, count }) => `  ${code} ${count}`)
  return [
    layTable([['HEADING 列名', 'USE 用途', 'ELEMENTS 数据元'], ...headings]),
    ...preview.unusedColumns.map((column) => `unused column of the mapping 映射中未使用的列: ${column}`),
    ...rows,
    counts,
    ...reasons,
  ].join('\n')
}
