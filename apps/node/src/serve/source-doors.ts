/** Opens the doors of the configured sources: an MLLP port, a watched folder. */
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { startMllpServer, watchFolder } from '@meridian/gateway'
import type { ConfiguredSource } from '../home/configuration.ts'
import { intake } from '../operations/intake.ts'
import { createClosers } from '../wiring/closers.ts'
import type { Node } from '../wiring/node.ts'
import { pause } from '../wiring/pause.ts'
import { refuseOpenNetwork } from './open-network.ts'
import { readTls } from './read-tls.ts'

/** Everything opened is closed by `close`. */
export async function openSourceDoors(
  node: Node,
  log: (text: string) => void,
): Promise<{ close(): Promise<void> }> {
  const closers = createClosers()
  try {
    for (const source of node.configuration.sources) {
      if (source.mllp !== undefined) closers.add(await openMllp(node, source, source.mllp))
      if (source.folder !== undefined) closers.add(await openFolder(node, source, source.folder, log))
    }
  } catch (error) {
    await closers.close()
    throw error
  }
  return closers
}

async function openMllp(
  node: Node,
  source: ConfiguredSource,
  { port, host, allow, tls, clientCertificates, behindProxy }: NonNullable<ConfiguredSource['mllp']>,
) {
  const exposure = {
    host: host ?? '127.0.0.1',
    hasTls: tls !== undefined,
    isBehindProxy: behindProxy === true,
  }
  refuseOpenNetwork(`sources ${source.name} mllp`, exposure)
  const server = await startMllpServer({
    source,
    port,
    ...(host === undefined ? {} : { host }),
    ...(tls === undefined ? {} : { tls: readTls(node.home.dir, tls) }),
    ...(clientCertificates === undefined ? {} : { clientCertificates }),
    ...(behindProxy === undefined ? {} : { behindProxy }),
    limits: node.configuration.limits.mllp ?? {},
    ...(allow === undefined ? {} : { allow: (address: string) => allow.includes(address) }),
    keep: (items) => node.corridor.keep(items.map((item) => ({ source, item }))),
    now: () => node.clock.now(),
    nextControlId: () => randomBytes(8).toString('hex'),
  })
  return () => server.close()
}

async function openFolder(node: Node, source: ConfiguredSource, folder: string, log: (text: string) => void) {
  const watched = await watchFolder({
    folder: resolve(node.home.dir, folder),
    submitFile: (path) => intake.run(node, { files: [path], source: source.name }, () => undefined),
    clock: node.clock,
    settleMs: 500,
    scanEveryMs: 10_000,
    pause,
    onEvent: (event) => {
      if (event.kind === 'outside-failed') log(`folder ${source.name} ${event.code}`)
    },
  })
  return () => watched.close()
}
