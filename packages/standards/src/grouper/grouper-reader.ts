/** The kind `grouper`: `grouper.json` (the head), `codes.ndjson`, and `weights-YEAR.json` for each year. Answers an episode with its group. */
import { fromUtf8 } from '@meridian/protocol'
import type { ArtefactReader } from '../artefacts/artefact-reader.ts'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { readEpisode } from './episode.ts'
import { groupEpisode } from './group-episode.ts'
import {
  type GrouperCode,
  type GrouperHead,
  type GrouperTables,
  grouperTablesOf,
  type Weights,
} from './grouper-tables.ts'

/** The file with the head. */
export const GROUPER_FILE = 'grouper.json'

/** The file with the codes, one a line. */
export const CODES_FILE = 'codes.ndjson'

/** Reads and asks groupers. */
export const grouperReader: ArtefactReader<GrouperTables> = {
  kind: 'grouper',
  read: readGrouper,
  answer(tables, input) {
    const episode = readEpisode(input)
    if (episode === undefined) return null
    const { year } = input as { year?: unknown }
    const { group, adrg, level, weight, warnings } = groupEpisode(
      tables,
      episode,
      typeof year === 'string' ? year : undefined,
    )
    return {
      adrg: adrg ?? null,
      group: group ?? null,
      level,
      weight: weight ?? null,
      warnings: warnings.map(({ code, subject }) => [code, subject]),
    }
  },
}

/** The tables in the files of a package. */
export function readGrouper(files: ReadonlyMap<string, Uint8Array>): GrouperTables | Finding[] {
  const head = parsed(textOf(files, GROUPER_FILE))
  if (!isHead(head)) return [wrong(GROUPER_FILE)]
  const codes: GrouperCode[] = []
  for (const [at, line] of (textOf(files, CODES_FILE) ?? '').split('\n').entries()) {
    if (line === '') continue
    const code = parsed(line)
    if (!isCode(code)) return [wrong(CODES_FILE, at + 1)]
    codes.push(code)
  }
  if (codes.length === 0) return [wrong(CODES_FILE)]
  const years = new Map<string, Weights>()
  for (const name of files.keys()) {
    const year = /^weights-(\d{4})\.json$/.exec(name)?.[1]
    if (year === undefined) continue
    const weights = readWeights(parsed(textOf(files, name)))
    if (weights === undefined) return [wrong(name)]
    years.set(year, weights)
  }
  return grouperTablesOf(head, codes, years)
}

/** `{rates, weights}` of plain JSON with decimal texts; undefined when it is not. */
export function readWeights(value: unknown): Weights | undefined {
  const { weights, rates = {} } = (value ?? {}) as { weights?: unknown; rates?: unknown }
  if (!areDecimals(weights) || !areDecimals(rates)) return undefined
  return { weights: new Map(Object.entries(weights)), rates }
}

function areDecimals(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((one) => typeof one === 'string' && /^\d{1,9}(\.\d{1,9})?$/.test(one))
  )
}

function isHead(value: unknown): value is GrouperHead {
  const { title, diagnosisSystem, procedureSystem, chapters, newbornBelowDays, traumas, endings } = (value ??
    {}) as Partial<GrouperHead>
  return (
    title !== undefined &&
    [diagnosisSystem, procedureSystem].every((system) => typeof system === 'string') &&
    Array.isArray(chapters) &&
    chapters.every((one) => /^[A-Z]$/.test(String(one?.letter)) && one.title?.zh !== undefined) &&
    typeof newbornBelowDays === 'number' &&
    Array.isArray(traumas) &&
    traumas.every((one) => typeof one?.prefix === 'string' && typeof one.region === 'string') &&
    [endings?.mcc, endings?.cc, endings?.none].every((list) => Array.isArray(list))
  )
}

function isCode(value: unknown): value is GrouperCode {
  const { code, kind, name, adrgs, level, exclusion } = (value ?? {}) as Partial<GrouperCode>
  return (
    typeof code === 'string' &&
    (kind === 'diagnosis' || kind === 'procedure') &&
    typeof name === 'string' &&
    Array.isArray(adrgs) &&
    adrgs.every((adrg) => typeof adrg === 'string' && /^[A-Z][A-Z][0-9A-Z]$/.test(adrg)) &&
    (level === undefined || level === 'cc' || level === 'mcc') &&
    (exclusion === undefined || typeof exclusion === 'string')
  )
}

function textOf(files: ReadonlyMap<string, Uint8Array>, name: string): string | undefined {
  const bytes = files.get(name)
  return bytes === undefined ? undefined : fromUtf8(bytes)
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

function wrong(file: string, line?: number): Finding {
  const place = line === undefined ? file : `${file}#${line}`
  const form = { zh: '应为分组器的头部、编码行或权重', en: 'the head, a code or the weights of a grouper' }
  return findingOf('artefact.content', place, { element: file, form })
}
