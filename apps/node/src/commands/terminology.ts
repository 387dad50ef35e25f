/** `meridian terminology`: imports code systems into a home, and asks them; works beside a running node, which sees the import at once. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { explain } from '@meridian/gateway'
import {
  type ImportReport,
  importRelease,
  isProblem,
  openDiskStore,
  openTerminology,
  type Problem,
  type ReleaseHead,
  readCsvConcepts,
  readFhirCodeSystem,
  suggestCodes,
  type Terminology,
} from '@meridian/standards/terminology'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { createProgress } from '../command-line/progress.ts'
import { layTable } from '../command-line/table.ts'
import { homeAt, makeFolders } from '../home/home.ts'
import { option } from './ask.ts'
import { readNamed } from './read-file.ts'

const today = () => new Date().toISOString().slice(0, 10)

export const terminology: Command = {
  name: 'terminology',
  usage:
    'list | search SYSTEM TEXT | lookup SYSTEM CODE | suggest SYSTEM TEXT | import FILE --format csv|fhir …',
  summary: {
    zh: '查询与导入编码体系：检索、查代码、由文字建议代码、导入 CSV 或 FHIR CodeSystem',
    en: 'ask and import code systems: search, look up, suggest codes for a text, import CSV or a FHIR CodeSystem',
  },
  options: [
    { name: 'format', value: 'F', text: { zh: 'csv 或 fhir', en: 'csv or fhir' } },
    { name: 'system', value: 'URI', text: { zh: 'csv：编码体系', en: 'csv: the code system' } },
    { name: 'release', value: 'V', text: { zh: 'csv：版本', en: 'csv: its version' } },
    { name: 'from', value: 'DAY', text: { zh: 'csv：生效日期', en: 'csv: the day it is in force from' } },
    { name: 'licence', value: 'TEXT', text: { zh: 'csv：许可', en: 'csv: its licence' } },
    {
      name: 'code',
      value: 'COLUMN',
      text: { zh: '代码列（默认 code）', en: 'column of the code (default code)' },
    },
    {
      name: 'name',
      value: 'COLUMN',
      text: { zh: '名称列（默认 name）', en: 'column of the name (default name)' },
    },
    { name: 'english', value: 'COLUMN', text: { zh: '英文名称列', en: 'column of the English name' } },
    { name: 'parent', value: 'COLUMN', text: { zh: '上级代码列', en: 'column of the parent code' } },
    {
      name: 'synonyms',
      value: 'COLUMN',
      text: { zh: '同义词列（以 | 分隔）', en: 'column of synonyms, | between them' },
    },
    { name: 'properties', value: 'A,B', text: { zh: '作为属性的列', en: 'columns kept as properties' } },
    { name: 'date', value: 'DAY', text: { zh: '按哪一天回答', en: 'the day to answer for' } },
  ],
  async run(invocation): Promise<ExitCode> {
    const [verb, ...words] = invocation.words
    const home = homeAt(invocation.home)
    makeFolders(home)
    const disk = openDiskStore(home.terminology)
    try {
      if (verb === 'import') return await importFile(invocation, disk, words[0])
      return answer(invocation, openTerminology({ disk, today }), verb, words)
    } finally {
      await disk.close()
    }
  },
}

function answer(
  invocation: Invocation,
  asked: Terminology,
  verb: string | undefined,
  [system, text]: readonly string[],
): ExitCode {
  const date = option(invocation, 'date')
  if (verb === 'list') {
    const rows = asked.systems()
    return say(invocation, rows, () =>
      layTable(
        rows.map((r) => [r.system, r.version, String(r.concepts), r.origin, `${r.titles.zh} ${r.titles.en}`]),
      ),
    )
  }
  if (system === undefined || text === undefined) throw howTo()
  if (verb === 'lookup') {
    const found = asked.lookup(system, text, { date })
    return say(invocation, found, ({ concept, release, parents }) =>
      [
        `${concept.code}  ${concept.display}  ${(concept.designations ?? []).map((one) => one.value).join(' · ')}`,
        ...(concept.properties ?? []).map((one) => `  ${one.code} = ${one.value}`),
        ...parents.map((one) => `  ↑ ${one.code} ${one.display}`),
        `  ${release.system}|${release.version}`,
      ].join('\n'),
    )
  }
  if (verb === 'search') {
    const found = asked.search(system, { text }, { date })
    return say(invocation, found, ({ hits, total }) =>
      [...hits.slice(0, 20).map(({ concept }) => `${concept.code}  ${concept.display}`), `${total}`].join(
        '\n',
      ),
    )
  }
  if (verb !== 'suggest') throw howTo()
  return say(invocation, suggestCodes(asked, { system, text }, { date }), (all) =>
    layTable(all.map((one) => [one.code, one.display, String(one.confidence), one.basis])),
  )
}

function say<T extends object>(
  invocation: Invocation,
  value: T | Problem,
  show: (value: T) => string,
): ExitCode {
  if (isProblem(value)) {
    const { message, hint } = explain(`terminology.${value.problem}`)
    if (invocation.json) invocation.out(JSON.stringify({ refused: { code: value.problem, ...message } }))
    invocation.log(`${message.en} ${hint.en}\n${message.zh}${hint.zh}`)
    return 1
  }
  invocation.out(invocation.json ? JSON.stringify(value) : show(value as T))
  return 0
}

async function importFile(
  invocation: Invocation,
  disk: ReturnType<typeof openDiskStore>,
  file: string | undefined,
): Promise<ExitCode> {
  const format = option(invocation, 'format')
  if (file === undefined || (format !== 'csv' && format !== 'fhir')) throw howTo()
  const { head, rows, total } = format === 'csv' ? csvImport(invocation, file) : fhirImport(file)
  const label = { zh: '导入', en: 'importing' }
  const progress = createProgress(label, process.stderr, () => performance.now())
  const report = await importRelease(disk, head, rows, {
    now: new Date().toISOString(),
    onRows: (read) => progress.at(Math.min(read, total), total),
  })
  progress.end()
  return say(invocation, { system: head.system, version: head.version, ...report }, () =>
    shownReport(head, report),
  )
}

function shownReport({ system, version }: ReleaseHead, { concepts, badRows, bad }: ImportReport): string {
  const lines = bad
    .slice(0, 20)
    .map(({ line, hint }) => `  ${line === 0 ? '' : `${line}: `}${hint.zh} ${hint.en}`)
  return [`${system}|${version}: ${concepts} 个概念 concepts, ${badRows} 行有问题 bad rows`, ...lines].join(
    '\n',
  )
}

function csvImport(invocation: Invocation, file: string) {
  const [system, version] = [option(invocation, 'system'), option(invocation, 'release')]
  if (system === undefined || version === undefined) throw howTo()
  const [from, english] = [option(invocation, 'from'), option(invocation, 'english')]
  const [parent, synonyms] = [option(invocation, 'parent'), option(invocation, 'synonyms')]
  const head: ReleaseHead = {
    system,
    version,
    titles: { zh: system, en: system },
    language: 'zh-CN',
    licence: option(invocation, 'licence') ?? '',
    ...(from === undefined ? {} : { from }),
  }
  const columns = {
    code: option(invocation, 'code') ?? 'code',
    display: option(invocation, 'name') ?? 'name',
    properties: option(invocation, 'properties')?.split(',') ?? [],
    ...(english === undefined ? {} : { english }),
    ...(parent === undefined ? {} : { parent }),
    ...(synonyms === undefined ? {} : { synonyms }),
  }
  const delimiter = firstLine(file).includes('\t') ? '\t' : ','
  // A row of such tables is about 60 bytes: enough for a bar.
  return {
    head,
    rows: readCsvConcepts(file, columns, { delimiter }),
    total: Math.ceil(statSync(file).size / 60),
  }
}

function fhirImport(file: string) {
  const read = readFhirCodeSystem(jsonOf(file))
  if (read === undefined)
    throw new UsageError({
      zh: `${file} 不是带 url 的 CodeSystem。`,
      en: `${file} is no CodeSystem with a url.`,
    })
  return { ...read, total: read.rows.length }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(readNamed(file)))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new UsageError({ zh: `${file} 不是 JSON。`, en: `${file} is not JSON.` })
  }
}

/** The head of a file. `@throws` UsageError when there is no such file. */
function firstLine(file: string): string {
  const head = Buffer.alloc(4096)
  try {
    const fd = openSync(file, 'r')
    const length = readSync(fd, head)
    closeSync(fd)
    return head.toString('utf8', 0, length).split('\n')[0] ?? ''
  } catch {
    throw new UsageError({ zh: `无法读取 ${file}。`, en: `${file} cannot be read.` })
  }
}

function howTo(): UsageError {
  return new UsageError({
    zh: '用法：meridian terminology list | search|lookup|suggest 体系 文字 | import 文件 --format csv --system URI --release 版本（或 --format fhir）。',
    en: 'Use: meridian terminology list | search|lookup|suggest SYSTEM TEXT | import FILE --format csv --system URI --release V (or --format fhir).',
  })
}
