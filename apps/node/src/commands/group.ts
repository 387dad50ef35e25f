/** `meridian group`: the payment group of an episode, step by step, and what would change it; imports the tables of a grouper. */

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Alternative, Grouping, SideBySide } from '@meridian/standards'
import {
  type Bilingual,
  type Command,
  type ExitCode,
  type Invocation,
  UsageError,
} from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import type { GroupArgs } from '../operations/group.ts'
import { ask, option } from './ask.ts'
import { readNamedText } from './read-file.ts'

export const group: Command = {
  name: 'group',
  usage: '[FILE | ENCOUNTER-ID | list | import DIR --id ID] [--tables ID] [--year YYYY]',
  summary: {
    zh: '按疾病诊断相关分组（CHS-DRG 等）给病例分组，逐步解释；导入分组表',
    en: 'group an episode for payment, explained step by step; import the tables of a grouper',
  },
  options: [
    { name: 'tables', value: 'ID', text: { zh: '用哪个分组器', en: 'which grouper' } },
    { name: 'year', value: 'YYYY', text: { zh: '哪一年的权重', en: 'weights of which year' } },
    { name: 'id', value: 'ID', text: { zh: '导入后的编号', en: 'id of the imported package' } },
    {
      name: 'version',
      value: 'V',
      text: { zh: '导入后的版本（默认 1.0.0）', en: 'version of the imported package (1.0.0)' },
    },
  ],
  async run(invocation): Promise<ExitCode> {
    const [first, folder] = invocation.words
    if (first === undefined || first === 'list')
      return ask(invocation, 'group', { action: 'list' }, showGroupers)
    if (first === 'import') return importTables(invocation, folder)
    const args: GroupArgs = {
      action: 'group',
      ...episodeNamed(first),
      ...named(invocation, 'tables'),
      ...named(invocation, 'year'),
    }
    return ask(invocation, 'group', args, show, {
      exitCode: ({ group }: Answer) => (group === undefined ? 1 : 0),
    })
  },
}

function named(invocation: Invocation, name: string): object {
  const value = option(invocation, name)
  return value === undefined ? {} : { [name]: value }
}

function importTables(invocation: Invocation, folder: string | undefined): Promise<ExitCode> {
  const id = option(invocation, 'id')
  if (folder === undefined || id === undefined)
    throw new UsageError({ zh: '还需要文件夹和 --id。', en: 'A folder and --id must be given.' })
  const args = {
    action: 'import',
    folder: resolve(folder),
    id,
    ...(option(invocation, 'release') === undefined ? {} : { version: option(invocation, 'release') }),
  }
  return ask(invocation, 'group', args, showImport, {
    exitCode: ({ badCount }: Imported) => (badCount === 0 ? 0 : 1),
  })
}

/** A file holds an episode or a Bundle with the records of one; anything else is an id in the vault. */
function episodeNamed(word: string): Partial<GroupArgs> {
  if (!existsSync(word)) return { encounter: word }
  const document = parsed(readNamedText(word)) as { resourceType?: unknown; entry?: unknown } | undefined
  if (document?.resourceType !== 'Bundle') return { episode: document ?? null }
  const entries = Array.isArray(document.entry) ? document.entry : []
  return { records: entries.map((entry: { resource?: unknown } | null) => entry?.resource) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface Answer extends Grouping {
  readonly tables: { readonly id: string; readonly version: string }
  readonly codes: readonly SideBySide[]
  readonly alternatives: readonly Alternative[]
}

const marks = { taken: '✔', passed: '·', unknown: '?' } as const

function show({ tables, group, weight, year, steps, warnings, codes, alternatives }: Answer): string {
  const head =
    group === undefined
      ? '✘ no group 不入组'
      : `✔ ${group} · weight 权重 ${weight ?? '–'} (${year ?? '–'}) · ${tables.id} ${tables.version}`
  const told = steps.map(({ outcome, text }) => `  ${marks[outcome]} ${text.en} ${text.zh}`)
  const wrong = warnings.map(({ text }) => `  ! ${text.en} ${text.zh}`)
  const rows = codes.map((one) => [
    one.role,
    one.clinical ?? '',
    one.insurance ?? '–',
    one.by,
    one.adrgs.join(' '),
  ])
  const table = layTable([['ROLE', 'CLINICAL', 'INSURANCE', 'BY', 'ADRG'], ...rows])
  const others = alternatives.map(
    (one) =>
      `  ${changes[one.change].en} ${changes[one.change].zh} ${one.code} → ${one.group ?? one.adrg ?? '–'} ${one.weight ?? ''}`,
  )
  return [
    head,
    ...told,
    ...wrong,
    table,
    ...(others.length === 0 ? [] : ['What would change it 什么会改变分组:', ...others]),
  ].join('\n')
}

const changes: Readonly<Record<Alternative['change'], Bilingual>> = {
  'other-main': { zh: '主要诊断换为', en: 'as the main diagnosis' },
  'without-diagnosis': { zh: '没有该诊断', en: 'without the diagnosis' },
  'without-procedure': { zh: '没有该手术操作', en: 'without the procedure' },
  'with-cc': { zh: '若有', en: 'with a' },
  'with-mcc': { zh: '若有', en: 'with an' },
  'with-procedure': { zh: '若有该组的手术操作', en: 'with a procedure of' },
}

interface Known {
  readonly items: readonly { id: string; version: string; titles: Bilingual; years: readonly string[] }[]
}

function showGroupers({ items }: Known): string {
  const rows = items.map(({ id, version, titles, years }) => [
    id,
    version,
    `${titles.en} ${titles.zh}`,
    years.join(' '),
  ])
  return layTable([['ID', 'VERSION', 'TITLE', 'YEARS'], ...rows])
}

interface Imported {
  readonly id: string
  readonly hash: string
  readonly codes: number
  readonly years: readonly string[]
  readonly bad: readonly { line: number; zh: string; en: string }[]
  readonly badCount: number
}

function showImport({ id, hash, codes, years, bad, badCount }: Imported): string {
  const wrong = bad.map(({ line, zh, en }) => `✘ line ${line}: ${zh} ${en}`)
  return [
    `${id}: ${codes} codes 编码, ${years.join(' ')} · ${hash}`,
    ...wrong,
    ...(badCount > bad.length ? [`… ${badCount - bad.length}`] : []),
  ].join('\n')
}
