/** For an application without state sync: the four snapshot calls, answered so that CometBFT looks elsewhere. */
import type { AbciApplication } from './application.ts'

/** Has none, and takes none: spread it into an application. */
export const noSnapshots: Pick<
  AbciApplication,
  'listSnapshots' | 'offerSnapshot' | 'loadSnapshotChunk' | 'applySnapshotChunk'
> = {
  listSnapshots: () => ({ snapshots: [] }),
  offerSnapshot: () => ({ result: 'abort' }),
  loadSnapshotChunk: () => ({ chunk: new Uint8Array() }),
  applySnapshotChunk: () => ({ result: 'abort' }),
}
