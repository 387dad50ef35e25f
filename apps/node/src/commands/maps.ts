/** `meridian maps`: looks at concept maps, asks one, and makes a package of a map that was published elsewhere. No home is needed. */
import { createReadStream, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableRows } from '@meridian/gateway'
import { nodeSuite } from '@meridian/protocol/node'
import {
  type ArtefactPackage,
  areFindings,
  type ConceptMap,
  conceptMapOf,
  importMapTable,
  type MapContext,
  type MapRow,
  mapTableForms,
  packFolder,
  readFhirConceptMap,
  readPackageFolder,
  readShippedPackages,
  type Translation,
  translate,
  writeMapRow,
} from '@meridian/standards'
import {
  type Bilingual,
  type Command,
  type ExitCode,
  type Invocation,
  UsageError,
} from '../command-line/command.ts'
import { createProgress } from '../command-line/progress.ts'
import { layTable } from '../command-line/table.ts'
import { type NamedMap, readMapPackage } from '../standards/map-shelf.ts'
import { option } from './ask.ts'
import { readNamedText } from './read-file.ts'

const forms = [...mapTableForms, 'fhir']

export const maps: Command = {
  name: 'maps',
  usage:
    '[list | translate MAP CODE [--age-days N] [--sex S] [--has CODE,…] | import FILE --format F --id ID --source URI --target URI --release R -o DIR]',
  summary: {
    zh: '编码映射：列出、翻译（带年龄、性别、合并症规则）、导入为标准包',
    en: 'concept maps: list, translate with rules of age, sex and comorbidity, import as a package',
  },
  options: [
    { name: 'age-days', value: 'N', text: { zh: '年龄（天）', en: 'age in days' } },
    { name: 'sex', value: 'S', text: { zh: '性别：male 或 female', en: 'male or female' } },
    {
      name: 'has',
      value: 'CODE,…',
      text: {
        zh: '患者的其他诊断编码（源编码体系）',
        en: 'codes of the other findings, in the source system',
      },
    },
    {
      name: 'format',
      value: 'F',
      text: { zh: `文件格式：${forms.join('、')}`, en: `form of the file: ${forms.join(', ')}` },
    },
    { name: 'id', value: 'ID', text: { zh: '标准包编号', en: 'id of the package' } },
    { name: 'source', value: 'URI', text: { zh: '源编码体系', en: 'the source system' } },
    { name: 'target', value: 'URI', text: { zh: '目标编码体系', en: 'the target system' } },
    { name: 'release', value: 'R', text: { zh: '发布版本', en: 'the release, as its publisher calls it' } },
    { name: 'output', short: 'o', value: 'DIR', text: { zh: '写入的文件夹', en: 'the folder to write' } },
  ],
  async run(invocation): Promise<ExitCode> {
    const [action = 'list', first, second] = invocation.words
    if (action === 'list') return list(invocation)
    if (action === 'translate' && first !== undefined && second !== undefined)
      return ask(invocation, first, second)
    if (action === 'import' && first !== undefined) return importMap(invocation, first)
    throw new UsageError({ zh: '用法见 meridian help maps。', en: 'See meridian help maps.' })
  },
}

function shippedMaps(): readonly NamedMap[] {
  return readShippedPackages(nodeSuite).flatMap((shipped) => readMapPackage(shipped) ?? [])
}

function list({ json, out }: Invocation): ExitCode {
  const items = shippedMaps().map(({ id, version, titles, map }) => {
    const { source, target, release } = map
    return { id, version, titles, source, target, release, codes: map.rows.size }
  })
  const rows = items.map(({ id, version, source, target, codes }) => [
    id,
    version,
    source,
    target,
    String(codes),
  ])
  out(json ? JSON.stringify({ items }) : layTable([['ID', 'VERSION', 'SOURCE', 'TARGET', 'CODES'], ...rows]))
  return 0
}

