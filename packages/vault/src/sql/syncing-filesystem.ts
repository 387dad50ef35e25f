/**
 * PGlite's directory with real fsync: as shipped, PGlite runs PostgreSQL with `-F` and a file system whose fsync does
 * nothing, so a power cut could take back what was acknowledged (docs/adr/0020).
 */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** The two parts of Emscripten's NODEFS that are used here; a directory's stream has no host descriptor. */
interface NodeFileSystem {
  stream_ops: { fsync?: (stream: { nfd?: number; node: unknown }) => number }
  realPath(node: unknown): string
}

/**
 * Start parameters without `-F`. The WAL is synced with fsync because this build's fdatasync is an empty stub.
 */
export const syncingStartParams: string[] = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
]

/** NodeFS whose files and directories reach the disk when PostgreSQL says so. */
export class SyncingNodeFs extends NodeFS {
  override async init(...parameters: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(...parameters)
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: unknown) => giveFsync(nodeFsOf(module))]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } as typeof emscriptenOpts }
  }
}

function nodeFsOf(module: unknown): NodeFileSystem {
  return (module as { NODEFS: NodeFileSystem }).NODEFS
}

function giveFsync(fs: NodeFileSystem): void {
  fs.stream_ops.fsync = (stream) => {
    if (stream.nfd === undefined) syncPath(fs.realPath(stream.node))
    else fsyncSync(stream.nfd)
    return 0
  }
}

function syncPath(path: string): void {
  const descriptor = openSync(path, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
