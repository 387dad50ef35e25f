/** Users as rows, sealed against alteration: a role cannot be raised with SQL unnoticed. */
import { rowSeal } from '../row-seal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import type { Role, User } from './users.ts'

/** Every column of `users` but the organisation's. */
export interface UserRow {
  readonly name: string
  readonly display_name: string
  readonly role: Role
  readonly password_hash: string
  readonly disabled: boolean
  readonly created_time: string
  readonly failures: number
  readonly locked_until: string | null
}

const COLUMNS = 'name, display_name, role, password_hash, disabled, created_time, failures, locked_until'

/** Users in order of name, or one; `lock` holds the row until the transaction ends. */
export function userRows(
  vault: VaultContext,
  session: SqlSession,
  one?: { readonly name: string; readonly lock: boolean },
): Promise<UserRow[]> {
  return session.query<UserRow>(
    `SELECT ${COLUMNS} FROM users WHERE organisation_id = $1 ${one === undefined ? '' : 'AND name = $2'}
     ORDER BY name COLLATE "C" ${one?.lock === true ? 'FOR UPDATE' : ''}`,
    one === undefined ? [vault.organisationId] : [vault.organisationId, one.name],
  )
}

/** Writes a whole row; false when `isNew` and the name is taken. */
export async function writeUser(
  vault: VaultContext,
  session: SqlSession,
  row: UserRow,
  { isNew }: { readonly isNew: boolean },
): Promise<boolean> {
  const sql = isNew ? INSERT : UPDATE
  const rows = await session.query(sql, [
    vault.organisationId,
    row.name,
    row.display_name,
    row.role,
    row.password_hash,
    row.disabled,
    row.created_time,
    row.failures,
    row.locked_until,
    userSeal(vault, row),
  ])
  return rows.length === 1
}

const INSERT = `INSERT INTO users (organisation_id, ${COLUMNS}, row_seal)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING name`

const UPDATE = `UPDATE users SET display_name = $3, role = $4, password_hash = $5, disabled = $6, created_time = $7,
  failures = $8, locked_until = $9, row_seal = $10 WHERE organisation_id = $1 AND name = $2 RETURNING name`

/** Keyed digest over a user's row. */
export function userSeal(vault: VaultContext, row: UserRow): Uint8Array {
  return rowSeal(
    vault,
    'users',
    row.name,
    row.display_name,
    row.role,
    row.password_hash,
    row.disabled,
    row.created_time,
    row.failures,
    row.locked_until,
  )
}

/** A row as a value, without its secrets. */
export function userOf(row: UserRow): User {
  return {
    name: row.name,
    displayName: row.display_name,
    role: row.role,
    disabled: row.disabled,
    createdTime: row.created_time,
    lockedUntil: row.locked_until,
  }
}