/** A folder with a package, or the id of one that is shipped. */
function mapNamed(name: string): NamedMap {
  if (existsSync(name)) {
    const opened = readPackageFolder(nodeSuite, name)
    const map = areFindings(opened) ? undefined : readMapPackage(opened as ArtefactPackage)
    if (map !== undefined) return map
    throw new UsageError({
      zh: `${name} 不是编码映射的标准包。`,
      en: `${name} is no package of a concept map.`,
    })
  }
  const known = shippedMaps()
  const found = known.find(({ id }) => id === name || id.endsWith(`.${name}`))
  if (found !== undefined) return found
  const ids = known.map(({ id }) => id).join(', ')
  throw new UsageError({ zh: `没有映射 ${name}。已有：${ids}`, en: `There is no map ${name}. Known: ${ids}` })
}

function ask(invocation: Invocation, name: string, code: string): ExitCode {
  const { id, version, map } = mapNamed(name)
  const answer = translate(map, code, contextOf(invocation))
  invocation.out(
    invocation.json ? JSON.stringify({ map: { id, version }, ...answer }) : showTranslation(answer, code),
  )
  return answer.result ? 0 : 1
}

function contextOf(invocation: Invocation): MapContext {
  const [age, sex, has] = ['age-days', 'sex', 'has'].map((name) => option(invocation, name))
  if (age !== undefined && !/^\d{1,6}$/.test(age))
    throw new UsageError({ zh: '年龄应为天数。', en: 'An age is a number of days.' })
  return {
    ...(age === undefined ? {} : { ageDays: Number(age) }),
    ...(sex === undefined ? {} : { sex }),
    ...(has === undefined ? {} : { findings: has.split(',').map((each) => each.trim()) }),
  }
}

const reasons: Readonly<Record<Translation['otherwise'][number]['because'], Bilingual>> = {
  'not-met': { zh: '条件不满足', en: 'its rule is not met' },
  unknown: { zh: '条件未知', en: 'not enough is known' },
  'earlier-row': { zh: '前面的规则已满足', en: 'an earlier row counts' },
}

function showTranslation({ targets, otherwise, release }: Translation, code: string): string {
  const head = targets.length === 0 ? [`✘ ${code}: no target 没有目标编码`] : []
  const found = targets.map(
    (one) => `✔ ${one.code} ${one.display ?? ''} · ${one.equivalence} · ${one.rule}${note(one.advice)}`,
  )
  const others = otherwise.map((one) => {
    const { zh, en } = reasons[one.because]
    return `  ${one.code ?? '–'} ${one.display ?? ''} · ${one.rule} · ${zh} ${en}${note(one.advice)}`
  })
  return [...head, ...found, ...others, `release 发布版本: ${release}`].join('\n')
}

const note = (advice: string | undefined): string => (advice === undefined ? '' : `\n    ${advice}`)

async function importMap(invocation: Invocation, file: string): Promise<ExitCode> {
  const asked = askedFor(invocation)
  const read = asked.format === 'fhir' ? fromFhir(file) : await fromTable(file, asked.format)
  const source = option(invocation, 'source') ?? read.source
  const target = option(invocation, 'target') ?? read.target
  if (source === undefined || target === undefined) throw missing('--source, --target')
  if (read.rows.length === 0)
    throw new UsageError({ zh: `${file} 里没有可用的行。`, en: `${file} has no row that can be used.` })
  const map = conceptMapOf({ source, target, release: asked.release }, read.rows)
  const written = writePackage(asked, map)
  const { bad, badCount } = read
  const answer = { id: asked.id, rows: read.rows.length, codes: map.rows.size, bad, badCount, hash: written }
  invocation.out(invocation.json ? JSON.stringify(answer) : showImport(answer, asked.output))
  return badCount === 0 ? 0 : 1
}

interface Asked {
  readonly format: string
  readonly id: string
  readonly release: string
  readonly output: string
}

