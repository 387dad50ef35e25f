/**
 * The artefact packages of one node: those that ship with the program, and those in `<home>/standards/`, each in a folder
 * named by its content hash. What is read is checked against the manifest again, so a changed file is never served.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Suite, toHex, utf8 } from '@meridian/protocol'
import {
  type ArtefactPackage,
  areFindings,
  type Finding,
  manifestText,
  openPackage,
  readPackageFolder,
  readShippedPackages,
} from '@meridian/standards'
import { syncFolder } from '../home/durable-file.ts'

/** One package that this node holds. */
export interface HeldArtefact extends ArtefactPackage {
  /** It ships with the program. */
  readonly isShipped: boolean
}

/** What a node does with packages. Hashes are hex. */
export interface ArtefactStore {
  /** In the order of ids and then versions. */
  list(): readonly HeldArtefact[]
  held(hash: string): HeldArtefact | undefined
  /** By id and version; the newest held when no version is given. */
  find(id: string, version?: string): HeldArtefact | undefined
  /** Keeps a package, `manifest.json` among the files; the same package again changes nothing. */
  add(files: ReadonlyMap<string, Uint8Array>): HeldArtefact | Finding[]
  /** The packages in the home that are no longer what their hash says: hash and findings. */
  verify(): readonly { readonly hash: string; readonly findings: readonly Finding[] }[]
}

/** Over a folder, which need not exist. */
export function openArtefactStore(folder: string, suite: Pick<Suite, 'sha256'>): ArtefactStore {
  const known = new Map<string, HeldArtefact>()
  for (const shipped of readShippedPackages(suite))
    known.set(toHex(shipped.hash), { ...shipped, isShipped: true })
  for (const [hash, opened] of openAll(folder, suite))
    if (!areFindings(opened)) known.set(hash, { ...opened, isShipped: known.get(hash)?.isShipped ?? false })
  const list = () => [...known.values()].sort(byIdAndVersion)
  return {
    list,
    held: (hash) => known.get(hash),
    find: (id, version) =>
      list().findLast(
        ({ manifest }) => manifest.id === id && (version ?? manifest.version) === manifest.version,
      ),
    add(files) {
      const opened = openPackage(suite, files)
      if (areFindings(opened)) return opened
      const hash = toHex(opened.hash)
      const held = known.get(hash)
      if (held !== undefined) return held
      writePackage(folder, hash, opened)
      const added = { ...opened, isShipped: false }
      known.set(hash, added)
      return added
    },
    verify: () =>
      openAll(folder, suite).flatMap(([hash, opened]) =>
        areFindings(opened) ? [{ hash, findings: opened }] : [],
      ),
  }
}

function openAll(
  folder: string,
  suite: Pick<Suite, 'sha256'>,
): (readonly [hash: string, ArtefactPackage | Finding[]])[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .map((hash) => {
      const opened = readPackageFolder(suite, join(folder, hash))
      if (areFindings(opened) || toHex(opened.hash) === hash) return [hash, opened] as const
      return [hash, openPackage(suite, new Map())] as const
    })
}

/** Written beside and renamed, so a package is there as a whole or not at all. */
function writePackage(folder: string, hash: string, { manifest, files }: ArtefactPackage): void {
  const half = join(folder, `${hash}.partial`)
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { recursive: true, mode: 0o700 })
  writeFileSync(join(half, 'manifest.json'), utf8(manifestText(manifest)), { mode: 0o600, flush: true })
  for (const [name, bytes] of files) writeFileSync(join(half, name), bytes, { mode: 0o600, flush: true })
  renameSync(half, join(folder, hash))
  syncFolder(folder)
}

function byIdAndVersion(a: ArtefactPackage, b: ArtefactPackage): number {
  if (a.manifest.id !== b.manifest.id) return a.manifest.id < b.manifest.id ? -1 : 1
  return a.manifest.version.localeCompare(b.manifest.version, 'en', { numeric: true })
}
