/** Reads and writes an artefact package as a folder of flat files: `manifest.json`, content, `vectors.json`. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Suite, toHex } from '@meridian/protocol'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { artefactLimits } from './artefact-limits.ts'
import { type ArtefactPackage, MANIFEST, openPackage } from './artefact-package.ts'
import type { Manifest } from './manifest.ts'
import { areFindings, FILE_NAME } from './manifest-fields.ts'
import { readArtefactJson } from './read-manifest.ts'

/** The files of a folder by name; sub-folders and names no package can hold are left out. Limits as `artefactLimits`. */
export function readFolderFiles(folder: string): ReadonlyMap<string, Uint8Array> | Finding[] {
  const names = readdirSync(folder)
    .filter((name) => FILE_NAME.test(name) && statSync(join(folder, name)).isFile())
    .sort()
  if (names.length > artefactLimits.files + 1)
    return [findingOf('artefact.too-large', 'files', { element: 'files', limit: artefactLimits.files })]
  const large = names.filter((name) => statSync(join(folder, name)).size > artefactLimits.fileBytes)
  if (large.length > 0)
    return large.map((name) =>
      findingOf('artefact.too-large', name, { element: name, limit: artefactLimits.fileBytes }),
    )
  return new Map(names.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]))
}

/** Opens the package in a folder. Throws when there is no such folder. */
export function readPackageFolder(suite: Pick<Suite, 'sha256'>, folder: string): ArtefactPackage | Finding[] {
  const files = readFolderFiles(folder)
  return areFindings(files) ? files : openPackage(suite, files as ReadonlyMap<string, Uint8Array>)
}

const mediaTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  txt: 'text/plain',
}

/**
 * Writes the `files` of the manifest in a folder from the files that lie there, sorted, with two blanks of indentation:
 * how a package is made ready to be added. Gives the package, or what is wrong with it.
 */
export function packFolder(suite: Pick<Suite, 'sha256'>, folder: string): ArtefactPackage | Finding[] {
  const files = readFolderFiles(folder)
  if (areFindings(files)) return files
  const found = files as ReadonlyMap<string, Uint8Array>
  const source = found.get(MANIFEST)
  if (source === undefined) return [findingOf('artefact.no-manifest', MANIFEST)]
  const read = readArtefactJson(MANIFEST, source, artefactLimits.manifestBytes)
  if ('findings' in read) return read.findings
  const listed = [...found]
    .filter(([name]) => name !== MANIFEST)
    .map(([name, bytes]) => ({
      name,
      mediaType: mediaTypes[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      bytes: bytes.length,
      sha256: toHex(suite.sha256(bytes)),
    }))
  const manifest = { ...(read.json as Manifest), files: listed }
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  const packed = openPackage(suite, new Map([...found, [MANIFEST, text]]))
  if (!areFindings(packed)) writeFileSync(join(folder, MANIFEST), text)
  return packed
}
