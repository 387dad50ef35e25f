/** Says when the snapshot is here, and that it has not come; ends what stood between CometBFT and the members' doors. */
import type { Engine } from '@meridian/engine'
import type { StateSync } from './open-state-sync.ts'

/** What is watched. */
export interface SnapshotWatch {
  readonly engine: Pick<Engine, 'status'>
  readonly sync: Pick<StateSync, 'close'>
  readonly log: (text: string) => void
  readonly pause: (timeoutMs: number, signal: AbortSignal) => Promise<void>
}

const LOOK_MS = 500
/** Members offer snapshots within seconds, when they have any. */
const SAY_AFTER = 120

/** Looks until the first height is here or `close` is called. */
export function watchSnapshot(parts: SnapshotWatch): { close(): Promise<void> } {
  const closing = new AbortController()
  const watching = watch(parts, closing.signal)
  return {
    async close() {
      closing.abort()
      await watching
    },
  }
}

async function watch({ engine, sync, log, pause }: SnapshotWatch, signal: AbortSignal): Promise<void> {
  for (let looks = 1; engine.status().height === 0n; looks++) {
    if (looks === SAY_AFTER)
      log(
        'sync.no-snapshot: no member has given a snapshot yet; each makes one every ledger.snapshotInterval heights. It goes on looking; without --sync-from this node fetches every block instead. 尚无成员提供快照（各节点每隔 ledger.snapshotInterval 个高度制作一次）；本节点继续等待。不带 --sync-from 启动则逐块同步。',
      )
    await pause(LOOK_MS, signal)
    if (signal.aborted) break
  }
  await sync.close()
  if (!signal.aborted)
    log(
      `sync done, height ${engine.status().height}: this node began from a snapshot. Receipts of statements in older blocks come from other members. 本节点从快照开始；更早区块中声明的回执请向其他成员索取。`,
    )
}
