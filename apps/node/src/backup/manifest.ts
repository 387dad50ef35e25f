/** What a backup says of itself: which chain, up to where, and the hash of every file, checked before anything is restored. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** `manifest.json`. Numbers of bytes; hashes in hex. */
export interface Manifest {
  readonly format: 'meridian-backup/1'
  readonly time: string
  readonly organisation: string
  readonly chainId: string
  readonly height: number
  /** `embedded`: the vault is inside. `server`: the database server's own backup belongs to this one. */
  readonly database: 'embedded' | 'server'
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>
}

const NAME = 'manifest.json'

/** Hashes everything in `folder` and writes the manifest beside it, last. */
export function writeManifest(folder: string, about: Omit<Manifest, 'format' | 'files'>): Manifest {
  const manifest: Manifest = { format: 'meridian-backup/1', ...about, files: filesOf(folder) }
  writeFileSync(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
  return manifest
}

/** The manifest of a backup whose files are all as they were; otherwise the first file that is not. */
export function checkManifest(folder: string): Manifest | { readonly wrong: string } {
  const manifest = readManifest(folder)
  if (manifest === undefined) return { wrong: NAME }
  const found = filesOf(folder)
  const names = new Set([...Object.keys(manifest.files), ...Object.keys(found)])
  const wrong = [...names].find((name) => found[name]?.sha256 !== manifest.files[name]?.sha256)
  return wrong === undefined ? manifest : { wrong }
}

function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, NAME), 'utf8')) as Manifest
    return manifest.format === 'meridian-backup/1' ? manifest : undefined
  } catch {
    return undefined
  }
}

function filesOf(folder: string): Record<string, { bytes: number; sha256: string }> {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => relative(folder, path) !== NAME)
    .sort()
  return Object.fromEntries(
    files.map((path) => [
      relative(folder, path).split(sep).join('/'),
      { bytes: statSync(path).size, sha256: hashOf(path) },
    ]),
  )
}

function hashOf(path: string): string {
  const hash = createHash('sha256')
  const file = openSync(path, 'r')
  try {
    const chunk = Buffer.alloc(1024 * 1024)
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk))
      hash.update(chunk.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}
