/** The concept map from units as hospitals write them to UCUM codes: `unit-spellings.json`. */
import { findingOf } from '../findings-catalogue.ts'
import type { ArtefactReader } from './artefact-reader.ts'
import { readArtefactJson } from './read-manifest.ts'

interface Spellings {
  readonly exact: Readonly<Record<string, string | null>>
  readonly anyCase: Readonly<Record<string, string>>
}

const FILE = 'unit-spellings.json'
const form = { zh: '应有 exact 和 anyCase 两张表', en: 'it has the tables exact and anyCase' }

/** Answers `{text}` with `{unit}`, null where the table has none or the text means two things. */
export const unitSpellingsReader: ArtefactReader<Spellings> = {
  kind: 'concept-map',
  file: FILE,
  read(files) {
    const read = readArtefactJson(FILE, files.get(FILE) ?? new Uint8Array())
    if ('findings' in read) return read.findings
    const { exact, anyCase } = (read.json ?? {}) as Partial<Spellings>
    if (isTable(exact) && isTable(anyCase)) return { exact, anyCase }
    return [findingOf('artefact.content', FILE, { element: FILE, form })]
  },
  answer({ exact, anyCase }, input) {
    const text = String((input as { text?: unknown } | null)?.text)
    if (Object.hasOwn(exact, text)) return { unit: exact[text] }
    const lower = text.toLowerCase()
    return { unit: Object.hasOwn(anyCase, lower) ? anyCase[lower] : null }
  },
}

function isTable(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
