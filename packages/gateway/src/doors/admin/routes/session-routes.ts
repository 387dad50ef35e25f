/** Signing in and out, and who one is. */
import type { SignInRefused, User } from '@meridian/vault'
import { type AdminErrorCode, refuseCall } from '../admin-errors.ts'
import type { AdminRoute, DoorParts } from '../admin-route.ts'
import { exactly, nameForm, passwordForm } from '../parameter-forms.ts'
import { clearSessionCookie, csrfTokenOf, setSessionCookie } from '../session/session-cookie.ts'

const refusals: Record<SignInRefused['code'], AdminErrorCode> = {
  wrong: 'session.wrong-credentials',
  locked: 'session.locked',
  disabled: 'session.disabled',
}

function sessionDocument(person: User, token: string, { organisation }: DoorParts): object {
  const { name, displayName, role } = person
  return { person: { name, displayName, role }, organisation, csrf: csrfTokenOf(token) }
}

/** `POST /api/session {name, password}` → who, organisation and the CSRF token; sets the cookie. */
export const signIn: AdminRoute = {
  method: 'POST',
  path: '/api/session',
  schema: { body: exactly({ name: nameForm, password: passwordForm }) },
  async answer({ body, request, reply }, parts) {
    if (parts.signInLimit.isPaused(request.ip)) return refuseCall('session.too-many-attempts')
    parts.signInLimit.attempted(request.ip)
    const signedIn = await parts.vault.users.signIn(String(body.name), String(body.password))
    if ('refused' in signedIn) return refuseCall(refusals[signedIn.code])
    parts.signInLimit.succeeded(request.ip)
    reply.header('set-cookie', setSessionCookie(signedIn.token, parts.secureCookie))
    return sessionDocument(signedIn.user, signedIn.token, parts)
  },
}

/** `GET /api/session` → the same document, or 401. */
export const readSession: AdminRoute = {
  method: 'GET',
  path: '/api/session',
  async answer({ caller }, parts) {
    if (caller === undefined) return refuseCall('session.required')
    return sessionDocument(caller.person, caller.token, parts)
  },
}

/** `DELETE /api/session` → 204; the token is over in the vault too. */
export const signOut: AdminRoute = {
  method: 'DELETE',
  path: '/api/session',
  async answer({ caller, reply }, parts) {
    if (caller !== undefined) await parts.vault.users.signOut(caller.token)
    reply.header('set-cookie', clearSessionCookie(parts.secureCookie))
    return undefined
  },
}
