/** The records over SQL: the port of `records.ts`. */
import type { AccessRule } from '../access-rule.ts'
import { encodeCursor, startOf } from '../cursor.ts'
import { textArray } from '../sql/array-literal.ts'
import { createParameters } from '../sql/parameters.ts'
import { createUpkeep } from '../sql/upkeep.ts'
import type { VaultContext } from '../vault-context.ts'
import { accessClause } from './access-clause.ts'
import type {
  ListRequest,
  Page,
  PageRequest,
  RecordName,
  Records,
  RecordVersion,
  VersionSummary,
} from './records.ts'
import { countMatches, search } from './search.ts'
import { createStore } from './store.ts'
import {
  OPENED_SELECT,
  recordVersionOf,
  SUMMARY_SELECT,
  summaryOf,
  type VersionRow,
  versionRows,
} from './version-rows.ts'

/** Makes the records of one vault. */
export function openRecords(vault: VaultContext): Records {
  const store = createStore(vault)
  const upkeep = createUpkeep(vault.driver)
  return {
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
    list: (request, access) => list(vault, request, access),
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
  return row === undefined ? undefined : recordVersionOf(vault, row)
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
  const rows = await versionRows(vault.driver, sql, parameters)
  return rows.map((row) => recordVersionOf(vault, row))
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
  return pageOf(vault, rows, {
    list: `history ${type}/${id}`,
    count: page.count,
    place: (row) => BigInt(row.version),
    show: (row) => recordVersionOf(vault, row),
  })
}

async function list(
  vault: VaultContext,
  request: ListRequest,
  access: AccessRule,
): Promise<Page<VersionSummary> | undefined> {
  const name = `list ${request.type ?? ''} ${request.source ?? ''} ${request.patientId ?? ''}`
  const before = startOf(vault, name, { ...request, start: 2n ** 62n })
  if (before === undefined) return undefined
  const parameters = createParameters(vault.organisationId, before, request.count + 1)
  const filters = [
    request.type === undefined ? '' : ` AND r.type = ${parameters.add(request.type)}`,
    request.source === undefined ? '' : ` AND r.source = ${parameters.add(request.source)}`,
    request.patientId === undefined ? '' : ` AND r.patient_id = ${parameters.add(request.patientId)}`,
  ].join('')
  const sql = `${SUMMARY_SELECT}
    WHERE r.organisation_id = $1 AND r.record < $2 AND v.version = r.head${filters}${accessClause(access, parameters)}
    ORDER BY r.record DESC LIMIT $3`
  const rows = await versionRows(vault.driver, sql, parameters)
  return pageOf(vault, rows, {
    list: name,
    count: request.count,
    place: (row) => row.record,
    show: (row) => summaryOf(vault, row),
  })
}

function pageOf<T>(
  vault: VaultContext,
  rows: readonly VersionRow[],
  how: {
    readonly list: string
    readonly count: number
    readonly place: (row: VersionRow) => bigint
    readonly show: (row: VersionRow) => T
  },
): Page<T> {
  const shown = rows.slice(0, how.count)
  const last = shown.at(-1)
  const items = shown.map(how.show)
  return rows.length > how.count && last !== undefined
    ? { items, next: encodeCursor(vault, how.list, how.place(last)) }
    : { items }
}
