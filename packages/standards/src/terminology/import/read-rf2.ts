/** Reads SNOMED CT from the snapshot of an RF2 release: concepts, names in their languages, the relationship "is a". */
import { basename } from 'node:path'
import type { Bilingual } from '../../finding.ts'
import type { Concept, ReleaseHead } from '../concept.ts'
import type { Rf2Files } from './find-rf2-files.ts'
import type { BadRow, ReadRow } from './import-release.ts'
import { ImportStopped } from './import-stopped.ts'
import { preferredIn, type Rf2Description, rf2Names } from './rf2-names.ts'
import { inFile, type Rf2Reading, rf2Rows } from './rf2-rows.ts'

/** Identifiers of the model component of SNOMED CT that the importer itself must know. */
const sct = {
  isA: '116680003',
  fullySpecified: '900000000000003001',
  synonym: '900000000000013009',
  preferred: '900000000000548007',
  us: '900000000000509007',
  gb: '900000000000508004',
  defined: '900000000000073002',
  international: '900000000000207008',
}

const mostBadRows = 10_000
const longestTerm = 4096

/** The head. The version is FHIR's URI for the international edition, else the day of the files, unless `version` is given. */
export function rf2Head(
  files: Rf2Files,
  { version, licence }: { version?: string; licence?: string },
): ReleaseHead {
  const ownVersion = files.international
    ? `http://snomed.info/sct/${sct.international}/version/${files.day}`
    : files.day
  return {
    system: 'http://snomed.info/sct',
    version: version ?? ownVersion,
    titles: { zh: 'SNOMED CT', en: 'SNOMED CT' },
    language: 'en',
    licence: licence ?? 'SNOMED International',
  }
}

/**
 * Rows of the release: first what was left out of the other files, then concept after concept. Names and parents are held in memory.
 * @throws ImportStopped for a file that is not RF2.
 */
export async function* readRf2(
  files: Rf2Files,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<ReadRow> {
  const bad: BadRow[] = []
  const reading = readingOf(bad, onBytes)
  const parents = await readParents(files.relationships, reading)
  const preferred = await readPreferred(files.languages, reading)
  const descriptions = await readDescriptions(files.descriptions, preferred, reading)
  preferred.clear()
  for (const path of files.concepts) {
    const columns = ['id', 'active', 'moduleId', 'definitionStatusId']
    for await (const rows of rf2Rows(path, columns, reading(path))) {
      yield* bad.splice(0)
      for (const { line, cells } of rows) {
        const [id = '', active, moduleId = '', status] = cells
        const names = rf2Names(descriptions.get(id) ?? [])
        descriptions.delete(id)
        const problem = !isId(id) ? hints.id : names === undefined ? hints.name : undefined
        if (problem !== undefined || names === undefined)
          yield { line, hint: inFile(basename(path), problem ?? hints.name) }
        else yield { line, concept: conceptOf({ id, active, moduleId, status }, names, parents.get(id)) }
      }
    }
  }
  yield* bad
}

const isId = (text: string): boolean => /^[1-9]\d{5,17}$/.test(text)

function conceptOf(
  row: { id: string; active: string | undefined; moduleId: string; status: string | undefined },
  names: Pick<Concept, 'display' | 'designations'>,
  parents: readonly string[] | undefined,
): Concept {
  return {
    code: row.id,
    ...names,
    properties: [
      { code: 'moduleId', value: row.moduleId },
      { code: 'sufficientlyDefined', value: row.status === sct.defined },
    ],
    ...(parents === undefined ? {} : { parents }),
    ...(row.active === '1' ? {} : { inactive: true }),
  }
}

const hints = {
  id: {
    zh: 'id 不是 SNOMED CT 标识符（6 至 18 位数字），已略过。',
    en: 'The id is no SNOMED CT identifier (6 to 18 digits); left out.',
  },
  name: { zh: '该概念没有有效的描述，已略过。', en: 'The concept has no active description; left out.' },
  term: { zh: '术语为空或过长，已略过。', en: 'The term is empty or too long; left out.' },
} satisfies Record<string, Bilingual>

type ReadingOf = (path: string) => Rf2Reading

function readingOf(bad: BadRow[], onBytes: (bytes: number) => void): ReadingOf {
  let before = 0
  let current = 0
  let told = 0
  return () => {
    before += current
    current = 0
    return {
      bad(row) {
        told += 1
        if (told > mostBadRows)
          throw new ImportStopped({
            zh: `超过 ${mostBadRows} 行有问题，停止导入；例如第 ${row.line} 行：${row.hint.zh}`,
            en: `More than ${mostBadRows} bad rows, so the import stops; line ${row.line} for one: ${row.hint.en}`,
          })
        bad.push(row)
      },
      onBytes(bytes) {
        current = bytes
        onBytes(before + bytes)
      },
    }
  }
}

async function readParents(paths: readonly string[], reading: ReadingOf): Promise<Map<string, string[]>> {
  const parents = new Map<string, string[]>()
  for (const path of paths) {
    const { bad, onBytes } = reading(path)
    const columns = ['active', 'sourceId', 'destinationId', 'typeId']
    for await (const rows of rf2Rows(path, columns, { bad, onBytes })) {
      for (const { line, cells } of rows) {
        const [active, source = '', destination = '', type] = cells
        if (active !== '1' || type !== sct.isA) continue
        if (!isId(source) || !isId(destination)) bad({ line, hint: inFile(basename(path), hints.id) })
        else addTo(parents, source, destination)
      }
    }
  }
  return parents
}

function addTo<T>(all: Map<string, T[]>, key: string, value: T): void {
  const own = all.get(key)
  if (own === undefined) all.set(key, [value])
  else if (!own.includes(value)) own.push(value)
}

async function readPreferred(paths: readonly string[], reading: ReadingOf): Promise<Map<string, number>> {
  const preferred = new Map<string, number>()
  for (const path of paths) {
    const columns = ['active', 'refsetId', 'referencedComponentId', 'acceptabilityId']
    for await (const rows of rf2Rows(path, columns, reading(path))) {
      for (const { cells } of rows) {
        const [active, set, description = '', acceptability] = cells
        if (active !== '1' || acceptability !== sct.preferred) continue
        const where = set === sct.us ? preferredIn.us : set === sct.gb ? preferredIn.gb : preferredIn.other
        preferred.set(description, (preferred.get(description) ?? 0) | where)
      }
    }
  }
  return preferred
}

async function readDescriptions(
  paths: readonly string[],
  preferred: ReadonlyMap<string, number>,
  reading: ReadingOf,
): Promise<Map<string, Rf2Description[]>> {
  const descriptions = new Map<string, Rf2Description[]>()
  for (const path of paths) {
    const { bad, onBytes } = reading(path)
    const columns = ['id', 'active', 'conceptId', 'languageCode', 'typeId', 'term']
    for await (const rows of rf2Rows(path, columns, { bad, onBytes })) {
      for (const { line, cells } of rows) {
        const [id = '', active, concept = '', language = '', type, term = ''] = cells
        if (active !== '1' || (type !== sct.synonym && type !== sct.fullySpecified)) continue
        const isTerm = term.trim() !== '' && term.length <= longestTerm
        if (!isTerm || !isId(concept))
          bad({ line, hint: inFile(basename(path), isTerm ? hints.id : hints.term) })
        else
          addTo(descriptions, concept, {
            language: language === 'zh' ? 'zh-CN' : language,
            fullySpecified: type === sct.fullySpecified,
            term: term.trim(),
            preferred: preferred.get(id) ?? 0,
          })
      }
    }
  }
  return descriptions
}
