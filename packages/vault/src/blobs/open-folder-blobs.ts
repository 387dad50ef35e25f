/** The blob port on a folder: one file a blob, written aside, synced, and renamed, so that a file with a name is whole. */
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { VaultFailure } from '../sql/vault-failure.ts'
import { type BlobName, type BlobStore, isBlobName } from './blob-store.ts'

const HALF = '.part'

/** The store in `folder`, which is made with the first blob. Files lie in folders by the first two digits of their name. */
export function openFolderBlobs(folder: string): BlobStore {
  const fileOf = (name: BlobName) => {
    if (!isBlobName(name)) throw new Error('not the name of a blob')
    return join(folder, name.slice(0, 2), name)
  }
  return {
    put: (name, bytes) => outside(() => write(fileOf(name), bytes)),
    get: (name) => outside(() => readFile(fileOf(name)).catch(absent)),
    remove: (name) => outside(() => rm(fileOf(name), { force: true })),
    names: () => namesIn(folder),
  }
}

async function write(file: string, bytes: Uint8Array): Promise<void> {
  const parent = dirname(file)
  const made = await mkdir(parent, { recursive: true, mode: 0o700 })
  const half = await open(`${file}${HALF}`, 'wx', 0o600)
  try {
    await half.writeFile(bytes)
    await half.sync()
  } catch (thrown) {
    await rm(`${file}${HALF}`, { force: true })
    throw thrown
  } finally {
    await half.close()
  }
  await rename(`${file}${HALF}`, file)
  await syncFolder(parent)
  if (made !== undefined) for (const above of foldersAbove(parent, made)) await syncFolder(above)
}

/** The folders that hold what was newly made, from the lowest up. */
function foldersAbove(lowest: string, firstMade: string): string[] {
  const folders: string[] = []
  for (let at = dirname(lowest); ; at = dirname(at)) {
    folders.push(at)
    if (at.length < firstMade.length) return folders
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* namesIn(folder: string): AsyncIterable<BlobName> {
  for (const part of await list(folder)) {
    for (const name of await list(join(folder, part))) {
      if (isBlobName(name)) yield name
      else if (name.endsWith(HALF)) await outside(() => rm(join(folder, part, name), { force: true }))
    }
  }
}

function list(folder: string): Promise<string[]> {
  return outside(() => readdir(folder).catch((thrown) => absent(thrown) ?? []))
}

/** No such file or folder. */
function absent(thrown: unknown): undefined {
  const { code } = thrown as { code?: string }
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown
  return undefined
}

async function outside<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const { code } = cause as { code?: string }
    if (code === undefined) throw cause
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    throw new VaultFailure(isFull ? 'disk-full' : 'failed', `The blob store does not work (${code})`, {
      cause,
    })
  }
}
