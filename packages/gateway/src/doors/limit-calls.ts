/** Limits how often one address may call a door, before its body is read: the 429 costs less than what it refuses. */
import type { FastifyInstance } from 'fastify'
import { doorRefusal, retryAfter, sendDoorRefusal } from './door-refusals.ts'
import { createRateLimit, type Rate } from './rate-limit.ts'

/** Adds the hook to a scope. An address is what fastify sees: behind a trusted proxy the client's. */
export function limitCalls(app: FastifyInstance, rate: Rate, nowMs: () => number): void {
  const rates = createRateLimit(rate, nowMs)
  app.addHook('onRequest', async (request, reply) => {
    const waitMs = rates.take(request.ip)
    if (waitMs === 0) return
    await sendDoorRefusal(retryAfter(reply, waitMs), doorRefusal('door.too-many-requests'))
  })
}
