/** The admin door: a fastify plugin with the JSON API of the console. Access is decided here, from one table. */
import type { FastifyError, FastifyPluginAsync, FastifyReply } from 'fastify'
import { whoMay } from './access.ts'
import { type AdminErrorCode, type AdminRefusal, isAdminRefusal, refuseCall } from './admin-errors.ts'
import type { AdminCall, AdminRoute, DoorParts } from './admin-route.ts'
import { createCorridorFeed } from './corridor-feed.ts'
import type { AdminNeeds } from './needs.ts'
import { adminRoutes } from './routes.ts'
import { callerOf } from './session/caller.ts'
import { createSignInLimit } from './session/sign-in-limit.ts'

/** A message of a hospital fits; what is mended by hand is far smaller. */
const bodyLimit = 2 * 1024 * 1024

/**
 * Makes the plugin. It owns `/api/*` and nothing else, keeps sessions in memory and closes its event streams before the
 * server closes.
 */
export function adminDoor(needs: AdminNeeds): FastifyPluginAsync {
  return async (app) => {
    const parts: DoorParts = {
      ...needs,
      signInLimit: createSignInLimit(needs.nowMs),
      feed: createCorridorFeed(needs),
    }
    app.addHook('preClose', async () => parts.feed.close())
    app.setErrorHandler<FastifyError>((error, request, reply) => {
      const refusal = refuseCall(errorCode(error), wrongParameter(error))
      if (refusal.status >= 500) request.log.error({ code: refusal.code, name: error.name }, 'admin door')
      return send(reply, refusal)
    })
    for (const route of adminRoutes) {
      const allowed = whoMay(route.method, route.path)
      app.route({
        method: route.method,
        url: route.path,
        bodyLimit,
        ...(route.schema === undefined ? {} : { schema: route.schema }),
        handler: async (request, reply) => {
          reply.header('cache-control', 'no-store')
          const caller = await callerOf(request, parts.vault.users)
          const known = isAdminRefusal(caller) ? undefined : caller
          if (allowed !== 'anyone') {
            if (isAdminRefusal(caller)) return send(reply, caller)
            if (!allowed.includes(caller.person.role)) return send(reply, refuseCall('access.role'))
          }
          return answer(route, { ...callParts(request), caller: known, request, reply }, parts)
        },
      })
    }
    app.all('/api/*', (_request, reply) => send(reply, refuseCall('route.unknown')))
  }
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
  return reply.code(status).send({ code, message, hint, ...(parameter === undefined ? {} : { parameter }) })
}

function errorCode(error: FastifyError): AdminErrorCode {
  if (error.validation !== undefined) return 'request.invalid'
  if (error.statusCode === 413) return 'request.too-large'
  if (error.statusCode !== undefined && error.statusCode < 500) return 'request.invalid'
  return error.name === 'VaultFailure' || error.name === 'EngineFailure' ? 'outside.failed' : 'door.failed'
}

/** Only the name of what was wrong leaves, never its value. */
function wrongParameter(error: FastifyError): string | undefined {
  const first = error.validation?.[0]
  if (first === undefined) return undefined
  const missing = first.params.missingProperty
  return typeof missing === 'string' ? missing : first.instancePath.replace(/^\//, '') || undefined
}
