/** `meridian elements`: data elements listed, read out of FHIR, written into FHIR, imported; a template filled in. No node is needed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRefusal, plainCopy, readCanonicalText } from '@meridian/protocol'
import {
  importElements,
  instantiate,
  shippedDataSet,
  shippedElements,
  shippedTemplate,
  viewElements,
  writeElements,
} from '@meridian/standards'
import { type Command, type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { layTable } from '../command-line/table.ts'
import { option } from './ask.ts'
import { readNamed } from './read-file.ts'

/** What each word does; the answer is printed, and what was refused makes exit code 1. */
type Act = (
  invocation: Invocation,
  words: readonly string[],
) => { answer: object; show: string; refused?: boolean }

export const elements: Command = {
  name: 'elements',
  usage: 'list | view FILE… | write FILE | import FILE -o FOLDER | template NAME [--set A=B,…] [-o FILE]',
  summary: {
    zh: '数据元：查看目录，从 FHIR 读出、写回 FHIR，导入授权的官方表，填写采集模板',
    en: 'data elements: list them, read them out of FHIR and back, import licensed tables, fill in a template',
  },
  options: [
    { name: 'data-set', value: 'NAME', text: { zh: '只看某个数据集', en: 'only those of a data set' } },
    { name: 'set', value: 'A=B,…', text: { zh: '模板参数', en: 'parameters of the template' } },
    { name: 'id', value: 'ID', text: { zh: '导入包的编号', en: 'id of the imported package' } },
    {
      name: 'steward',
      value: 'ORG',
      text: { zh: '负责的机构编号', en: 'id of the organisation that answers for it' },
    },
    { name: 'standard', value: 'NAME', text: { zh: '所依据的标准', en: 'the standard it implements' } },
    { name: 'output', short: 'o', value: 'PATH', text: { zh: '写到哪里', en: 'where to write' } },
  ],
  async run(invocation) {
    const [word = 'list', ...words] = invocation.words
    const act = Object.hasOwn(acts, word) ? acts[word] : undefined
    if (act === undefined) throw new UsageError({ zh: `不认识 ${word}。`, en: `There is no "${word}" here.` })
    const { answer, show, refused = false } = act(invocation, words)
    invocation.out(invocation.json ? JSON.stringify(answer) : show)
    return (refused ? 1 : 0) as ExitCode
  },
}

const acts: Readonly<Record<string, Act>> = { list, view, write, import: importTable, template: fillTemplate }

function chosen(invocation: Invocation) {
  const all = shippedElements()
  const name = option(invocation, 'data-set')
  if (name === undefined) return [...all.values()]
  const set = shippedDataSet(name)
  if (set === undefined)
    throw new UsageError({ zh: `没有数据集 ${name}。`, en: `There is no data set ${name}.` })
  return set.elements.flatMap(({ id }) => all.get(id) ?? [])
}

function list(invocation: Invocation) {
  const items = chosen(invocation).map(({ element }) => element)
  const rows = items.map(({ id, names, type, format, fhirPath }) => [
    id,
    names.zh,
    names.en,
    type,
    format,
    fhirPath ?? '–',
  ])
  return { answer: { items }, show: layTable(rows) }
}

/** The resources of a file: one, or the entries of a Bundle. */
function resourcesIn(file: string): unknown[] {
  const json = jsonIn(file) as { resourceType?: unknown; entry?: unknown }
  if (json?.resourceType !== 'Bundle' || !Array.isArray(json.entry)) return [json]
  return json.entry.map((entry: { resource?: unknown }) => entry?.resource)
}

function jsonIn(file: string): unknown {
  const text = readCanonicalText(readNamed(file))
  if (isRefusal(text))
    throw new UsageError({ zh: `${file} 不是正确的 JSON。`, en: `${file} is no well-formed JSON.` })
  return plainCopy(text)
}

function view(invocation: Invocation, words: readonly string[]) {
  const items = words.flatMap((file) => viewElements(resourcesIn(file), chosen(invocation)))
  const all = shippedElements()
  const rows = items.map(({ id, value, at }) => [id, all.get(id)?.element.names.zh ?? '', value, at ?? ''])
  return { answer: { items }, show: layTable(rows) }
}

function write(_: Invocation, [file = '']: readonly string[]) {
  const json = jsonIn(file) as { items?: unknown }
  const values = Array.isArray(json) ? json : json?.items
  const isValue = (v: { id?: unknown; value?: unknown } | null) =>
    typeof v?.id === 'string' && typeof v.value === 'string'
  if (!Array.isArray(values) || !values.every(isValue))
    throw new UsageError({ zh: '文件应为 [{id, value}…]。', en: 'The file holds [{id, value}…].' })
  const records = writeElements(values, shippedElements())
  return { answer: { items: records }, show: JSON.stringify(records, null, 2) }
}

function importTable(invocation: Invocation, [file = '']: readonly string[]) {
  const folder = option(invocation, 'output')
  if (folder === undefined) throw new UsageError({ zh: '请用 -o 给出文件夹。', en: 'Name a folder with -o.' })
  const standard = option(invocation, 'standard') ?? 'WS/T 363-2023'
  const {
    files,
    elements: count,
    findings,
  } = importElements(readNamed(file), {
    id: option(invocation, 'id') ?? 'licensed.elements',
    steward: option(invocation, 'steward') ?? 'own-organisation',
    standard,
    titles: { zh: `${standard} 授权副本`, en: `${standard}, licensed copy` },
    from: new Date().toISOString().slice(0, 10),
  })
  if (count > 0) mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`)
  const lines = findings.map(
    ({ path, message, hint }) => `✘ ${path}  ${message.zh} ${hint.zh}\n    ${message.en} ${hint.en}`,
  )
  const done = `${count} imported 已导入 · ${findings.length} problems 问题`
  return {
    answer: { imported: count, folder, findings },
    show: [...lines, done].join('\n'),
    refused: findings.length > 0,
  }
}

function fillTemplate(invocation: Invocation, [name = 'collection']: readonly string[]) {
  const template = shippedTemplate(name)
  if (template === undefined)
    throw new UsageError({ zh: `没有模板 ${name}。`, en: `There is no template ${name}.` })
  const pairs = (option(invocation, 'set') ?? '').split(',').filter((pair) => pair !== '')
  const made = instantiate(
    template,
    Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string])),
  )
  if (Array.isArray(made)) {
    const show = made.map(
      ({ path, message, hint }) => `✘ ${path} ${message.zh} ${hint.zh}\n    ${message.en} ${hint.en}`,
    )
    return { answer: { findings: made }, show: show.join('\n'), refused: true }
  }
  const text = JSON.stringify(made, null, 2)
  const file = option(invocation, 'output')
  if (file !== undefined) writeFileSync(file, `${text}\n`)
  return { answer: made, show: file ?? text }
}
