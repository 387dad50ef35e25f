/** Users: named people with one role each. Only administrators reach these. */
import type { Role, User, UserRefused } from '@meridian/vault'
import { type AdminErrorCode, type AdminRefusal, refuseCall } from '../admin-errors.ts'
import type { AdminRoute, DoorParts } from '../admin-route.ts'
import { anyOfThese, exactly, nameForm, passwordForm, roleForm } from '../parameter-forms.ts'

const refusals: Record<UserRefused['code'], AdminErrorCode> = {
  'name-taken': 'user.name-taken',
  'name-unknown': 'user.unknown',
  'name-malformed': 'user.name-malformed',
  'password-weak': 'user.password-weak',
  'last-administrator': 'user.last-administrator',
}

function userDocument({ name, displayName, role, disabled, createdTime, lockedUntil }: User): object {
  return { name, displayName, role, disabled, createdTime, lockedUntil }
}

/** `GET /api/users` → all users; an institution has few, so there is no `next`. */
export const listUsers: AdminRoute = {
  method: 'GET',
  path: '/api/users',
  answer: async (_call, parts) => ({ items: (await parts.vault.users.list()).map(userDocument) }),
}

/** `POST /api/users {name, displayName, role, password}` → 201 and the user. */
export const createUser: AdminRoute = {
  method: 'POST',
  path: '/api/users',
  schema: {
    body: exactly({ name: nameForm, displayName: nameForm, role: roleForm, password: passwordForm }),
  },
  async answer({ body, reply }, parts) {
    const user = await parts.vault.users.create({
      name: String(body.name),
      displayName: String(body.displayName),
      role: body.role as Role,
      password: String(body.password),
    })
    if ('refused' in user) return refuseCall(refusals[user.code])
    reply.code(201)
    return userDocument(user)
  },
}

/** `PATCH /api/users/:name {role?, disabled?, password?}` → the user as changed. A new password ends their sessions. */
export const changeUser: AdminRoute = {
  method: 'PATCH',
  path: '/api/users/:name',
  schema: {
    params: exactly({ name: nameForm }),
    body: anyOfThese({ role: roleForm, disabled: { type: 'boolean' }, password: passwordForm }),
  },
  async answer({ params, body }, parts) {
    const name = params.name ?? ''
    const refused = await change(name, body, parts)
    if (refused !== undefined) return refused
    const user = (await parts.vault.users.list()).find((u) => u.name === name)
    return user === undefined ? refuseCall('user.unknown') : userDocument(user)
  },
}

async function change(
  name: string,
  body: Readonly<Record<string, unknown>>,
  { vault: { users } }: DoorParts,
): Promise<AdminRefusal | undefined> {
  const steps = [
    ...(typeof body.role === 'string' ? [() => users.setRole(name, body.role as Role)] : []),
    ...(typeof body.disabled === 'boolean' ? [() => users.setDisabled(name, body.disabled as boolean)] : []),
    ...(typeof body.password === 'string' ? [() => users.setPassword(name, String(body.password))] : []),
  ]
  for (const step of steps) {
    const refused = await step()
    if (refused !== undefined) return refuseCall(refusals[refused.code])
  }
  return undefined
}
