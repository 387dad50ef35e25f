/** The kind `concept-map`: `map.json` with source, target and release, and `rows.ndjson`. Answers `{code, context?}` with a translation. */
import { fromUtf8 } from '@meridian/protocol'
import type { ArtefactReader, ElementChange } from '../artefacts/artefact-reader.ts'
import { readArtefactJson } from '../artefacts/read-manifest.ts'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { type ConceptMap, conceptMapOf, type MapRow } from './concept-map.ts'
import { readRows, writeRow } from './map-rows.ts'
import type { MapContext } from './map-rule.ts'
import { translate } from './translate.ts'

/** The file that marks this form. */
export const MAP_FILE = 'map.json'

/** The rows. */
export const ROWS_FILE = 'rows.ndjson'

/** Reads, asks and compares maps. */
export const conceptMapReader: ArtefactReader<ConceptMap> = {
  kind: 'concept-map',
  file: MAP_FILE,
  read: readConceptMap,
  answer(map, input) {
    const { code, context } = (input ?? {}) as { code?: unknown; context?: MapContext }
    const { result, targets, otherwise } = translate(map, String(code), context)
    return {
      result,
      targets: targets.map((target) => target.code),
      otherwise: otherwise.map((other) => [other.code, other.because]),
    }
  },
  compare: compareMaps,
}

/** The map in the files of a package. */
export function readConceptMap(files: ReadonlyMap<string, Uint8Array>): ConceptMap | Finding[] {
  const [head, rows] = [files.get(MAP_FILE), files.get(ROWS_FILE)]
  if (head === undefined || rows === undefined) {
    const file = head === undefined ? MAP_FILE : ROWS_FILE
    return [findingOf('artefact.file-missing', file, { element: file })]
  }
  const read = readArtefactJson(MAP_FILE, head)
  if ('findings' in read) return read.findings
  const { source, target, release } = (read.json ?? {}) as Partial<Record<string, unknown>>
  const text = fromUtf8(rows)
  if (
    ![source, target, release].every((one) => typeof one === 'string' && one !== '') ||
    text === undefined
  ) {
    const form = {
      zh: '应有 source、target、release，行文件为 UTF-8',
      en: 'it has source, target and release; rows are UTF-8',
    }
    return [findingOf('artefact.content', MAP_FILE, { element: MAP_FILE, form })]
  }
  const list = readRows(ROWS_FILE, text)
  if (isFindings(list)) return list
  return conceptMapOf({ source: String(source), target: String(target), release: String(release) }, list)
}

function isFindings(list: readonly MapRow[] | Finding[]): list is Finding[] {
  const [first] = list
  return first !== undefined && 'severity' in first
}

function compareMaps(before: ConceptMap, after: ConceptMap): ElementChange[] {
  const codes = [...new Set([...before.rows.keys(), ...after.rows.keys()])].sort()
  const lines = (map: ConceptMap, code: string) => (map.rows.get(code) ?? []).map(writeRow)
  return codes.flatMap((code): ElementChange[] => {
    const [old, now] = [lines(before, code), lines(after, code)]
    if (old.join('\n') === now.join('\n')) return []
    const place = { path: `${ROWS_FILE}#${code}`, element: code, system: after.source }
    if (old.length === 0) return [{ ...place, change: 'added', after: now }]
    if (now.length === 0) return [{ ...place, change: 'removed', before: old }]
    return [{ ...place, change: 'changed', before: old, after: now }]
  })
}
