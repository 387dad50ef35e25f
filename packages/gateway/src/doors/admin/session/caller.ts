/** Who is calling: a bearer token first, else the session cookie; with the cookie, a change needs the CSRF header too. */
import type { User, Users } from '@meridian/vault'
import type { FastifyRequest } from 'fastify'
import { type AdminRefusal, refuseCall } from '../admin-errors.ts'
import { isCsrfToken, readSessionCookie } from './session-cookie.ts'

/** The person, the token that says so, and whether it came in a cookie. */
export interface Caller {
  readonly person: User
  readonly token: string
  readonly byCookie: boolean
}

/** Finds the caller of a request or says why there is none. The vault is asked on every call. */
export async function callerOf(
  request: FastifyRequest,
  users: Pick<Users, 'authenticate'>,
): Promise<Caller | AdminRefusal> {
  const bearer = /^Bearer ([\w.~+/=-]{16,512})$/.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? readSessionCookie(request.headers.cookie)
  if (token === undefined) return refuseCall('session.required')
  const byCookie = bearer === undefined
  if (byCookie && request.method !== 'GET' && !isCsrfToken(request.headers['x-csrf-token'], token))
    return refuseCall('session.csrf')
  const person = await users.authenticate(token)
  return person === undefined ? refuseCall('session.required') : { person, token, byCookie }
}
