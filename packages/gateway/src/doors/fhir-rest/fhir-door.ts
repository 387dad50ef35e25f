/** The FHIR REST door: a fastify plugin that owns `/fhir/R4/*`. It reads HTTP and writes HTTP; the interactions do the rest. */
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { createRateLimit, type RateLimit } from '../rate-limit.ts'
import { isResourceType } from './answer-question.ts'
import { capabilityStatement } from './capability-statement.ts'
import { createCriteriaTurns } from './criteria-turns.ts'
import { type FhirAnswer, refuseRequest } from './fhir-answer.ts'
import { gatherWrites } from './gather-writes.ts'
import { type FhirCall, type Interaction, interactions } from './interactions.ts'
import {
  defaultFhirDoorLimits,
  type FhirAccessRefusal,
  type FhirCaller,
  type FhirDoorNeeds,
  type OpenDoorNeeds,
} from './needs.ts'
import { operationRoutes } from './operations.ts'
import { terminologyCapabilities } from './terminology/terminology-capabilities.ts'

/** Where the door stands below the server's address. */
export const fhirBasePath = '/fhir/R4'

/** Makes the plugin. Without a session every address but `metadata` answers 401. */
export function fhirDoor(needs: FhirDoorNeeds): FastifyPluginAsync {
  return async (server) => {
    await server.register(async (app) => openDoor(app, needs), { prefix: fhirBasePath })
  }
}

function openDoor(app: FastifyInstance, handed: FhirDoorNeeds): void {
  const needs: OpenDoorNeeds = {
    ...handed,
    takeIn: gatherWrites(handed.takeIn),
    inTurn: createCriteriaTurns(),
  }
  const limits = needs.limits ?? defaultFhirDoorLimits
  const nowMs = () => needs.clock.now().getTime()
  const rates: Rates = {
    callers: createRateLimit(limits, nowMs),
    strangers: createRateLimit(limits.strangers, nowMs),
  }
  readBodies(app)
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const code = errorCode(error)
    if (code === 'rest.outside-failed') request.log.error({ code: error.code, name: error.name }, 'fhir door')
    return send(reply, refuseRequest(code, needs.explain))
  })
  app.setNotFoundHandler((_request, reply) =>
    send(reply, refuseRequest('rest.address-unknown', needs.explain)),
  )
  app.get('/metadata', (request, reply) => {
    const waitMs = rates.strangers.take(request.ip)
    const { mode } = request.query as { mode?: string }
    return send(reply, waitMs > 0 ? tooMany(needs, waitMs) : metadata(needs, mode))
  })
  for (const interaction of routesOf([...operationRoutes, ...interactions])) {
    app.route({
      method: interaction.method,
      url: interaction.path,
      bodyLimit: interaction.body === 'bundle' ? limits.maxBundleBytes : limits.maxResourceBytes,
      handler: async (request, reply) => send(reply, await answer(needs, rates, interaction, request)),
    })
  }
}

/** Interactions that share method and path share a route: the first one answers for both. */
function routesOf(all: readonly Interaction[]): readonly Interaction[] {
  const seen = new Set<string>()
  return all.filter(({ method, path }) => seen.size !== seen.add(`${method} ${path}`).size)
}

/** Callers by name; addresses by what they asked without a good token. */
interface Rates {
  readonly callers: RateLimit
  readonly strangers: RateLimit
}

async function answer(
  needs: OpenDoorNeeds,
  rates: Rates,
  interaction: Interaction,
  request: FastifyRequest,
): Promise<FhirAnswer> {
  // Whoever keeps bringing bad tokens is not looked up any more: each costs a query.
  const strangerWaitMs = rates.strangers.waitMs(request.ip)
  if (strangerWaitMs > 0) return tooMany(needs, strangerWaitMs)
  const caller = await needs.authenticate({ headers: request.headers, address: request.ip })
  if (isAccessRefusal(caller)) {
    rates.strangers.take(request.ip)
    return unauthenticated(needs, caller)
  }
  const waitMs = rates.callers.take(caller.name)
  if (waitMs > 0) return tooMany(needs, waitMs)
  const { type = '' } = request.params as { type?: string }
  if (interaction.level === 'type' && !isResourceType(type))
    return refuseRequest('rest.type-unknown', needs.explain)
  const wrong = wrongContent(interaction, request)
  if (wrong !== undefined) return refuseRequest(wrong, needs.explain)
  return interaction.answer(needs, caller, callOf(request, type))
}

function tooMany(needs: FhirDoorNeeds, waitMs: number): FhirAnswer {
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) }
  return { ...refuseRequest('rest.too-many-requests', needs.explain), headers }
}

function callOf(request: FastifyRequest, type: string): FhirCall {
  const { id = '', version = '' } = request.params as { id?: string; version?: string }
  const question = request.url.indexOf('?')
  return {
    type,
    id,
    version,
    query: new URLSearchParams(question === -1 ? '' : request.url.slice(question + 1)),
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    header: (name) => {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
  }
}

const jsonTypes = /^application\/(fhir\+json|json)\b/i
const formType = /^application\/x-www-form-urlencoded\b/i

function wrongContent(interaction: Interaction, { headers }: FastifyRequest): string | undefined {
  const sent = headers['content-type'] ?? ''
  const fits = interaction.body === 'form' ? formType.test(sent) : jsonTypes.test(sent)
  if (interaction.body !== undefined && !fits) return 'rest.content-type'
  const { accept } = headers
  const acceptable = accept === undefined || /json|\*\/\*|application\/\*/.test(accept)
  return acceptable ? undefined : 'rest.not-acceptable'
}

// Bodies stay bytes: the rooms read them strictly, and what was received must be kept exactly.
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

function metadata(needs: FhirDoorNeeds, mode: string | undefined): FhirAnswer {
  const { publisher, software, clock } = needs
  const date = clock.now().toISOString()
  const facts = { baseUrl: needs.baseUrl(), publisher, software, date }
  const document =
    mode === 'terminology' ? terminologyCapabilities(needs.terminology, facts) : capabilityStatement(facts)
  return { status: 200, body: JSON.stringify(document) }
}

function unauthenticated(needs: FhirDoorNeeds, { refusedAccess }: FhirAccessRefusal): FhirAnswer {
  const refused = refuseRequest(refusedAccess, needs.explain)
  return refused.status === 401 ? { ...refused, headers: { 'www-authenticate': 'Bearer' } } : refused
}

function isAccessRefusal(caller: FhirCaller | FhirAccessRefusal): caller is FhirAccessRefusal {
  return 'refusedAccess' in caller
}

function errorCode(error: FastifyError): string {
  if (error.statusCode === 413) return 'rest.too-large'
  if (error.statusCode === 415) return 'rest.content-type'
  return error.statusCode !== undefined && error.statusCode < 500 ? 'rest.malformed' : 'rest.outside-failed'
}

function send(reply: FastifyReply, { status, headers = {}, body }: FhirAnswer): FastifyReply {
  reply.code(status).headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers })
  return body === undefined ? reply.send() : reply.type('application/fhir+json; charset=utf-8').send(body)
}
