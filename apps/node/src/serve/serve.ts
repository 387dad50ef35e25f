/** Serves a node: the console and its door, the FHIR door and the ledger door on one address, the control door on its own. */
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { ensureConsoleBuilt } from '@meridian/console/build'
import { adminDoor, consoleFiles, defaultDoorLimits, fhirDoor, limitCalls } from '@meridian/gateway'
import Fastify, { type FastifyInstance } from 'fastify'
import { OutsideFailure } from '../command-line/command.ts'
import { openControlServer } from '../control/control-server.ts'
import { addHealthDoor } from '../health/health-door.ts'
import { type Health, watchHealth } from '../health/watch-health.ts'
import type { Listen } from '../home/configuration.ts'
import { addLedgerDoor, defaultLedgerRate } from '../ledger-door/ledger-door.ts'
import { createClosers } from '../wiring/closers.ts'
import type { Node } from '../wiring/node.ts'
import { adminNeedsOf } from './admin-needs.ts'
import { answeringMember } from './answering-member.ts'
import { fhirNeedsOf } from './fhir-needs.ts'
import { refuseOpenListen } from './open-network.ts'
import { readTls } from './read-tls.ts'
import { openSourceDoors } from './source-doors.ts'

/** A node that answers. `url` is where the console is. */
export interface ServedNode {
  readonly url: string
  close(): Promise<void>
}

/**
 * Opens every door of the configuration; `listen` says where. @throws OutsideFailure when a port is taken, UsageError when a door
 * would stand open to the network without TLS.
 */
export async function serve(
  node: Node,
  log: (text: string) => void,
  listen: Listen = node.configuration.listen,
): Promise<ServedNode> {
  const closers = createClosers()
  try {
    const health = watch(node, log)
    closers.add(async () => health.close())
    const { app, url } = await openDoors(node, { log, listen, health })
    closers.add(() => app.close())
    const sourceDoors = await openSourceDoors(node, log)
    closers.add(() => sourceDoors.close())
    const token = randomBytes(32).toString('base64url')
    const control = await openControlServer(node, token)
    closers.add(() => control.close())
    writeFileSync(node.home.control, JSON.stringify({ url: control.url, token }), { mode: 0o600 })
    closers.add(() => rmSync(node.home.control, { force: true }))
    return { url, close: closers.close }
  } catch (error) {
    await closers.close()
    throw error
  }
}

/** The monitor's clock never goes back, whatever becomes of the machine's. */
function watch({ engine, configuration }: Node, log: (text: string) => void): Health {
  const { monitoring, blockIntervalMs } = configuration
  const { stillAfterMs } = monitoring
  return watchHealth({ engine, log, stillAfterMs, blockIntervalMs, nowMs: () => performance.now() })
}

interface OpenParts {
  readonly log: (text: string) => void
  readonly listen: Listen
  readonly health: Health
}

async function openDoors(node: Node, { log, listen, health }: OpenParts) {
  const isBehindProxy = listen.behindProxy === true
  const hasTls = listen.tls !== undefined
  refuseOpenListen(listen)
  const { limits, monitoring } = node.configuration
  const nowMs = () => node.clock.now().getTime()
  const app = createServer(node, listen)
  app.server.maxConnections = limits.maxConnections ?? 1000
  let url = ''
  await app.register(adminDoor(adminNeedsOf(node, { secureCookie: hasTls || isBehindProxy, health })))
  await app.register(fhirDoor(fhirNeedsOf(node, () => listen.publicUrl ?? url)))
  await app.register(async (scope) =>
    addLedgerDoor(scope, {
      engine: node.engine,
      suite: node.suite,
      ...(node.engine.askLight === undefined ? {} : { askLight: node.engine.askLight }),
      onRefused: node.refusals.count,
      fetchOldStatement: node.fetchOldStatement,
      artefacts: node.artefacts,
      member: answeringMember(node, log),
      rate: { ...defaultLedgerRate, ...limits.ledger },
      nowMs,
    }),
  )
  const { token } = monitoring
  await app.register(addHealthDoor, { node, health, nowMs, ...(token === undefined ? {} : { token }) })
  const console = await ensureConsoleBuilt(log)
  await app.register(async (scope) => {
    limitCalls(scope, { ...defaultDoorLimits, ...limits.admin }, nowMs)
    await scope.register(consoleFiles(console))
  })
  url = await listenOn(app, listen)
  return { app, url }
}

/** A client gets five minutes to send a request; one proxy in front is believed about who called. */
const requestTimeout = 300_000

function createServer(node: Node, listen: Listen): FastifyInstance {
  const isBehindProxy = listen.behindProxy === true
  const options = { requestTimeout, trustProxy: (_proxy: string, hop: number) => isBehindProxy && hop === 0 }
  if (listen.tls === undefined) return Fastify(options)
  // Same requests and replies; only the type of the socket's server differs.
  return Fastify({ ...options, https: readTls(node.home.dir, listen.tls) }) as unknown as FastifyInstance
}

async function listenOn(app: FastifyInstance, { host, port }: Listen): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (cause) {
    await app.close()
    const code = (cause as { code?: string }).code ?? ''
    throw new OutsideFailure(
      {
        zh: `无法在 ${host}:${port} 上监听（${code}）。请在 meridian.json 的 listen 中换一个端口。`,
        en: `Cannot listen on ${host}:${port} (${code}). Choose another port in meridian.json (listen).`,
      },
      cause,
    )
  }
}
