/** The artefact packages that ship with the program (`packages/standards/artefacts/`), and the content that rooms read from packages. */
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

/** Reads a JSON file of a package by its id: the shipped one, or that of another version in force. Throws where there is none. */
export type ReadContent = (id: string, file: string) => unknown

/** The shipped content, parsed. Throws when it is missing: the installation is broken. */
export const readShipped: ReadContent = (id, file) =>
  JSON.parse(readFileSync(new URL(`${id}/${file}`, folder), 'utf8'))

/** Reads content from packages where they bring it, and from the shipped ones otherwise. `packages` is by id. */
export function contentOf(
  packages: ReadonlyMap<string, { readonly files: ReadonlyMap<string, Uint8Array> }>,
): ReadContent {
  return (id, file) => {
    const bytes = packages.get(id)?.files.get(file)
    return bytes === undefined ? readShipped(id, file) : JSON.parse(new TextDecoder().decode(bytes))
  }
}
