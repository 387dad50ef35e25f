/** An artefact package: a manifest and the files it lists, checked against each other. */
import { equalBytes, fromHex, type Suite } from '@meridian/protocol'
import type { Finding } from '../finding.ts'
import { findingOf } from '../findings-catalogue.ts'
import { contentHashOf, type Manifest } from './manifest.ts'
import { areFindings } from './manifest-fields.ts'
import { readManifest } from './read-manifest.ts'

/** A checked package. `files` has every file of the manifest and no other; `hash` is the content hash. */
export interface ArtefactPackage {
  readonly manifest: Manifest
  readonly hash: Uint8Array
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The name of the manifest among the files. */
export const MANIFEST = 'manifest.json'

/** Opens a package from a map of files with `manifest.json` among them, or says everything that is wrong with it. */
export function openPackage(
  suite: Pick<Suite, 'sha256'>,
  files: ReadonlyMap<string, Uint8Array>,
): ArtefactPackage | Finding[] {
  const manifestBytes = files.get(MANIFEST)
  if (manifestBytes === undefined) return [findingOf('artefact.no-manifest', MANIFEST)]
  const manifest = readManifest(manifestBytes)
  if (areFindings(manifest)) return manifest
  const content = new Map([...files].filter(([name]) => name !== MANIFEST))
  const findings = checkFiles(suite, manifest as Manifest, content)
  if (findings.length > 0) return findings
  return { manifest: manifest as Manifest, hash: contentHashOf(suite, manifest as Manifest), files: content }
}

/** What differs between the files and what the manifest says of them. */
function checkFiles(
  suite: Pick<Suite, 'sha256'>,
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): Finding[] {
  const listed = new Set(manifest.files.map(({ name }) => name))
  const extra = [...files.keys()]
    .filter((name) => !listed.has(name))
    .map((name) => findingOf('artefact.file-extra', name, { element: name }))
  const wrong = manifest.files.flatMap((file) => {
    const bytes = files.get(file.name)
    if (bytes === undefined) return [findingOf('artefact.file-missing', file.name, { element: file.name })]
    if (isListedFile(suite, file, bytes)) return []
    return [findingOf('artefact.file-differs', file.name, { element: file.name })]
  })
  return [...extra, ...wrong]
}

/** Whether bytes are the file that a manifest lists. */
export function isListedFile(
  suite: Pick<Suite, 'sha256'>,
  file: { readonly bytes: number; readonly sha256: string },
  bytes: Uint8Array,
): boolean {
  return bytes.length === file.bytes && equalBytes(suite.sha256(bytes), fromHex(file.sha256) as Uint8Array)
}
