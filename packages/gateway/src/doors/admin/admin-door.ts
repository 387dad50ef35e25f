/** The admin door: a fastify plugin with the JSON API of the console. Access is decided here, from one table. */
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify'
import { type DoorLimits, defaultDoorLimits } from '../door-limits.ts'
import { doorRefusal, retryAfter, sendDoorRefusal } from '../door-refusals.ts'
import { readJsonBodies, requestRefusal } from '../json-bodies.ts'
import { limitCalls } from '../limit-calls.ts'
import { createRateLimit, type Rate, type RateLimit } from '../rate-limit.ts'
import { whoMay } from './access.ts'
import { type AdminErrorCode, type AdminRefusal, isAdminRefusal, refuseCall } from './admin-errors.ts'
import type { AdminCall, AdminRoute, DoorParts } from './admin-route.ts'
import { createCorridorFeed } from './corridor-feed.ts'
import type { AdminNeeds } from './needs.ts'
import { adminRoutes } from './routes.ts'
import { callerOf } from './session/caller.ts'
import { createSignInLimit, signInLimits } from './session/sign-in-limit.ts'

/** People behind one address share it; each person has the door's own rate. */
const peopleBehindOneAddress = 10

/**
 * Makes the plugin. It owns `/api/*` and nothing else, keeps sessions in memory and closes its event streams before the
 * server closes.
 */
export function adminDoor(needs: AdminNeeds): FastifyPluginAsync {
  return async (app) => openDoor(app, needs)
}

function openDoor(app: FastifyInstance, needs: AdminNeeds): void {
  const limits = needs.limits ?? defaultDoorLimits
  const rates = createRateLimit(limits, needs.nowMs)
  limitCalls(app, shared(limits), needs.nowMs)
  readJsonBodies(app, limits)
  const parts: DoorParts = {
    ...needs,
    signInLimit: createSignInLimit(needs.nowMs),
    feed: createCorridorFeed(needs),
  }
  app.addHook('preClose', async () => parts.feed.close())
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const before = error.validation === undefined ? requestRefusal(error) : undefined
    if (before !== undefined) return sendDoorRefusal(reply, before)
    const refusal = refuseCall(errorCode(error), wrongParameter(error))
    if (refusal.status >= 500) request.log.error({ code: refusal.code, name: error.name }, 'admin door')
    return send(reply, refusal)
  })
  for (const route of adminRoutes) addRoute(app, route, { parts, rates, limits })
  app.all('/api/*', (_request, reply) => send(reply, refuseCall('route.unknown')))
}

interface OpenDoor {
  readonly parts: DoorParts
  readonly rates: RateLimit
  readonly limits: DoorLimits
}

function addRoute(app: FastifyInstance, route: AdminRoute, { parts, rates, limits }: OpenDoor): void {
  const allowed = whoMay(route.method, route.path)
  app.route({
    method: route.method,
    url: route.path,
    bodyLimit: limits.maxBodyBytes,
    ...(route.schema === undefined ? {} : { schema: route.schema }),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const caller = await callerOf(request, parts.vault.users)
      const known = isAdminRefusal(caller) ? undefined : caller
      const waitMs = known === undefined ? 0 : rates.take(known.person.name)
      if (waitMs > 0) return tooMany(reply, waitMs)
      if (allowed !== 'anyone') {
        if (isAdminRefusal(caller)) return send(reply, caller)
        if (!allowed.includes(caller.person.role)) return send(reply, refuseCall('access.role'))
      }
      return answer(route, { ...callParts(request), caller: known, request, reply }, parts)
    },
  })
}

function shared({ requestsPerSecond, burst }: Rate): Rate {
  return {
    requestsPerSecond: requestsPerSecond * peopleBehindOneAddress,
    burst: burst * peopleBehindOneAddress,
  }
}

function tooMany(reply: FastifyReply, waitMs: number): FastifyReply {
  return sendDoorRefusal(retryAfter(reply, waitMs), doorRefusal('door.too-many-requests'))
}

type Parts = Pick<AdminCall, 'params' | 'query' | 'body'>

function callParts(request: { params: unknown; query: unknown; body: unknown }): Parts {
  return {
    params: request.params as AdminCall['params'],
    query: request.query as AdminCall['query'],
    body: (request.body ?? {}) as AdminCall['body'],
  }
}

async function answer(route: AdminRoute, call: AdminCall, parts: DoorParts): Promise<FastifyReply> {
  const value = await route.answer(call, parts)
  if (isAdminRefusal(value)) return send(call.reply, value)
  if (call.reply.sent) return call.reply
  return value === undefined ? call.reply.code(204).send() : call.reply.send(value)
}

function send(reply: FastifyReply, refusal: AdminRefusal): FastifyReply {
  const { status, code, message, hint, parameter } = refusal
  if (code === 'session.too-many-attempts') retryAfter(reply, signInLimits.pauseMs)
  if (code === 'session.locked') retryAfter(reply, signInLimits.lockMs)
  return reply.code(status).send({ code, message, hint, ...(parameter === undefined ? {} : { parameter }) })
}

function errorCode(error: FastifyError): AdminErrorCode {
  if (error.validation !== undefined) return 'request.invalid'
  return error.name === 'VaultFailure' || error.name === 'EngineFailure' ? 'outside.failed' : 'door.failed'
}

/** Only the name of what was wrong leaves, never its value. */
function wrongParameter(error: FastifyError): string | undefined {
  const first = error.validation?.[0]
  if (first === undefined) return undefined
  const missing = first.params.missingProperty
  return typeof missing === 'string' ? missing : first.instancePath.replace(/^\//, '') || undefined
}
