/** The snapshots that a node keeps for others: a folder for each, the newest few. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Suite } from '@meridian/protocol'
import type { ChainStore } from '../store/chain-store.ts'
import type { SnapshotPoint } from '../store/snapshot-entries.ts'
import { encodeChunks } from './snapshot-chunks.ts'
import { decodeSnapshotIndex, encodeSnapshotIndex, type SnapshotIndex } from './snapshot-index.ts'

/** The folder of snapshots in a ledger directory; a backup leaves it out. */
export const SNAPSHOT_FOLDER = 'snapshots'

/** The shelf. */
export interface SnapshotShelf {
  /** The oldest first. */
  list(): readonly SnapshotIndex[]
  chunk(height: bigint, index: number): Uint8Array | undefined
  /** Writes the state as it is now; resolves when it is on the shelf. Only one is written at a time: another is left out. */
  add(point: SnapshotPoint): Promise<void>
  /** Gives up what is being written. */
  close(): Promise<void>
}

const INDEX = 'index'

/** However long somebody goes on reading an old one, it is spared no more often than this. */
const MOST_SPARED = 4

/**
 * The shelf in the ledger directory. It keeps the newest `keep` snapshots, and an older one as long as a chunk of it was read since the
 * last was written: a node that fetches one is not left with half of it.
 */
export function openSnapshotShelf(
  directory: string,
  { suite, store, keep }: { readonly suite: Suite; readonly store: ChainStore; readonly keep: number },
): SnapshotShelf {
  const folder = join(directory, SNAPSHOT_FOLDER)
  const closing = new AbortController()
  let writing: Promise<void> | undefined
  const readSinceWritten = new Set<bigint>()
  const spared = new Map<bigint, number>()
  const list = (): readonly SnapshotIndex[] => readIndexes(folder)
  const write = async (point: SnapshotPoint): Promise<void> => {
    await writeSnapshot(folder, { suite, store, point, signal: closing.signal })
    for (const { height } of list().slice(0, -keep)) {
      const times = spared.get(height) ?? 0
      if (readSinceWritten.has(height) && times < MOST_SPARED) spared.set(height, times + 1)
      else await rm(join(folder, String(height)), { recursive: true, force: true })
    }
    readSinceWritten.clear()
  }
  return {
    list,
    chunk(height, index) {
      const path = join(folder, String(height), String(index))
      if (!existsSync(path)) return undefined
      readSinceWritten.add(height)
      return new Uint8Array(readFileSync(path))
    },
    async add(point) {
      if (writing !== undefined || closing.signal.aborted) return
      writing = write(point).finally(() => {
        writing = undefined
      })
      await writing
    },
    async close() {
      closing.abort()
      await writing?.catch(() => {})
    },
  }
}

function readIndexes(folder: string): readonly SnapshotIndex[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const path = join(folder, name, INDEX)
      return (existsSync(path) && decodeSnapshotIndex(new Uint8Array(readFileSync(path)))) || []
    })
    .sort((a, b) => (a.height < b.height ? -1 : 1))
}

/** Beside its place first: a crash leaves no half snapshot on the shelf. */
async function writeSnapshot(
  folder: string,
  parts: {
    readonly suite: Suite
    readonly store: ChainStore
    readonly point: SnapshotPoint
    readonly signal: AbortSignal
  },
): Promise<void> {
  const { suite, store, point, signal } = parts
  const reading = store.readSnapshot()
  const unfinished = join(folder, 'unfinished')
  const chunks: Uint8Array[] = []
  try {
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(unfinished, { recursive: true })
    for (const chunk of encodeChunks(reading.entries)) {
      if (signal.aborted) return
      await writeFile(join(unfinished, String(chunks.length)), chunk)
      chunks.push(suite.sha256(chunk))
    }
    await writeFile(join(unfinished, INDEX), encodeSnapshotIndex({ ...point, chunks }))
    await rename(unfinished, join(folder, String(point.height)))
  } finally {
    reading.done()
  }
}
