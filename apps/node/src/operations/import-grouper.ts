/** Takes the published tables of a grouper into the node as an artefact package: `*_codes.csv` and `weights-YEAR.json` in a folder. */
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalTextOf, toHex, utf8 } from '@meridian/protocol'
import {
  CODES_FILE,
  chsDrgHead,
  codeLines,
  GROUPER_FILE,
  grouperReader,
  importCodeList,
  readGrouper,
  readWeights,
} from '@meridian/standards'
import type { Node } from '../wiring/node.ts'
import { groupRefused } from './group-refused.ts'
import type { Json } from './operation.ts'

type Files = Map<string, Uint8Array>

/** `{id, version, hash, codes, years, bad, badCount}`. A head `grouper.json` in the folder counts instead of that of CHS-DRG. */
export async function importGrouper(
  node: Node,
  {
    folder = '',
    id = '',
    version = '1.0.0',
  }: { readonly folder?: string; readonly id?: string; readonly version?: string },
): Promise<Json> {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const list = names.find((name) => name.endsWith('codes.csv'))
  if (list === undefined)
    throw groupRefused('group-import', '文件夹里没有 *codes.csv', 'the folder has no *codes.csv')
  const { codes, bad, badCount } = await importCodeList(codeLines(createReadStream(join(folder, list))))
  const own = names.includes(GROUPER_FILE) ? readFileSync(join(folder, GROUPER_FILE)) : undefined
  const files: Files = new Map([
    [GROUPER_FILE, own ?? utf8(canonicalTextOf(chsDrgHead))],
    [CODES_FILE, utf8(codes.map((code) => JSON.stringify(code)).join('\n'))],
  ])
  const years = addWeights(folder, names, files)
  addVectors(files)
  const hash = keep(node, { id, version }, files)
  return { id, version, hash, codes: codes.length, years, bad, badCount }
}

function addWeights(folder: string, names: readonly string[], files: Files): readonly string[] {
  const found = names.filter((name) => /^weights-\d{4}\.json$/.test(name)).sort()
  for (const name of found) {
    const read = readWeights(parsed(readFileSync(join(folder, name), 'utf8')))
    if (read === undefined) throw groupRefused('group-import', `${name} 不是权重表`, `${name} has no weights`)
    files.set(name, utf8(canonicalTextOf({ rates: read.rates, weights: Object.fromEntries(read.weights) })))
  }
  return found.map((name) => name.slice(8, 12))
}

/** What the tables say of some of their codes: it shows that every member has the same. */
function addVectors(files: Files): void {
  const tables = readGrouper(files)
  if (!('codes' in tables)) throw groupRefused('group-import', '没有可用的行', 'no line can be used')
  const diagnoses = [...tables.codes.values()].filter(({ kind }) => kind === 'diagnosis').slice(0, 20)
  const vectors = diagnoses.map(({ code }) => {
    const input = { diagnoses: [code] }
    return { name: code, input, expect: grouperReader.answer(tables, input) }
  })
  files.set('vectors.json', utf8(canonicalTextOf(vectors)))
}

function keep(node: Node, name: { readonly id: string; readonly version: string }, files: Files): string {
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, bytes]) => ({
      name: file,
      mediaType: file.endsWith('.ndjson') ? 'application/x-ndjson' : 'application/json',
      bytes: bytes.length,
      sha256: toHex(node.suite.sha256(bytes)),
    }))
  const manifest = {
    format: 'meridian-artefact/1',
    ...name,
    kind: 'grouper',
    layer: 'application',
    titles: { zh: `分组器 ${name.id}`, en: `Grouper ${name.id}` },
    steward: 'local',
    jurisdiction: [],
    effective: { from: node.clock.now().toISOString().slice(0, 10) },
    dependencies: [],
    licence: { name: 'as published', shared: false },
    files: listed,
  }
  const held = node.artefacts.add(new Map([...files, ['manifest.json', utf8(canonicalTextOf(manifest))]]))
  if ('hash' in held) return toHex(held.hash)
  const [first] = held
  throw groupRefused(
    'group-import',
    first?.message.zh ?? '无法保存',
    first?.message.en ?? 'it cannot be kept',
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
