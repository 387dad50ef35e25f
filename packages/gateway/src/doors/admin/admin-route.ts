/** The shape of one route of the admin door: method, path, what its parameters must look like, and what it answers. */
import type { User } from '@meridian/vault'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AdminRefusal } from './admin-errors.ts'
import type { CorridorFeed } from './corridor-feed.ts'
import type { AdminNeeds } from './needs.ts'
import type { Caller } from './session/caller.ts'
import type { SignInLimit } from './session/sign-in-limit.ts'

/** The needs, and what the door makes for itself when it opens. */
export interface DoorParts extends AdminNeeds {
  readonly signInLimit: SignInLimit
  readonly feed: CorridorFeed
}

/** One call. Parameters are as the route's schema says. `caller` is absent only where the table says *anyone*. */
export interface AdminCall {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly caller: Caller | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** One route. `answer` returns a JSON value, a refusal, or nothing (204, or it has written the reply itself). */
export interface AdminRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly schema?: { params?: object; querystring?: object; body?: object }
  answer(call: AdminCall, parts: DoorParts): Promise<object | AdminRefusal | undefined>
}

/** The person who calls. @throws Error where the access table lets anyone in: a bug. */
export function personOf(call: AdminCall): User {
  if (call.caller === undefined) throw new Error('a route for signed-in people was reached by nobody')
  return call.caller.person
}
