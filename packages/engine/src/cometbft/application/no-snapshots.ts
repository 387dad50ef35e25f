/** A node that offers no snapshots and takes none. */
import type { AbciApplication } from '@meridian/abci'
import type { SnapshotCall } from './comet-application.ts'

/** The four calls, answered with nothing. */
export const noSnapshots: Pick<AbciApplication, SnapshotCall> = {
  listSnapshots: () => ({ snapshots: [] }),
  offerSnapshot: () => ({ result: 'reject' }),
  loadSnapshotChunk: () => ({ chunk: new Uint8Array(0) }),
  applySnapshotChunk: () => ({ result: 'abort' }),
}
