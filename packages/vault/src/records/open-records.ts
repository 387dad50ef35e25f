/** The records over SQL: the port of `records.ts`. */
import type { AccessRule } from '../access-rule.ts'
import { startOf } from '../cursor.ts'
import { textArray } from '../sql/array-literal.ts'
import { createParameters } from '../sql/parameters.ts'
import { createUpkeep, type Upkeep } from '../sql/upkeep.ts'
import type { VaultContext } from '../vault-context.ts'
import { accessClause } from './access-clause.ts'
import { type Ahead, createAhead } from './ahead.ts'
import { listRecords } from './list-records.ts'
import { pageOf } from './page-of.ts'
import { createRecordNumbers } from './record-numbers.ts'
import type { Page, PageRequest, RecordName, Records, RecordVersion } from './records.ts'
import { countMatches, search } from './search.ts'
import { createStore } from './store.ts'
import { OPENED_SELECT, openRows, versionRows } from './version-rows.ts'

/** Makes the records of one vault. */
export function openRecords(vault: VaultContext): Records {
  const newRecords = createRecordNumbers(vault)
  const store = createStore(vault, newRecords)
  const upkeep = createUpkeep(vault.driver)
  return {
    ahead: growing(createAhead(vault, newRecords), upkeep),
    async store(group) {
      const outcomes = await store(group)
      upkeep.grown(group.items.length)
      return outcomes
    },
    read: (type, id, access) => readOne(vault, { type, id, version: 'head' }, access),
    readMany: (names, access) => readMany(vault, names, access),
    vread: (type, id, version, access) => readOne(vault, { type, id, version }, access),
    history: (type, id, page, access) => history(vault, { type, id, page }, access),
    search: (request, access) => search(vault, request, access),
    countMatches: (request, access, upTo) => countMatches(vault, request, { access, upTo }),
    list: (request, access) => listRecords(vault, request, access),
  }
}

function growing(ahead: Ahead, upkeep: Upkeep): Ahead {
  return {
    ...ahead,
    async write(sealed) {
      const outcomes = await ahead.write(sealed)
      upkeep.grown(outcomes?.length ?? 0)
      return outcomes
    },
  }
}

/** PostgreSQL's `int`: a larger version number can only be a mistyped one. */
const LARGEST_VERSION = 2 ** 31 - 1

async function readOne(
  vault: VaultContext,
  asked: { readonly type: string; readonly id: string; readonly version: number | 'head' },
  access: AccessRule,
): Promise<RecordVersion | undefined> {
  const { type, id, version } = asked
  if (version !== 'head' && !(Number.isInteger(version) && version > 0 && version <= LARGEST_VERSION))
    return undefined
  const parameters = createParameters(vault.organisationId, type, id)
  const wanted = version === 'head' ? 'r.head' : `${parameters.add(version)}::int`
  const sql = `${OPENED_SELECT}
    WHERE r.organisation_id = $1 AND r.type = $2 AND r.id = $3 AND v.version = ${wanted}${accessClause(access, parameters)}`
  const [row] = await versionRows(vault.driver, sql, parameters)
  return row === undefined ? undefined : (await openRows(vault, [row]))[0]
}

async function readMany(
  vault: VaultContext,
  names: readonly RecordName[],
  access: AccessRule,
): Promise<readonly RecordVersion[]> {
  if (names.length === 0) return []
  const types = textArray(names.map((one) => one.type))
  const ids = textArray(names.map((one) => one.id))
  const parameters = createParameters(vault.organisationId, types, ids)
  const sql = `${OPENED_SELECT}
    JOIN unnest($2::text::text[], $3::text::text[]) AS asked (type, id) ON r.type = asked.type AND r.id = asked.id
    WHERE r.organisation_id = $1 AND v.version = r.head${accessClause(access, parameters)}`
  return openRows(vault, await versionRows(vault.driver, sql, parameters))
}

async function history(
  vault: VaultContext,
  { type, id, page }: { readonly type: string; readonly id: string; readonly page: PageRequest },
  access: AccessRule,
): Promise<Page<RecordVersion> | undefined> {
  const before = startOf(vault, `history ${type}/${id}`, { ...page, start: BigInt(LARGEST_VERSION) })
  if (before === undefined) return undefined
  const parameters = createParameters(vault.organisationId, type, id, before, page.count + 1)
  const sql = `${OPENED_SELECT}
    WHERE r.organisation_id = $1 AND r.type = $2 AND r.id = $3 AND v.version < $4::int${accessClause(access, parameters)}
    ORDER BY v.version DESC LIMIT $5`
  const rows = await versionRows(vault.driver, sql, parameters)
  const shown = pageOf(vault, rows, {
    list: `history ${type}/${id}`,
    count: page.count,
    placeOf: (row) => BigInt(row.version),
  })
  return { ...shown, items: await openRows(vault, shown.items) }
}
