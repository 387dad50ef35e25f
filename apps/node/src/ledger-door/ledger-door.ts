/** The ledger door over HTTP: the routes as a fastify plugin, with limits and the question who may ask. */
import { timingSafeEqual } from 'node:crypto'
import { isEngineFailure } from '@meridian/engine'
import { MAX_STATEMENT_BYTES } from '@meridian/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { LedgerNeeds, LedgerRoute } from './ledger-route.ts'
import { ledgerRoutes } from './ledger-routes.ts'

/** Who may ask. */
export interface LedgerDoorOptions extends LedgerNeeds {
  /** Whoever brings it may ask from anywhere; without one only loopback may. */
  readonly token?: string
  /** Told of a failure by its code; nothing of the request is in it. */
  readonly onFailure?: (code: string) => void
}

/** Registers the routes on `app`. Its hooks and error handler go with them, so give it a scope: `app.register(addLedgerDoor, options)`. */
export async function addLedgerDoor(app: FastifyInstance, options: LedgerDoorOptions): Promise<void> {
  app.addContentTypeParser('application/cbor', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.addHook('onRequest', async (request, reply) => {
    if (!mayAsk(request, options.token)) await reply.code(401).send({ code: 'door.not-allowed' })
  })
  app.setErrorHandler(async (error, _request, reply) => answerFailure(error, reply, options))
  for (const route of ledgerRoutes) app.route(routeOptions(route, options))
}

function routeOptions(route: LedgerRoute, needs: LedgerNeeds): RouteOptions {
  const body = route.method === 'POST' ? { bodyLimit: MAX_STATEMENT_BYTES } : {}
  return {
    method: route.method,
    url: route.url,
    ...body,
    schema: { params: objectSchema(route.params, true), querystring: objectSchema(route.query, false) },
    handler: async (request, reply) => {
      const { status, body: text } = await route.answer(needs, {
        params: request.params as Record<string, string>,
        query: request.query as Record<string, string>,
        body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
        signal: whenGone(reply),
      })
      return reply.code(status).type('application/json; charset=utf-8').send(text)
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

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** With a token everybody must bring it; without one only this machine may ask. */
function mayAsk(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return LOOPBACK.has(request.ip)
  return isSame(request.headers.authorization ?? '', `Bearer ${token}`)
}

function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A failure of ours is named by its code; a malformed request gets the status that fastify chose, and no echo of it. */
function answerFailure(error: unknown, reply: FastifyReply, options: LedgerDoorOptions): FastifyReply {
  const code = isEngineFailure(error) ? error.code : undefined
  const asked = (error as { statusCode?: number }).statusCode ?? 500
  const status = code === undefined ? asked : 503
  options.onFailure?.(code ?? (asked < 500 ? 'door.malformed-request' : 'door.failed'))
  return reply.code(status).send({ code: code ?? (asked < 500 ? 'door.malformed-request' : 'door.failed') })
}
