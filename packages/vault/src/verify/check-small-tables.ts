/** Small tables whose rows carry a seal: contexts, users, tokens, erasure, holds, retention, recorded days. */
import { contextRows, contextSeal } from '../commitment-contexts.ts'
import type { LegalHold } from '../erase/erase.ts'
import { erasureSeal, readErasures, readRequests, requestSeal } from '../erase/erase-request.ts'
import { holdSeal } from '../erase/forbidden.ts'
import { rowSeal } from '../row-seal.ts'
import type { SqlSession } from '../sql/driver.ts'
import { type TokenRow, tokenSeal } from '../users/sign-in.ts'
import { userRows, userSeal } from '../users/user-row.ts'
import type { VaultContext } from '../vault-context.ts'
import { type FaultList, inSnapshot, sameBytes } from './fault-list.ts'

/** A row's place, the seal it must have, and the seals the table has, by place. */
interface SealedRows {
  readonly table: string
  readonly rows: readonly { readonly place: string; readonly expected: Uint8Array }[]
}

/** Compares every row's seal. Effects: none. */
export async function checkSmallTables(vault: VaultContext, faults: FaultList): Promise<void> {
  await inSnapshot(vault, async (session) => {
    for (const [read, place] of TABLES) {
      const { table, rows } = await read(vault, session)
      const seals = await sealsOf(session, { table, place, organisationId: vault.organisationId })
      for (const row of rows) {
        const found = seals.get(row.place)
        if (found !== undefined && sameBytes(found, row.expected)) continue
        faults.add({
          kind: 'altered',
          table,
          where: { row: row.place },
          what: 'a column of the row was changed',
        })
      }
    }
  })
}

async function sealsOf(
  session: SqlSession,
  asked: { readonly table: string; readonly place: string; readonly organisationId: string },
): Promise<Map<string, Uint8Array>> {
  const rows = await session.query<{ place: string; row_seal: Uint8Array }>(
    `SELECT ${asked.place} AS place, row_seal FROM ${asked.table} WHERE organisation_id = $1`,
    [asked.organisationId],
  )
  return new Map(rows.map((row) => [row.place, row.row_seal]))
}

type ReadSealed = (vault: VaultContext, session: SqlSession) => Promise<SealedRows>

const contexts: ReadSealed = async (vault, session) => {
  const rows = await contextRows(session, vault.organisationId)
  return {
    table: 'commitment_contexts',
    rows: rows.map((row) => ({ place: String(row.context), expected: contextSeal(vault, row) })),
  }
}

const users: ReadSealed = async (vault, session) => ({
  table: 'users',
  rows: (await userRows(vault, session)).map((row) => ({ place: row.name, expected: userSeal(vault, row) })),
})

const tokens: ReadSealed = async (vault, session) => {
  const rows = await session.query<TokenRow>(
    'SELECT token_hash, name, created_time, expires_time FROM user_tokens WHERE organisation_id = $1',
    [vault.organisationId],
  )
  return {
    table: 'user_tokens',
    rows: rows.map((row) => ({
      place: Buffer.from(row.token_hash).toString('hex'),
      expected: tokenSeal(vault, row),
    })),
  }
}

const requests: ReadSealed = async (vault, session) => ({
  table: 'erase_requests',
  rows: (await readRequests(vault, session)).map((request) => ({
    place: request.requestId,
    expected: requestSeal(vault, request),
  })),
})

const erasures: ReadSealed = async (vault, session) => ({
  table: 'erasures',
  rows: (await readErasures(vault, session)).map((entry) => ({
    place: entry.requestId,
    expected: erasureSeal(vault, entry),
  })),
})

const holds: ReadSealed = async (vault, session) => {
  const rows = await session.query<LegalHold & { liftedBy: string | null; liftedTime: string | null }>(
    `SELECT hold_id AS "holdId", target, reason, placed_by AS "placedBy", placed_time AS "placedTime",
            lifted_by AS "liftedBy", lifted_time AS "liftedTime"
     FROM legal_holds WHERE organisation_id = $1`,
    [vault.organisationId],
  )
  return {
    table: 'legal_holds',
    rows: rows.map((hold) => ({ place: hold.holdId, expected: holdSeal(vault, hold, hold) })),
  }
}

const retention: ReadSealed = async (vault, session) => {
  const rows = await session.query<{ type: string; minimum_days: number }>(
    'SELECT type, minimum_days FROM retention_rules WHERE organisation_id = $1',
    [vault.organisationId],
  )
  return {
    table: 'retention_rules',
    rows: rows.map(({ type, minimum_days }) => ({
      place: type,
      expected: rowSeal(vault, 'retention_rules', type, minimum_days),
    })),
  }
}

const days: ReadSealed = async (vault, session) => {
  const rows = await session.query<{ day: string; statement_id: Uint8Array }>(
    'SELECT day, statement_id FROM recorded_days WHERE organisation_id = $1',
    [vault.organisationId],
  )
  return {
    table: 'recorded_days',
    rows: rows.map(({ day, statement_id }) => ({
      place: day,
      expected: rowSeal(vault, 'recorded_days', day, statement_id),
    })),
  }
}

/** How each table is read, and the SQL that names its rows. */
const TABLES: readonly (readonly [ReadSealed, string])[] = [
  [contexts, 'context::text'],
  [users, 'name'],
  [tokens, `encode(token_hash, 'hex')`],
  [requests, 'request_id::text'],
  [erasures, 'request_id::text'],
  [holds, 'hold_id::text'],
  [retention, 'type'],
  [days, 'day::text'],
]
