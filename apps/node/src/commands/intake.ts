/** `meridian intake`: takes files in, with or without a running node, and says what became of every item. */
import { globSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Command, type ExitCode, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import type { IntakeSummary } from '../operations/intake-count.ts'
import { ask, option } from './ask.ts'

export const intake: Command = {
  name: 'intake',
  usage: 'PATH… [--source NAME] [--mapping ID|FILE]',
  summary: {
    zh: '接收文件：HL7 v2、FHIR JSON/NDJSON、带映射的 CSV',
    en: 'take in files: HL7 v2, FHIR JSON or NDJSON, CSV with a mapping',
  },
  options: [
    {
      name: 'source',
      value: 'NAME',
      text: { zh: '来源系统（见 meridian.json）', en: 'the source they come from (meridian.json)' },
    },
    {
      name: 'mapping',
      value: 'ID|FILE',
      text: { zh: 'CSV 映射的编号或文件', en: 'id or file of the CSV mapping' },
    },
  ],
  run(invocation) {
    if (invocation.words.length === 0)
      throw new UsageError({ zh: '请给出文件或文件夹。', en: 'Name files or folders.' })
    const mapping = option(invocation, 'mapping')
    const args = {
      files: invocation.words.flatMap(filesAt),
      source: option(invocation, 'source'),
      mapping: mapping?.endsWith('.json') ? resolve(mapping) : mapping,
    }
    return ask(invocation, 'intake', args, show, {
      label: { zh: '接收', en: 'taking in' },
      exitCode: (summary: IntakeSummary): ExitCode =>
        summary.refused === 0 && summary.notAnchored === undefined ? 0 : 1,
    })
  },
}

/** A folder stands for all its files, in the order of their names. */
function filesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [resolve(path)]
  } catch {
    throw new UsageError({ zh: `找不到 ${path}。`, en: `There is no ${path}.` })
  }
  return globSync('**/*', { cwd: path, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => resolve(join(entry.parentPath, entry.name)))
    .sort()
}

function show(summary: IntakeSummary): string {
  const counts = [
    ['received 收到', String(summary.received)],
    ['taken in 接收', String(summary.takenIn)],
    ['refused 拒收', String(summary.refused)],
    ['duplicates 重复', String(summary.duplicates)],
    ['records 记录', String(summary.records)],
    ['anchored at height 写入区块', String(summary.height)],
  ]
  const refusals = summary.refusals.flatMap((r) => [
    `✘ ${r.file} #${r.position.index}${r.position.line === undefined ? '' : ` line ${r.position.line}`} · ${r.room} · ${r.code}${r.place === undefined ? '' : ` · ${r.place}`}`,
    `    ${r.message.zh} ${r.hint.zh}`,
    `    ${r.message.en} ${r.hint.en}`,
  ])
  const { notAnchored } = summary
  const waiting =
    notAnchored === undefined
      ? []
      : [
          `✘ Sealed, not anchored 已封存，未写入账本 · ${notAnchored.code}`,
          `    ${notAnchored.zh}`,
          `    ${notAnchored.en}`,
        ]
  return [...refusals, layTable(counts), ...waiting].join('\n')
}
