/** `meridian terminology`: imports code systems into a home, and asks them; works beside a running node, which sees the import at once. */
import { explain } from '@meridian/gateway'
import {
  isProblem,
  openDiskStore,
  openTerminology,
  type Problem,
  suggestCodes,
  type Terminology,
} from '@meridian/standards/terminology'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { homeAt, makeFolders } from '../home/home.ts'
import { option } from './ask.ts'
import { importFormats, importTerminology } from './import-terminology.ts'
import { reviewTerms } from './review-terms.ts'

const today = () => new Date().toISOString().slice(0, 10)

export const terminology: Command = {
  name: 'terminology',
  usage: `list | search SYSTEM TEXT | lookup SYSTEM CODE | suggest SYSTEM TEXT | import FILE|FOLDER --format ${importFormats} … | review list|scan|confirm|reject`,
  summary: {
    zh: '查询与导入编码体系：检索、查代码、由文字建议代码、导入 CSV、FHIR、SNOMED CT、LOINC',
    en: 'ask and import code systems: search, look up, suggest codes for a text, import CSV, FHIR, SNOMED CT, LOINC',
  },
  options: [
    { name: 'format', value: 'F', text: { zh: 'csv、fhir、rf2 或 loinc', en: 'csv, fhir, rf2 or loinc' } },
    { name: 'system', value: 'URI', text: { zh: 'csv：编码体系', en: 'csv: the code system' } },
    {
      name: 'release',
      value: 'V',
      text: { zh: 'csv、loinc、rf2：版本', en: 'csv, loinc, rf2: its version' },
    },
    {
      name: 'variant',
      value: 'FILE',
      text: { zh: 'loinc：中文译名文件', en: 'loinc: the Chinese linguistic variant' },
    },
    { name: 'from', value: 'DAY', text: { zh: 'csv：生效日期', en: 'csv: the day it is in force from' } },
    { name: 'licence', value: 'TEXT', text: { zh: '许可', en: 'its licence' } },
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
    { name: 'source', value: 'NAME', text: { zh: 'review scan：来源', en: 'review scan: the source' } },
    {
      name: 'state',
      value: 'STATE',
      text: {
        zh: 'review list：suggested、confirmed 或 rejected',
        en: 'review list: suggested, confirmed or rejected',
      },
    },
    {
      name: 'cursor',
      value: 'C',
      text: {
        zh: 'review list：从上一页给出的标记继续',
        en: 'review list: go on from the mark of the last page',
      },
    },
    { name: 'date', value: 'DAY', text: { zh: '按哪一天回答', en: 'the day to answer for' } },
  ],
  async run(invocation): Promise<ExitCode> {
    const [verb, ...words] = invocation.words
    const home = homeAt(invocation.home)
    makeFolders(home)
    const disk = openDiskStore(home.terminology)
    try {
      if (verb === 'import') return await importTerminology(invocation, disk, words[0])
      if (verb === 'review') {
        const refuse = (problem: Problem) => say(invocation, problem, () => '')
        return await reviewTerms(invocation, openTerminology({ disk, today }), words, refuse)
      }
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

function howTo(): UsageError {
  return new UsageError({
    zh: '用法：meridian terminology list | search|lookup|suggest 体系 文字 | import 文件或文件夹 --format csv|fhir|rf2|loinc。',
    en: 'Use: meridian terminology list | search|lookup|suggest SYSTEM TEXT | import FILE|FOLDER --format csv|fhir|rf2|loinc.',
  })
}
