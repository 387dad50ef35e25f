/** Which files in a watched folder are ready to be taken: whole, still, and meant for us. */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { answerEnding } from './folder-answer.ts'

/** A file as a scan saw it. */
export interface SeenFile {
  readonly name: string
  readonly size: number
  readonly changedMs: number
}

/** What earlier scans saw, so that a file still being written is told from one that is finished. */
export type SeenBefore = Map<string, { readonly file: SeenFile; readonly sinceMs: number }>

// Names that programs use while they are still writing; a sender that knows of us writes `name.part` and renames.
const unfinished = /^[.~]|~$|\.(part|partial|tmp|temp|crdownload|filepart|swp|lock)$/i

/** Plain files of a folder that may be meant for us; links and folders are left alone. */
export async function listDroppedFiles(folder: string): Promise<SeenFile[]> {
  const names = (await readdir(folder)).filter(
    (name) => !unfinished.test(name) && !name.endsWith(answerEnding),
  )
  const files = await Promise.all(names.sort().map((name) => look(folder, name)))
  return files.filter((file) => file !== undefined)
}

/** One file; undefined when it has gone, or is no plain file. */
export async function look(folder: string, name: string): Promise<SeenFile | undefined> {
  try {
    const found = await lstat(join(folder, name))
    return found.isFile() ? { name, size: found.size, changedMs: found.mtimeMs } : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whether two looks at a file saw the same content, as far as size and time tell. */
export function isSame(one: SeenFile, other: SeenFile | undefined): boolean {
  return one.size === other?.size && one.changedMs === other.changedMs
}

/** The files that have not changed for `settleMs`; remembers what it saw in `before`. */
export function settledFiles(
  files: readonly SeenFile[],
  before: SeenBefore,
  nowMs: number,
  settleMs: number,
): SeenFile[] {
  const names = new Set(files.map((file) => file.name))
  for (const name of before.keys()) if (!names.has(name)) before.delete(name)
  return files.filter((file) => {
    const earlier = before.get(file.name)
    if (earlier !== undefined && isSame(file, earlier.file)) return nowMs - earlier.sinceMs >= settleMs
    before.set(file.name, { file, sinceMs: nowMs })
    return settleMs === 0
  })
}
