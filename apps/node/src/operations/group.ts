/** `group`: groups an episode by the tables of a grouper that this node holds; imports another city's tables. */
import { toHex } from '@meridian/protocol'
import {
  areFindings,
  type Episode,
  episodeOfFhir,
  type GrouperTables,
  groupEpisode,
  readConceptMap,
  readEpisode,
  readGrouper,
  type SideBySide,
  translate,
  whatWouldChange,
} from '@meridian/standards'
import type { Node } from '../wiring/node.ts'
import { episodeRecords } from './episode-records.ts'
import { groupRefused } from './group-refused.ts'
import { importGrouper } from './import-grouper.ts'
import type { Json, Operation } from './operation.ts'

/** One of `episode`, `records` (plain FHIR of one encounter) and `encounter` (an id of ours) says what is grouped. */
export interface GroupArgs {
  readonly action: 'group' | 'list' | 'import'
  readonly tables?: string
  readonly year?: string
  readonly episode?: unknown
  readonly records?: readonly unknown[]
  readonly encounter?: string
  /** Of an import: the folder with the published files, and the id of the package. */
  readonly folder?: string
  readonly id?: string
}

/** `{tables, episode, grouping…, alternatives, codes}`; `{items}` of a list; counts and bad lines of an import. */
export const group: Operation<GroupArgs, Json> = {
  name: 'group',
  async run(node, args) {
    if (args.action === 'list') return { items: groupers(node) }
    if (args.action === 'import') return importGrouper(node, args)
    const { id, version, tables } = tablesOf(node, args.tables)
    const { episode, codes } = await episodeOf(node, tables, args)
    if (args.year !== undefined && !tables.years.has(args.year))
      throw groupRefused('group-year', `没有 ${args.year} 年的权重`, `there are no weights of ${args.year}`)
    if (episode === undefined)
      return { tables: { id, version }, codes, warnings: [noDiagnosis], steps: [], alternatives: [] }
    const grouping = groupEpisode(tables, episode, args.year)
    const names = Object.fromEntries(
      [...episode.diagnoses, ...episode.procedures].map((code) => [code, tables.codes.get(code)?.name ?? '']),
    )
    return {
      tables: { id, version },
      ...grouping,
      alternatives: whatWouldChange(tables, episode, grouping),
      codes,
      names,
    }
  },
}

const noDiagnosis = {
  code: 'no-main-diagnosis',
  subject: '',
  text: { zh: '没有可用的主要诊断编码', en: 'There is no code of a main diagnosis' },
}

function groupers(node: Node): Json[] {
  return node.artefacts
    .list()
    .filter(({ manifest }) => manifest.kind === 'grouper')
    .map(({ manifest: { id, version, titles }, files, isShipped }) => {
      const years = [...files.keys()].flatMap((name) => /^weights-(\d{4})/.exec(name)?.[1] ?? []).sort()
      return { id, version, titles, isShipped, years }
    })
}

interface OpenTables {
  readonly id: string
  readonly version: string
  readonly tables: GrouperTables
}

// Tables are large and never change under their hash: each is read once.
const opened = new Map<string, GrouperTables>()

/** The tables of this id, or the newest imported ones, or those that ship. */
function tablesOf(node: Node, id: string | undefined): OpenTables {
  const held = node.artefacts.list().filter(({ manifest }) => manifest.kind === 'grouper')
  const found =
    id === undefined
      ? (held.findLast(({ isShipped }) => !isShipped) ?? held.at(-1))
      : held.findLast(({ manifest }) => manifest.id === id)
  if (found === undefined)
    throw groupRefused('group-tables-unknown', '没有这个分组器', 'there is no such grouper')
  const key = toHex(found.hash)
  const read = opened.get(key) ?? readGrouper(found.files)
  if (areFindings(read))
    throw groupRefused('group-tables-wrong', '分组表无法读取', 'the tables cannot be read')
  const tables = read as GrouperTables
  opened.set(key, tables)
  return { id: found.manifest.id, version: found.manifest.version, tables }
}

async function episodeOf(
  node: Node,
  tables: GrouperTables,
  { episode, records, encounter }: GroupArgs,
): Promise<{ readonly episode?: Episode; readonly codes: readonly SideBySide[] }> {
  if (episode !== undefined) {
    const read = readEpisode(episode)
    if (read === undefined)
      throw groupRefused(
        'group-episode',
        '病例格式不对：至少一个诊断编码',
        'that is no episode: it has one diagnosis at least',
      )
    return { episode: read, codes: typedCodes(tables, read) }
  }
  const found = records ?? (encounter === undefined ? [] : await episodeRecords(node, encounter))
  if (found.length === 0)
    throw groupRefused('group-encounter-unknown', '没有这次就诊', 'there is no such encounter')
  return episodeOfFhir(tables, found, insuranceMap(node))
}

function typedCodes({ codes }: GrouperTables, { diagnoses, procedures }: Episode): SideBySide[] {
  const side = (insurance: string, role: SideBySide['role']): SideBySide => ({
    role,
    insurance,
    by: 'record',
    adrgs: codes.get(insurance)?.adrgs ?? [],
  })
  return [
    ...diagnoses.map((code, at) => side(code, at === 0 ? 'main' : 'other')),
    ...procedures.map((code) => side(code, 'procedure')),
  ]
}

/** The clinical edition's code in the insurance edition, by the newest map that this node holds. */
function insuranceMap(node: Node): (code: string) => string | undefined {
  const held = node.artefacts.find('meridian.concept-map.icd10-clinical-to-insurance')
  const map = held === undefined ? [] : readConceptMap(held.files)
  return (code) => ('rows' in map ? translate(map, code).targets[0]?.code : undefined)
}
