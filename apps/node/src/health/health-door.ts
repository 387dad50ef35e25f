/** `/healthz`, `/readyz` and `/metrics`: for the supervisor, the load balancer and the monitor of the institution. */
import { doorRefusal, limitCalls, type Rate, sendDoorRefusal } from '@meridian/gateway'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isOwnCall } from '../ledger-door/may-ask.ts'
import { prometheusText, prometheusType } from './prometheus-text.ts'
import { type CountedNode, readMetrics } from './read-metrics.ts'
import { type AskedNode, readReadiness } from './readiness.ts'
import type { Health } from './watch-health.ts'

/** What the door stands on. */
export interface HealthDoorOptions {
  readonly node: AskedNode & CountedNode
  readonly health: Health
  /** Whoever brings it as a bearer token may ask from anywhere; without one only this machine may. */
  readonly token?: string
  readonly nowMs: () => number
}

/** A monitor asks a few times a minute. */
const rate: Rate = { requestsPerSecond: 20, burst: 60 }

/** Registers the three addresses. Its hooks go with them, so give it a scope: `app.register(addHealthDoor, options)`. */
export async function addHealthDoor(app: FastifyInstance, options: HealthDoorOptions): Promise<void> {
  const { node, health, token } = options
  limitCalls(app, rate, options.nowMs)
  const own = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!isOwnCall(request, token)) await sendDoorRefusal(reply, doorRefusal('door.not-allowed'))
  }
  app.get('/healthz', async (_request, reply) => fresh(reply).send({ alive: true }))
  app.get('/readyz', { onRequest: own }, async (_request, reply) => {
    const readiness = await readReadiness(node, health)
    return fresh(reply)
      .code(readiness.ready ? 200 : 503)
      .send(readiness)
  })
  app.get('/metrics', { onRequest: own }, async (_request, reply) => {
    const text = prometheusText(await readMetrics(node, health))
    return fresh(reply).type(prometheusType).send(text)
  })
}

const fresh = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'no-store')
