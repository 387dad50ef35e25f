/** Lists without opening anything: heads, or the versions in one state, with filters and the access rule inside the SQL. */
import type { AccessRule } from '../access-rule.ts'
import { startOf } from '../cursor.ts'
import { createParameters, type Parameters } from '../sql/parameters.ts'
import type { VaultContext } from '../vault-context.ts'
import { accessClause } from './access-clause.ts'
import { pageOf } from './page-of.ts'
import type { ListRequest, Page, VersionState, VersionSummary } from './records.ts'
import { STATE, summaryOf, summarySelect, versionRows } from './version-rows.ts'

/** One way through the store: the number by which it is ordered, newest first, what it joins and what it asks for. */
interface Walk {
  readonly place: string
  readonly join: string
  readonly condition: string
}

const HEADS: Walk = { place: 'r.record', join: '', condition: 'v.version = r.head' }

const BY_SEQUENCE = `JOIN outbox o
  ON o.organisation_id = v.organisation_id AND o.record = v.record AND o.version = v.version`

/** Everything before the first batch that is not final is final: the rest is what a walk for the others looks at. */
const NOT_YET_FINAL = `o.sequence >= coalesce(
  (SELECT min(first_sequence) FROM batches WHERE organisation_id = $1 AND state <> 'final'),
  (SELECT max(last_sequence) + 1 FROM batches WHERE organisation_id = $1), 0)`

/**
 * PERF: each state is walked in an order that has an index and that holds few others: rare states would otherwise be
 * looked for in the whole store. A superseded version stands where the one after it was stored.
 */
const WALKS: Readonly<Record<VersionState, Walk>> = {
  sealed: { place: 'o.sequence', join: BY_SEQUENCE, condition: `${NOT_YET_FINAL} AND ${STATE} = 'sealed'` },
  submitted: {
    place: 'o.sequence',
    join: BY_SEQUENCE,
    condition: `${NOT_YET_FINAL} AND ${STATE} = 'submitted'`,
  },
  final: { ...HEADS, condition: `${HEADS.condition} AND ${STATE} = 'final'` },
  superseded: {
    place: 'n.sequence',
    join: `JOIN record_versions n
      ON n.organisation_id = v.organisation_id AND n.record = v.record AND n.version = v.version + 1`,
    condition: `n.version > 1 AND ${STATE} = 'superseded'`,
  },
  erased: { place: 'v.sequence', join: '', condition: 'v.erased_time IS NOT NULL' },
}

/** See {@link Records.list}. */
export async function listRecords(
  vault: VaultContext,
  request: ListRequest,
  access: AccessRule,
): Promise<Page<VersionSummary> | undefined> {
  const { type = '', source = '', patientId = '', state = '' } = request
  const list = `list ${type} ${source} ${patientId}${state === '' ? '' : ` ${state}`}`
  const before = startOf(vault, list, { ...request, start: 2n ** 62n })
  if (before === undefined) return undefined
  const { place, join, condition } = request.state === undefined ? HEADS : WALKS[request.state]
  const parameters = createParameters(vault.organisationId, before, request.count + 1)
  const sql = `${summarySelect(place)} ${join}
    WHERE r.organisation_id = $1 AND ${place} < $2 AND ${condition}
      ${filters(request, parameters)}${accessClause(access, parameters)}
    ORDER BY ${place} DESC LIMIT $3`
  const rows = await versionRows(vault.driver, sql, parameters)
  const page = pageOf(vault, rows, { list, count: request.count, placeOf: (row) => row.place ?? row.record })
  return { ...page, items: page.items.map((row) => summaryOf(vault, row)) }
}

function filters(request: ListRequest, parameters: Parameters): string {
  return [
    request.type === undefined ? '' : ` AND r.type = ${parameters.add(request.type)}`,
    request.source === undefined ? '' : ` AND v.source = ${parameters.add(request.source)}`,
    request.patientId === undefined ? '' : ` AND r.patient_id = ${parameters.add(request.patientId)}`,
  ].join('')
}