function askedFor(invocation: Invocation): Asked {
  const [format, id, release, output] = ['format', 'id', 'release', 'output'].map((name) =>
    option(invocation, name),
  )
  if (format === undefined || !forms.includes(format)) throw missing(`--format ${forms.join('|')}`)
  if (id === undefined || release === undefined || output === undefined) throw missing('--id, --release, -o')
  if (existsSync(output))
    throw new UsageError({
      zh: `${output} 已存在，不会覆盖。`,
      en: `${output} exists and is not written over.`,
    })
  return { format, id, release, output }
}

function missing(what: string): UsageError {
  return new UsageError({ zh: `还需要 ${what}。`, en: `${what} must be given.` })
}

interface ReadMap {
  readonly rows: readonly MapRow[]
  readonly bad: readonly { readonly line: number; readonly zh: string; readonly en: string }[]
  readonly badCount: number
  readonly source?: string
  readonly target?: string
}

function fromFhir(file: string): ReadMap {
  const found = readFhirConceptMap(parsed(readNamedText(file)))
  if (found === undefined)
    throw new UsageError({ zh: `${file} 不是 FHIR ConceptMap。`, en: `${file} is no FHIR ConceptMap.` })
  return { ...found, bad: [], badCount: 0 }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function fromTable(file: string, format: string): Promise<ReadMap> {
  const progress = createProgress({ zh: '导入', en: 'importing' }, process.stderr, () => performance.now())
  const lines = tableRows(createReadStream(file), format === 'rf2' ? '\t' : ',')
  const read = await importMapTable(format, lines, (count) => progress.at(count, count))
  progress.end()
  return read
}

/** The vectors of an imported map are what it says of its first codes: they show that every member has the same. */
function writePackage({ id, output }: Asked, map: ConceptMap): string {
  mkdirSync(output, { recursive: true })
  const { source, target, release } = map
  const write = (name: string, value: string): void => writeFileSync(join(output, name), value)
  const rows = [...map.rows.values()].flat().map(writeMapRow)
  write('map.json', JSON.stringify({ source, target, release }, undefined, 2))
  write('rows.ndjson', `${rows.join('\n')}\n`)
  const vectors = [...map.rows.keys()].slice(0, 20).map((code) => {
    const { result, targets, otherwise } = translate(map, code)
    const others = otherwise.map((one) => [one.code, one.because])
    const expect = { result, targets: targets.map((one) => one.code), otherwise: others }
    return { name: code, input: { code }, expect }
  })
  write('vectors.json', JSON.stringify(vectors, undefined, 2))
  write('manifest.json', JSON.stringify(manifestOf(id, map)))
  const packed = packFolder(nodeSuite, output)
  if (areFindings(packed)) throw new Error(`the package that was written is none: ${JSON.stringify(packed)}`)
  return Buffer.from((packed as ArtefactPackage).hash).toString('hex')
}

/** Whoever imports a release decides later, in the manifest, whether members may share it: until then they do not. */
function manifestOf(id: string, { source, target, release }: ConceptMap): object {
  const name = `${source} → ${target} (${release})`
  return {
    format: 'meridian-artefact/1',
    id,
    version: '1.0.0',
    kind: 'concept-map',
    layer: 'technical',
    titles: { zh: name, en: name },
    steward: 'local',
    jurisdiction: [],
    effective: { from: new Date().toISOString().slice(0, 10) },
    dependencies: [],
    licence: { name: 'as published', shared: false },
    files: [],
  }
}

interface Imported {
  readonly id: string
  readonly rows: number
  readonly codes: number
  readonly bad: ReadMap['bad']
  readonly badCount: number
}

function showImport({ id, rows, codes, bad, badCount }: Imported, output: string): string {
  const wrong = bad.map(({ line, zh, en }) => `✘ line ${line}: ${zh} ${en}`)
  const more = badCount > bad.length ? [`  … ${badCount - bad.length}`] : []
  return [`${id}: ${rows} rows 行, ${codes} codes 编码 → ${output}`, ...wrong, ...more].join('\n')
}
