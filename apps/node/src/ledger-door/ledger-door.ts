/** The ledger door over HTTP: the routes as a fastify plugin, with limits and the question who may ask. */
import { isEngineFailure } from '@meridian/engine'
import { doorRefusal, limitCalls, type Rate, requestRefusal, sendDoorRefusal } from '@meridian/gateway'
import { MAX_STATEMENT_BYTES } from '@meridian/protocol'
import type { FastifyError, FastifyInstance, FastifyReply, RouteOptions } from 'fastify'
import type { LedgerNeeds, LedgerRoute } from './ledger-route.ts'
import { ledgerRoutes } from './ledger-routes.ts'
import { mayAsk } from './may-ask.ts'

/** Who may ask. */
export interface LedgerDoorOptions extends LedgerNeeds {
  /** Whoever brings it may ask everything from anywhere; without one only this machine may, and nobody through a proxy. */
  readonly token?: string
  /** How often one address may ask. */
  readonly rate?: Rate
  readonly nowMs?: () => number
  /** Told of a failure by its code; nothing of the request is in it. */
  readonly onFailure?: (code: string) => void
}

/** A gateway submits its batches in a few calls a second; a verifier fetches a receipt now and then. */
export const defaultLedgerRate: Rate = { requestsPerSecond: 2000, burst: 4000 }

/** Registers the routes on `app`. Its hooks and error handler go with them, so give it a scope: `app.register(addLedgerDoor, options)`. */
export async function addLedgerDoor(app: FastifyInstance, options: LedgerDoorOptions): Promise<void> {
  limitCalls(app, options.rate ?? defaultLedgerRate, options.nowMs ?? (() => performance.now()))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/cbor', 'text/plain'],
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  )
  app.setErrorHandler(async (error, _request, reply) => answerFailure(error, reply, options))
  for (const route of ledgerRoutes) app.route(routeOptions(route, options))
}

function routeOptions(route: LedgerRoute, needs: LedgerDoorOptions): RouteOptions {
  const body = route.method === 'POST' ? { bodyLimit: MAX_STATEMENT_BYTES } : {}
  return {
    method: route.method,
    url: route.url,
    ...body,
    onRequest: async (request, reply) => {
      if (!mayAsk(request, route, needs)) await sendDoorRefusal(reply, doorRefusal('door.not-allowed'))
    },
    schema: { params: objectSchema(route.params, true), querystring: objectSchema(route.query, false) },
    handler: async (request, reply) => {
      const {
        status,
        body: text,
        type = 'application/json; charset=utf-8',
        retryAfterSeconds,
      } = await route.answer(needs, {
        params: request.params as Record<string, string>,
        query: request.query as Record<string, string>,
        body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
        signal: whenGone(reply),
      })
      if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
      return reply.code(status).type(type).send(text)
    },
  }
}

function objectSchema(patterns: Readonly<Record<string, string>>, required: boolean): object {
  const names = Object.keys(patterns)
  return {
    type: 'object',
    additionalProperties: false,
    ...(required ? { required: names } : {}),
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string', pattern: patterns[name] }])),
  }
}

function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}

/** A failure of ours is named by its code; a malformed request gets the status that fastify chose, and no echo of it. */
function answerFailure(error: unknown, reply: FastifyReply, options: LedgerDoorOptions): FastifyReply {
  if (isEngineFailure(error)) {
    options.onFailure?.(error.code)
    return reply.code(503).send({ code: error.code, message: { zh: error.zh, en: error.message } })
  }
  const refusal = requestRefusal(error as FastifyError) ?? doorRefusal('door.failed')
  options.onFailure?.(refusal.code)
  return sendDoorRefusal(reply, refusal)
}
