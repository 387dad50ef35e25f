/** Finds the snapshot files of an RF2 release folder by their names: `sct2_Concept_Snapshot_INT_20260101.txt` and the like. */
import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ImportStopped } from './import-stopped.ts'

/** The files of a release: of the international edition, and of an extension that lies in the same folder. */
export interface Rf2Files {
  readonly concepts: readonly string[]
  readonly descriptions: readonly string[]
  readonly relationships: readonly string[]
  /** May be none: then nothing says which names are preferred. */
  readonly languages: readonly string[]
  /** The day in the names (YYYYMMDD), the latest of them. */
  readonly day: string
  /** True when all concept files are those of the international edition. */
  readonly international: boolean
  readonly bytes: number
}

const deepest = 8
const mostEntries = 20_000

/** Looks through `folder`. @throws ImportStopped when it cannot be read, or a kind of file is missing. */
export function findRf2Files(folder: string): Rf2Files {
  const all = filesBelow(folder)
  const named = (pattern: RegExp) => all.filter((path) => pattern.test(basename(path))).sort()
  const concepts = named(/^x?sct2_Concept_Snapshot_.*\.txt$/)
  const descriptions = named(/^x?sct2_Description_Snapshot[-_].*\.txt$/)
  const relationships = named(/^x?sct2_Relationship_Snapshot_.*\.txt$/)
  const languages = named(
    /^x?der2_cRefset_Language(Snapshot)?[-_].*Snapshot.*\.txt$|^x?der2_cRefset_LanguageSnapshot.*\.txt$/,
  )
  for (const [kind, files] of Object.entries({
    Concept: concepts,
    Description: descriptions,
    Relationship: relationships,
  }))
    if (files.length === 0)
      throw new ImportStopped({
        zh: `${folder} 中没有 sct2_${kind}_Snapshot_….txt；请给出解压后的发布文件夹。`,
        en: `${folder} has no sct2_${kind}_Snapshot_….txt: give the folder of the unpacked release.`,
      })
  const days = concepts.map((path) => /_(\d{8})\.txt$/.exec(path)?.[1] ?? '')
  return {
    concepts,
    descriptions,
    relationships,
    languages,
    day: days.sort().at(-1) ?? '',
    international: concepts.every((path) => /_INT_/.test(basename(path))),
    bytes: [concepts, descriptions, relationships, languages]
      .flat()
      .reduce((sum, path) => sum + statSync(path).size, 0),
  }
}

function filesBelow(folder: string): string[] {
  const found: string[] = []
  const waiting = [{ path: folder, depth: 0 }]
  let seen = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of entriesOf(next.path)) {
      seen += 1
      const path = join(next.path, entry.name)
      if (entry.isFile()) found.push(path)
      else if (entry.isDirectory() && next.depth < deepest) waiting.push({ path, depth: next.depth + 1 })
    }
    if (seen > mostEntries)
      throw new ImportStopped({
        zh: `${folder} 中文件过多，不像发布文件夹。`,
        en: `${folder} has too many files to be the folder of a release.`,
      })
  }
  return found
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    throw new ImportStopped({ zh: `无法读取文件夹 ${path}。`, en: `The folder ${path} cannot be read.` })
  }
}
