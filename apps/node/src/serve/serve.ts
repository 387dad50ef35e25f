/** Serves a node: the console and its door, the FHIR door, the ledger door and the control door, on one address. */
import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { ensureConsoleBuilt } from '@meridian/console/build'
import { adminDoor, consoleFiles, fhirDoor } from '@meridian/gateway'
import Fastify, { type FastifyInstance } from 'fastify'
import { OutsideFailure } from '../command-line/command.ts'
import { addControlDoor } from '../control/control-door.ts'
import { addLedgerDoor } from '../ledger-door/ledger-door.ts'
import type { Node } from '../wiring/node.ts'
import { adminNeedsOf } from './admin-needs.ts'
import { fhirNeedsOf } from './fhir-needs.ts'
import { openSourceDoors } from './source-doors.ts'

/** A node that answers. `url` is where the console is. */
export interface ServedNode {
  readonly url: string
  close(): Promise<void>
}

/** Opens every door of the configuration. @throws OutsideFailure when a port is taken. */
export async function serve(node: Node, log: (text: string) => void): Promise<ServedNode> {
  const app = Fastify({ bodyLimit: 64 * 1024 * 1024, trustProxy: false })
  await app.register(adminDoor(adminNeedsOf(node)))
  let url = ''
  await app.register(fhirDoor(fhirNeedsOf(node, () => url)))
  await app.register(async (scope) => addLedgerDoor(scope, { engine: node.engine, suite: node.suite }))
  const token = randomBytes(32).toString('base64url')
  addControlDoor(app, node, token)
  await app.register(consoleFiles(await ensureConsoleBuilt(log)))
  url = await listen(app, node)
  const sourceDoors = await openSourceDoors(node, log)
  writeFileSync(node.home.control, JSON.stringify({ url, token }), { mode: 0o600 })
  return {
    url,
    async close() {
      rmSync(node.home.control, { force: true })
      await sourceDoors.close()
      await app.close()
    },
  }
}

async function listen(app: FastifyInstance, node: Node): Promise<string> {
  const { host, port } = node.configuration.listen
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
