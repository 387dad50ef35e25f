/** The artefact packages that ship with the program (`packages/standards/artefacts/`), and the content files that rooms read from them. */
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../artefacts/', import.meta.url)

/** The ids of the shipped packages, which are the names of their folders, in order. */
export function shippedArtefactIds(): readonly string[] {
  return readdirSync(folder).sort()
}

/** Where a shipped package lies. */
export function shippedFolder(id: string): string {
  return new URL(`${id}/`, folder).pathname
}

/** Every content file that the rooms read, by a short name: its package and the file in it. */
const contentFiles = {
  'absent-reasons.json': 'meridian.value-set.absent-reasons/codes.json',
  'ethnic-groups.json': 'meridian.value-set.ethnic-groups/codes.json',
  'id-document-types.json': 'meridian.value-set.id-document-types/codes.json',
  'marital-status.json': 'meridian.value-set.marital-status/codes.json',
  'provinces.json': 'meridian.value-set.provinces/codes.json',
  'sex.json': 'meridian.value-set.sex/codes.json',
  'unit-spellings.json': 'meridian.concept-map.unit-spellings/unit-spellings.json',
  'value-ranges.json': 'meridian.rule-set.value-ranges/value-ranges.json',
} as const

/** One of them. */
export type ContentFile = keyof typeof contentFiles

/** Gives the content of a file by its short name: the shipped one, or that of another version in force. */
export type ReadContent = (name: ContentFile) => unknown

/** The shipped content, parsed. Throws when it is missing: the installation is broken. */
export const readDataFile: ReadContent = (name) =>
  JSON.parse(readFileSync(new URL(contentFiles[name], folder), 'utf8'))

/** Reads content from packages where they bring it, and from the shipped ones otherwise. `packages` is by id. */
export function contentOf(
  packages: ReadonlyMap<string, { readonly files: ReadonlyMap<string, Uint8Array> }>,
): ReadContent {
  return (name) => {
    const [id = '', file = ''] = contentFiles[name].split('/')
    const bytes = packages.get(id)?.files.get(file)
    return bytes === undefined ? readDataFile(name) : JSON.parse(new TextDecoder().decode(bytes))
  }
}
