/**
 * One pass over a watched folder. A file is first moved into `working`, so that nothing can be written over it unseen; then it is
 * submitted; then the answer is written; then the file goes to `done` or `refused`. After a crash anywhere the next pass
 * goes on: submitting a file twice makes duplicates, never a second record, and no step deletes anything.
 */
import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import {
  isSame,
  listDroppedFiles,
  look,
  type SeenBefore,
  type SeenFile,
  settledFiles,
} from './dropped-files.ts'
import { answerEnding, buildFolderAnswer, type FileSummary } from './folder-answer.ts'

/** What a pass tells whoever watches it; file names stay inside the folder. `code` is of the failed system call. */
export type FolderEvent =
  | { readonly kind: 'file-answered'; readonly summary: FileSummary }
  | { readonly kind: 'outside-failed'; readonly code: string }

/** What a watched folder works with. */
export interface FolderParts {
  readonly folder: string
  /** Takes the file at a path through the corridor; throws only when the outside fails, and is then called again. */
  readonly submitFile: (path: string) => Promise<FileSummary>
  readonly clock: { now(): Date }
  /** How long a file must be still before it counts as whole. */
  readonly settleMs: number
  readonly onEvent?: (event: FolderEvent) => void
}

/** The folders a watched folder has inside. */
export const innerFolders = ['working', 'done', 'refused'] as const

/** Makes the folders inside. Effects: disk. */
export async function prepareFolder(folder: string): Promise<void> {
  for (const inner of innerFolders) await mkdir(join(folder, inner), { recursive: true })
}

/** One pass. Gives the number of files answered. Effects: disk, and whatever `submitFile` does. */
export async function scanFolder(parts: FolderParts, before: SeenBefore): Promise<number> {
  const working = join(parts.folder, 'working')
  const nowMs = parts.clock.now().getTime()
  for (const file of settledFiles(await listDroppedFiles(parts.folder), before, nowMs, parts.settleMs)) {
    if ((await look(working, file.name)) === undefined) await claim(parts, file.name)
  }
  let answered = 0
  for (const file of await listDroppedFiles(working)) if (await attempt(parts, file)) answered++
  return answered
}

// On some systems a file that is still open elsewhere cannot be moved: then it is not ready, and the next pass tries again.
async function claim(parts: FolderParts, name: string): Promise<void> {
  try {
    await rename(join(parts.folder, name), join(parts.folder, 'working', name))
  } catch (error) {
    fail(parts, error)
  }
}

async function attempt(parts: FolderParts, file: SeenFile): Promise<boolean> {
  try {
    return await answer(parts, file)
  } catch (error) {
    fail(parts, error)
    return false
  }
}

async function answer(parts: FolderParts, file: SeenFile): Promise<boolean> {
  const working = join(parts.folder, 'working')
  const summary = await parts.submitFile(join(working, file.name))
  // Its writer may still have had it open: then there is more to submit, and this was not the whole file.
  if (!isSame(file, await look(working, file.name))) return false
  const now = parts.clock.now()
  const text = `${JSON.stringify(buildFolderAnswer(file.name, summary, now.toISOString()), null, 2)}\n`
  const kept = await freeName(join(parts.folder, summary.refused > 0 ? 'refused' : 'done'), file.name, now)
  await writeWhole(`${kept}${answerEnding}`, text)
  await writeWhole(join(parts.folder, `${file.name}${answerEnding}`), text)
  await rename(join(working, file.name), kept)
  parts.onEvent?.({ kind: 'file-answered', summary })
  return true
}

/** A path that is not taken: the time first, so that a folder's listing is its history. */
async function freeName(folder: string, name: string, now: Date): Promise<string> {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '')
  for (let count = 1; ; count++) {
    const free = count === 1 ? `${stamp}-${name}` : `${stamp}-${count}-${name}`
    if ((await look(folder, free)) === undefined) return join(folder, free)
  }
}

// Written beside and moved into place, so that whoever waits for the answer never reads half of it.
async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(`${path}.part`, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
}

function fail(parts: FolderParts, error: unknown): void {
  parts.onEvent?.({ kind: 'outside-failed', code: (error as { code?: string }).code ?? 'failed' })
}
