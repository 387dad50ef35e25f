/**
 * Reads the JSON bodies of a door with the strict reader: bounded size, depth and members, no member twice, and member names as
 * they were sent, which `JSON.parse` of V8 13.6 does not promise (`plainCopy` in protocol says when).
 */
import { type CanonicalText, isRefusal, plainCopy, type Refusal, readCanonicalText } from '@meridian/protocol'
import type { FastifyError, FastifyInstance } from 'fastify'
import type { DoorLimits } from './door-limits.ts'
import { type DoorRefusal, doorRefusal } from './door-refusals.ts'

/** A body that is refused: fastify hands it to the door's error handler. */
interface BodyRefused extends Error {
  readonly statusCode: number
  readonly bodyRefusal: Refusal
}

/** Takes every parser away and puts one for `application/json` in their place. An empty body is no body. */
export function readJsonBodies(
  app: FastifyInstance,
  limits: Pick<DoorLimits, 'maxBodyBytes' | 'maxDepth' | 'maxMembers'>,
): void {
  const { maxBodyBytes: maxBytes, maxDepth, maxMembers } = limits
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: maxBytes },
    (_request, body, done) => {
      if (body.length === 0) return done(null, undefined)
      const text = readCanonicalText(new Uint8Array(body as Buffer), { maxBytes, maxDepth, maxMembers })
      if (isRefusal(text)) return done(bodyRefused(text))
      if (namesPrototype(text))
        return done(Object.assign(new Error('reserved name'), { statusCode: 400, reservedName: true }))
      done(null, plainCopy(text))
    },
  )
}

/** `__proto__` as a member: canonical text writes it in one way only, and inside a string its closing quote would be escaped. */
function namesPrototype(text: CanonicalText): boolean {
  return text.includes('"__proto__":')
}

function bodyRefused(bodyRefusal: Refusal): BodyRefused {
  const statusCode = bodyRefusal.code.startsWith('text.too-') ? 413 : 400
  return Object.assign(new Error(bodyRefusal.code), { statusCode, bodyRefusal })
}

/** The document for what fastify or the reader refused before a route was asked; undefined for a failure of ours. */
export function requestRefusal(error: FastifyError | BodyRefused): DoorRefusal | undefined {
  const { statusCode } = error
  const cause = 'bodyRefusal' in error ? error.bodyRefusal : undefined
  if (statusCode === 413) return doorRefusal('door.too-large', cause)
  if (cause !== undefined) return doorRefusal('door.malformed-body', cause)
  if ('reservedName' in error) return doorRefusal('door.reserved-name')
  if (statusCode === 415) return doorRefusal('door.content-type')
  return statusCode !== undefined && statusCode < 500 ? doorRefusal('door.malformed-request') : undefined
}
