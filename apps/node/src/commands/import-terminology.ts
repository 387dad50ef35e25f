/** `meridian terminology import`: SNOMED CT (RF2), LOINC, FHIR CodeSystem, ValueSet and Bundle, and CSV with named columns. */
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import {
  type BadRow,
  type DiskStore,
  findRf2Files,
  type ImportPart,
  type ImportReport,
  ImportStopped,
  importTogether,
  loincHead,
  readCsvConcepts,
  readFhirTerminology,
  readImportJson,
  readLoinc,
  readRf2,
  rf2Head,
  type ValueSet,
} from '@meridian/standards/terminology'
import { type ExitCode, type Invocation, UsageError } from '../command-line/command.ts'
import { createProgress, type Progress } from '../command-line/progress.ts'
import { option } from './ask.ts'

/** What an import brings in; `left` was left out before it began. */
interface Incoming {
  readonly releases: readonly ImportPart[]
  readonly valueSets?: readonly ValueSet[]
  readonly left?: readonly BadRow[]
  /** How many rows there may be; undefined when the reader itself tells how far it is. */
  readonly rows?: number
}

type Open = (invocation: Invocation, path: string, progress: Progress) => Incoming

const formats: Readonly<Record<string, Open>> = {
  csv: openCsv,
  fhir: openFhir,
  rf2: openRf2,
  loinc: openLoinc,
}

/** What stands in the usage. */
export const importFormats = Object.keys(formats).join('|')

/** Imports the file or folder. Exit code 1 when nothing came of it. @throws UsageError for calls and files that cannot be read. */
export async function importTerminology(
  invocation: Invocation,
  disk: DiskStore,
  path: string | undefined,
): Promise<ExitCode> {
  const format = option(invocation, 'format') ?? ''
  const open = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (path === undefined || open === undefined) throw howToImport()
  const progress = createProgress({ zh: '导入', en: 'importing' }, process.stderr, () => performance.now())
  try {
    const incoming = open(invocation, path, progress)
    const { rows } = incoming
    const reports = await importTogether(disk, incoming, {
      now: new Date().toISOString(),
      onRows: (read) => rows !== undefined && progress.at(Math.min(read, rows), rows),
    })
    return say(invocation, incoming, reports)
  } catch (error) {
    if (error instanceof ImportStopped) throw new UsageError(error.text)
    throw error
  } finally {
    progress.end()
  }
}

function say(
  invocation: Invocation,
  { releases, valueSets = [], left = [] }: Incoming,
  reports: readonly ImportReport[],
): ExitCode {
  const done = releases.map(({ head }, at) => ({
    system: head.system,
    version: head.version,
    ...(reports[at] as ImportReport),
  }))
  const sets = valueSets.map(({ url, version }) => ({ url, version }))
  if (invocation.json) invocation.out(JSON.stringify({ releases: done, valueSets: sets, left }))
  else {
    const lines = [
      ...done.flatMap(({ system, version, concepts, badRows, bad }) => [
        `${system}|${version}: ${concepts} 个概念 concepts, ${badRows} 行有问题 bad rows`,
        ...shownRows(bad),
      ]),
      ...sets.map(({ url, version }) => `${url}|${version}: 值集 value set`),
      ...shownRows(left),
    ]
    invocation.out(lines.join('\n'))
  }
  return sets.length > 0 || done.some(({ concepts }) => concepts > 0) ? 0 : 1
}

const shownRows = (bad: readonly BadRow[]): string[] =>
  bad.slice(0, 20).map(({ line, hint }) => `  ${line === 0 ? '' : `${line}: `}${hint.zh} ${hint.en}`)

function openRf2(invocation: Invocation, folder: string, progress: Progress): Incoming {
  const files = findRf2Files(folder)
  const head = rf2Head(files, given(invocation, { version: 'release', licence: 'licence' }))
  const rows = readRf2(files, (bytes) => progress.at(Math.min(bytes, files.bytes), files.bytes))
  return { releases: [{ head, rows }] }
}

function openLoinc(invocation: Invocation, file: string): Incoming {
  const version = option(invocation, 'release')
  if (version === undefined) throw howToImport()
  const variant = option(invocation, 'variant')
  const rows = sizeOf(file) + (variant === undefined ? 0 : sizeOf(variant))
  const head = loincHead(version, option(invocation, 'licence'))
  // A row of LOINC is about 700 bytes: enough for a bar.
  return { releases: [{ head, rows: readLoinc(file, variant) }], rows: Math.ceil(rows / 700) }
}

function openFhir(_: Invocation, file: string): Incoming {
  const read = readFhirTerminology(readImportJson(file))
  return { ...read, rows: Math.max(1, ...read.releases.map(({ rows }) => rows.length)) }
}

function openCsv(invocation: Invocation, file: string): Incoming {
  const [system, version] = [option(invocation, 'system'), option(invocation, 'release')]
  if (system === undefined || version === undefined) throw howToImport()
  const head = {
    system,
    version,
    titles: { zh: system, en: system },
    language: 'zh-CN',
    licence: option(invocation, 'licence') ?? '',
    ...given(invocation, { from: 'from' }),
  }
  const columns = {
    code: option(invocation, 'code') ?? 'code',
    display: option(invocation, 'name') ?? 'name',
    properties: option(invocation, 'properties')?.split(',') ?? [],
    ...given(invocation, { english: 'english', parent: 'parent', synonyms: 'synonyms' }),
  }
  const delimiter = firstLine(file).includes('\t') ? '\t' : ','
  // A row of such tables is about 60 bytes: enough for a bar.
  return {
    releases: [{ head, rows: readCsvConcepts(file, columns, { delimiter }) }],
    rows: Math.ceil(sizeOf(file) / 60),
  }
}

/** The options that were given, under other names. */
function given<K extends string>(
  invocation: Invocation,
  names: Readonly<Record<K, string>>,
): { [P in K]?: string } {
  return Object.fromEntries(
    Object.entries<string>(names).flatMap(([key, name]) => {
      const value = option(invocation, name)
      return value === undefined ? [] : [[key, value] as const]
    }),
  ) as { [P in K]?: string }
}

function sizeOf(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat?.isFile() !== true) throw unreadable(file)
  return stat.size
}

/** The head of a file. @throws UsageError when there is no such file. */
function firstLine(file: string): string {
  const head = Buffer.alloc(4096)
  try {
    const fd = openSync(file, 'r')
    const length = readSync(fd, head)
    closeSync(fd)
    return head.toString('utf8', 0, length).split('\n')[0] ?? ''
  } catch {
    throw unreadable(file)
  }
}

const unreadable = (file: string) =>
  new UsageError({ zh: `无法读取 ${file}。`, en: `${file} cannot be read.` })

function howToImport(): UsageError {
  return new UsageError({
    zh: '用法：meridian terminology import 文件 --format csv --system URI --release 版本 | --format fhir | --format loinc --release 版本 [--variant 译名文件]；import 文件夹 --format rf2。',
    en: 'Use: meridian terminology import FILE --format csv --system URI --release V | --format fhir | --format loinc --release V [--variant FILE]; import FOLDER --format rf2.',
  })
}
