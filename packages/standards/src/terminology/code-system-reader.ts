/** The kind `code-system` as this product ships it: `concepts.json`, asked by code and day. */
import type { ArtefactReader } from '../artefacts/artefact-reader.ts'
import { readArtefactJson } from '../artefacts/read-manifest.ts'
import { findingOf } from '../findings-catalogue.ts'
import { type CodeSystemFile, conceptsOn } from './code-system-file.ts'

const FILE = 'concepts.json'

/** Answers `{code?, date?}` with the concept as it was on that day, or with how many there were; null where nothing is. */
export const codeSystemReader: ArtefactReader<CodeSystemFile> = {
  kind: 'code-system',
  file: FILE,
  read(files) {
    const bytes = files.get(FILE)
    if (bytes === undefined) return [findingOf('artefact.file-missing', FILE, { element: FILE })]
    const read = readArtefactJson(FILE, bytes)
    if ('findings' in read) return read.findings
    const { system, releases, concepts } = (read.json ?? {}) as Partial<CodeSystemFile>
    const isWhole = typeof system === 'string' && Array.isArray(releases) && Array.isArray(concepts)
    const form = { zh: '应有 system、releases 和 concepts', en: 'it has a system, releases and concepts' }
    return isWhole
      ? (read.json as CodeSystemFile)
      : [findingOf('artefact.content', FILE, { element: FILE, form })]
  },
  answer(file, input) {
    const { code, date } = (input ?? {}) as { code?: string; date?: string }
    const release = file.releases.findLast(({ from }) => date === undefined || (from ?? '') <= date)
    if (release === undefined) return null
    const concepts = conceptsOn(file, release.from)
    if (code === undefined) return { version: release.version, concepts: concepts.length }
    return concepts.find((one) => one.code === code) ?? null
  },
}
