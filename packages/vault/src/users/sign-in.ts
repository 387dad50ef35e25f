/** Signing in and staying so: lock-out after failures, tokens of 256 random bits kept only as their hash. */
import { createHash, randomBytes } from 'node:crypto'
import { isSealed, rowSeal } from '../row-seal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import { isPassword } from './password.ts'
import { type UserRow, userOf, userRows, userSeal, writeUser } from './user-row.ts'
import type { Session, SignInRefused, User, UserRefused } from './users.ts'

const FAILURES_ALLOWED = 5
const LOCK_MS = 15 * 60_000
const TOKEN_MS = 12 * 3_600_000
const TOKEN_BYTES = 32

/** See {@link Users.signIn}. */
export async function signIn(
  vault: VaultContext,
  name: string,
  password: string,
): Promise<Session | SignInRefused> {
  const [before] = await userRows(vault, vault.driver, { name, lock: false })
  const right = await isPassword(password, before?.password_hash)
  return vault.driver.transaction(async (session) => {
    const [row] = await userRows(vault, session, { name, lock: true })
    if (row === undefined) return refused('wrong')
    if (row.locked_until !== null && Date.parse(row.locked_until) > vault.clock.now().getTime()) {
      return refused('locked')
    }
    if (!right || row.password_hash !== before?.password_hash) return failed(vault, session, row)
    if (row.disabled) return refused('disabled')
    await writeUser(vault, session, { ...row, failures: 0, locked_until: null }, { isNew: false })
    return makeToken(vault, session, row, TOKEN_MS)
  })
}

async function failed(vault: VaultContext, session: SqlSession, row: UserRow): Promise<SignInRefused> {
  const failures = row.failures + 1
  const locks = failures >= FAILURES_ALLOWED
  const until = new Date(vault.clock.now().getTime() + LOCK_MS).toISOString()
  const changed = { ...row, failures: locks ? 0 : failures, locked_until: locks ? until : null }
  await writeUser(vault, session, changed, { isNew: false })
  return refused('wrong')
}

function refused(code: SignInRefused['code']): SignInRefused {
  return { refused: true, code }
}

/** See {@link Users.issueToken}. */
export async function issueToken(
  vault: VaultContext,
  name: string,
  lifeMs: number,
): Promise<Session | UserRefused> {
  return vault.driver.transaction(async (session) => {
    const [row] = await userRows(vault, session, { name, lock: true })
    if (row === undefined || row.disabled) return { refused: true, code: 'name-unknown' }
    return makeToken(vault, session, row, lifeMs)
  })
}

async function makeToken(
  vault: VaultContext,
  session: SqlSession,
  row: UserRow,
  lifeMs: number,
): Promise<Session> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const now = vault.clock.now()
  const made = {
    token_hash: tokenHash(token),
    name: row.name,
    created_time: now.toISOString(),
    expires_time: new Date(now.getTime() + lifeMs).toISOString(),
  }
  await session.query(
    `INSERT INTO user_tokens (organisation_id, token_hash, name, created_time, expires_time, row_seal)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      vault.organisationId,
      made.token_hash,
      made.name,
      made.created_time,
      made.expires_time,
      tokenSeal(vault, made),
    ],
  )
  await session.query('DELETE FROM user_tokens WHERE organisation_id = $1 AND expires_time <= $2', [
    vault.organisationId,
    made.created_time,
  ])
  return { token, user: userOf({ ...row, locked_until: null }), expiresTime: made.expires_time }
}

/** A token's row, as far as its seal covers it. */
export interface TokenRow {
  readonly token_hash: Uint8Array
  readonly name: string
  readonly created_time: string
  readonly expires_time: string
}

/** Keyed digest over a token's row. */
export function tokenSeal(vault: VaultContext, row: TokenRow): Uint8Array {
  return rowSeal(vault, 'user_tokens', ...tokenColumns(row))
}

function tokenColumns(row: TokenRow) {
  return [row.token_hash, row.name, row.created_time, row.expires_time] as const
}

function tokenHash(token: string): Uint8Array {
  return createHash('sha256').update(token, 'utf8').digest()
}

interface JoinedRow extends UserRow, TokenRow {
  readonly token_seal: Uint8Array
  readonly user_seal: Uint8Array
}

/** See {@link Users.authenticate}. A user or token altered behind our back is nobody. */
export async function authenticate(vault: VaultContext, token: string): Promise<User | undefined> {
  const [row] = await vault.driver.query<JoinedRow>(
    `SELECT u.*, u.row_seal AS user_seal, t.token_hash, t.expires_time, t.row_seal AS token_seal,
            t.created_time AS token_created
     FROM user_tokens t JOIN users u USING (organisation_id, name)
     WHERE t.organisation_id = $1 AND t.token_hash = $2 AND t.expires_time > $3 AND NOT u.disabled`,
    [vault.organisationId, tokenHash(token), vault.clock.now().toISOString()],
  )
  return row === undefined || !isGenuine(vault, row) ? undefined : userOf(row)
}

function isGenuine(vault: VaultContext, row: JoinedRow & { readonly token_created?: string }): boolean {
  const token = { ...row, created_time: row.token_created ?? '' }
  return (
    isSealed(vault, 'user_tokens', { seal: row.token_seal, columns: tokenColumns(token) }) &&
    Buffer.compare(userSeal(vault, row), row.user_seal) === 0
  )
}

/** See {@link Users.signOut}. */
export async function signOut(vault: VaultContext, token: string): Promise<void> {
  await vault.driver.query('DELETE FROM user_tokens WHERE organisation_id = $1 AND token_hash = $2', [
    vault.organisationId,
    tokenHash(token),
  ])
}
