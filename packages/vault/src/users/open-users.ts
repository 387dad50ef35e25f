/** The users over SQL: the port of `users.ts`. */
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import { hashPassword, isWeakPassword } from './password.ts'
import { authenticate, issueToken, signIn, signOut } from './sign-in.ts'
import { type UserRow, userOf, userRows, writeUser } from './user-row.ts'
import type { Role, User, UserRefused, Users } from './users.ts'

/** Makes the users of one vault. */
export function openUsers(vault: VaultContext): Users {
  return {
    count: async () => (await userRows(vault, vault.driver)).length,
    create: (user) => create(vault, user),
    list: async () => (await userRows(vault, vault.driver)).map(userOf),
    signIn: (name, password) => signIn(vault, name, password),
    issueToken: (name, lifeMs) => issueToken(vault, name, lifeMs),
    authenticate: (token) => authenticate(vault, token),
    signOut: (token) => signOut(vault, token),
    setPassword: (name, password) => setPassword(vault, name, password),
    setRole: (name, role) => change(vault, name, (row) => ({ ...row, role })),
    setDisabled: (name, disabled) => change(vault, name, (row) => ({ ...row, disabled })),
  }
}

/** Letters of any script, digits, and a few joiners: what can be typed at a counter and printed in a list. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u

async function create(
  vault: VaultContext,
  user: { name: string; displayName: string; role: Role; password: string },
): Promise<User | UserRefused> {
  const name = user.name.normalize('NFC')
  if (!NAME.test(name)) return refused('name-malformed')
  if (isWeakPassword(name, user.password)) return refused('password-weak')
  const row: UserRow = {
    name,
    display_name: user.displayName,
    role: user.role,
    password_hash: await hashPassword(user.password),
    disabled: false,
    created_time: vault.clock.now().toISOString(),
    failures: 0,
    locked_until: null,
  }
  return (await writeUser(vault, vault.driver, row, { isNew: true })) ? userOf(row) : refused('name-taken')
}

async function setPassword(
  vault: VaultContext,
  name: string,
  password: string,
): Promise<UserRefused | undefined> {
  if (isWeakPassword(name, password)) return refused('password-weak')
  const hash = await hashPassword(password)
  return change(vault, name, (row) => ({ ...row, password_hash: hash, failures: 0, locked_until: null }))
}

/** Changes a user and ends all their sessions. There is always an administrator who can sign in. */
async function change(
  vault: VaultContext,
  name: string,
  changed: (row: UserRow) => UserRow,
): Promise<UserRefused | undefined> {
  return vault.driver.transaction(async (session) => {
    const [row] = await userRows(vault, session, { name, lock: true })
    if (row === undefined) return refused('name-unknown')
    const next = changed(row)
    if (isActing(row) && !isActing(next) && (await actingAdministrators(vault, session)) === 1) {
      return refused('last-administrator')
    }
    await writeUser(vault, session, next, { isNew: false })
    await session.query('DELETE FROM user_tokens WHERE organisation_id = $1 AND name = $2', [
      vault.organisationId,
      name,
    ])
    return undefined
  })
}

function isActing(row: UserRow): boolean {
  return row.role === 'administrator' && !row.disabled
}

async function actingAdministrators(vault: VaultContext, session: SqlSession): Promise<number> {
  return (await userRows(vault, session)).filter(isActing).length
}

function refused(code: UserRefused['code']): UserRefused {
  return { refused: true, code }
}
