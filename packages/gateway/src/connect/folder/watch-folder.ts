/** Watches a folder until told to stop: a pass when something changes, and one every so often, for no system tells of every change. */
import { type FSWatcher, watch } from 'node:fs'
import type { SeenBefore } from './dropped-files.ts'
import { type FolderParts, prepareFolder, scanFolder } from './scan-folder.ts'

/** What watching needs beside what a pass needs. */
export interface WatchParts extends FolderParts {
  readonly scanEveryMs: number
  /** Resolves after a time, or as soon as the signal fires. */
  readonly pause: (timeoutMs: number, signal: AbortSignal) => Promise<void>
}

/** A folder being watched. */
export interface WatchedFolder {
  /** Ends after the pass that is going on. */
  close(): Promise<void>
}

/** Starts watching. Throws when the folder cannot be made or read. Effects: disk, a watcher. */
export async function watchFolder(parts: WatchParts): Promise<WatchedFolder> {
  await prepareFolder(parts.folder)
  const stop = new AbortController()
  const bell = createBell()
  const watcher = watchQuietly(parts.folder, bell.ring)
  const passes = passUntilStopped(parts, stop.signal, bell)
  return {
    async close() {
      stop.abort()
      bell.ring()
      watcher?.close()
      await passes
    },
  }
}

async function passUntilStopped(parts: WatchParts, stop: AbortSignal, bell: Bell): Promise<void> {
  const before: SeenBefore = new Map()
  while (!stop.aborted) {
    const rest = new AbortController()
    // A change is looked at once it can have settled; until then the sender is probably still writing.
    const rung = bell
      .next()
      .then(() => parts.pause(parts.settleMs, stop))
      .then(() => rest.abort())
    try {
      await scanFolder(parts, before)
    } catch (error) {
      parts.onEvent?.({ kind: 'outside-failed', code: (error as { code?: string }).code ?? 'failed' })
    }
    if (stop.aborted) return
    await Promise.race([parts.pause(parts.scanEveryMs, AbortSignal.any([rest.signal, stop])), rung])
  }
}

/** Remembers a ring that nobody waited for. */
interface Bell {
  ring(): void
  next(): Promise<void>
}

function createBell(): Bell {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rung = true
      wake?.()
    },
    async next() {
      if (!rung) await new Promise<void>((resolve) => (wake = resolve))
      rung = false
    },
  }
}

// Network drives and some file systems cannot be watched; the regular passes are enough then.
function watchQuietly(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange)
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
