/** One watcher of the corridor for all open pages: counts after a change, at most twice a second, and tells everybody. */
import { type CorridorDocument, corridorDocument, storedVersions } from './corridor-document.ts'
import type { AdminNeeds } from './needs.ts'
import { createThroughputMeter } from './throughput.ts'

/** The present document, and a way to hear of the next. */
export interface CorridorFeed {
  read(): Promise<CorridorDocument>
  /** Calls `listener` with each new document, `closed` when the door closes; the returned function ends it. */
  follow(listener: (document: CorridorDocument) => void, closed: () => void): () => void
  close(): void
}

const pauseMs = 500

/** Makes the feed. It subscribes once; a count that fails is left out and the next change tries again. */
export function createCorridorFeed(
  needs: Pick<AdminNeeds, 'vault' | 'corridor' | 'ledger' | 'nowMs'>,
): CorridorFeed {
  const meter = createThroughputMeter(needs.nowMs)
  const listeners = new Map<(document: CorridorDocument) => void, () => void>()
  let timer: NodeJS.Timeout | undefined
  const read = async () => {
    const [status, ledger] = await Promise.all([needs.vault.status(), needs.ledger.status()])
    meter.note(storedVersions(status))
    return corridorDocument(status, ledger, meter.read(), new Date(needs.nowMs()).toISOString())
  }
  const tell = async () => {
    timer = undefined
    try {
      const document = await read()
      for (const listener of listeners.keys()) listener(document)
    } catch {
      // The store is away; GET /api/corridor says so to whoever asks.
    }
  }
  const stop = needs.corridor.onChange(() => {
    timer ??= setTimeout(tell, pauseMs).unref()
  })
  return {
    read,
    follow(listener, closed) {
      listeners.set(listener, closed)
      return () => listeners.delete(listener)
    },
    close() {
      stop()
      clearTimeout(timer)
      for (const closed of listeners.values()) closed()
      listeners.clear()
    },
  }
}
