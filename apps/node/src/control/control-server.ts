/** The server of the control door: always loopback, always a port of its own, so that no proxy and no network ever reaches it. */
import { limitCalls, type Rate, readJsonBodies } from '@meridian/gateway'
import Fastify from 'fastify'
import type { Node } from '../wiring/node.ts'
import { addControlDoor } from './control-door.ts'

/** Guessing a token of 256 bits is hopeless; this keeps a wild script from filling the node. */
const defaultControlRate: Rate = { requestsPerSecond: 100, burst: 500 }

/** Names of files, thousands of them; never their content. */
const bodyLimits = { maxBodyBytes: 16 * 1024 * 1024, maxDepth: 16, maxMembers: 200_000 }

/** Opens it. */
export async function openControlServer(
  node: Node,
  token: string,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = Fastify({ trustProxy: false })
  const rate = { ...defaultControlRate, ...node.configuration.limits.control }
  limitCalls(app, rate, () => node.clock.now().getTime())
  readJsonBodies(app, bodyLimits)
  addControlDoor(app, node, token)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, close: () => app.close() }
}
