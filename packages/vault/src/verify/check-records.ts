/** Every record: its head, the unbroken chain of its versions, each version's content, and its search rows. */
import { readErasedNames } from '../erase/erase-request.ts'
import { type Head, headOf, headSeal } from '../records/head.ts'
import type { SealedContent } from '../records/sealed-version.ts'
import { SEARCH_HASH_HALF, type SearchEntries, searchHash } from '../records/search-entry.ts'
import { numberArray } from '../sql/array-literal.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { VaultContext } from '../vault-context.ts'
import { checkVersion, type VersionToCheck } from './check-version.ts'
import { type FaultList, inSnapshot, sameBytes } from './fault-list.ts'
import { wholeRow } from './whole-row.ts'

/** What was looked at. */
export interface CheckedRecords {
  readonly versions: number
  readonly erased: number
}

/** What the check is given. */
export interface RecordCheck {
  readonly faults: FaultList
  readonly onVersions: (looked: number) => void
}

const PAGE = 200

/** Walks all records in pages, each on one snapshot. Effects: none. */
export async function checkRecords(vault: VaultContext, check: RecordCheck): Promise<CheckedRecords> {
  const done = { versions: 0, erased: 0 }
  for (let after: bigint | undefined = -1n; after !== undefined; ) {
    const page = await inSnapshot(vault, (session) => readPage(vault, session, after ?? -1n))
    for (const record of page) await checkRecord(vault, record, check.faults)
    done.versions += count(page, () => true)
    done.erased += count(page, (version) => version.erased_time !== null)
    check.onVersions(done.versions)
    after = page.length < PAGE ? undefined : page.at(-1)?.head.record
  }
  return done
}

function count(page: readonly RecordToCheck[], counts: (version: VersionToCheck) => boolean): number {
  return page.reduce((sum, record) => sum + record.versions.filter(counts).length, 0)
}

interface RecordToCheck {
  readonly head: Head
  readonly versions: readonly VersionToCheck[]
  readonly search: SearchEntries
  /** The last version that the erasure list names; 0 for none. */
  readonly erasedUpTo: number
}

async function readPage(vault: VaultContext, session: SqlSession, after: bigint): Promise<RecordToCheck[]> {
  const { organisationId } = vault
  const heads = await session.query<Parameters<typeof headOf>[0]>(
    'SELECT * FROM records WHERE organisation_id = $1 AND record > $2 ORDER BY record LIMIT $3',
    [organisationId, after, PAGE],
  )
  const given = [organisationId, numberArray(heads.map((head) => head.record))]
  const [versions, values, dates] = await Promise.all([
    session.query<VersionToCheck>(VERSIONS, given),
    session.query<{ record: bigint; param: string; value: string; system: string | null }>(
      `SELECT record, param, value, system FROM search_values
       WHERE organisation_id = $1 AND record = ANY($2::text::bigint[])`,
      given,
    ),
    session.query<{ record: bigint; param: string; from: string; to: string }>(
      `SELECT record, param, from_time AS "from", to_time AS "to" FROM search_dates
       WHERE organisation_id = $1 AND record = ANY($2::text::bigint[])`,
      given,
    ),
  ])
  const erased = versions.some((version) => version.erased_time !== null)
    ? (await readErasedNames(vault, session)).upTo
    : new Map<string, number>()
  const byRecord = { versions: grouped(versions), values: grouped(values), dates: grouped(dates) }
  return heads.map((row) => ({
    head: headOf(row),
    versions: byRecord.versions.get(row.record) ?? [],
    erasedUpTo: erased.get(Buffer.from(row.handle).toString('hex')) ?? 0,
    search: { values: byRecord.values.get(row.record) ?? [], dates: byRecord.dates.get(row.record) ?? [] },
  }))
}

const VERSIONS = `SELECT v.*, k.wrapped, o.record AS outbox_record, o.version AS outbox_version,
    o.context AS outbox_context, o.commitment AS outbox_commitment, o.stored_time AS outbox_time
  FROM record_versions v
  LEFT JOIN record_keys k USING (organisation_id, record, version)
  LEFT JOIN outbox o ON o.organisation_id = v.organisation_id AND o.sequence = v.sequence
  WHERE v.organisation_id = $1 AND v.record = ANY($2::text::bigint[]) ORDER BY v.record, v.version`

function grouped<Row extends { readonly record: bigint }>(rows: readonly Row[]): Map<bigint, Row[]> {
  const groups = new Map<bigint, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.record)
    if (group === undefined) groups.set(row.record, [row])
    else group.push(row)
  }
  return groups
}

async function checkRecord(vault: VaultContext, record: RecordToCheck, faults: FaultList): Promise<void> {
  const { head, versions, erasedUpTo } = record
  const { type, id, handle } = head
  const headIsGenuine = head.expectedSeal !== null && sameBytes(head.expectedSeal, headSeal(vault, head))
  if (!headIsGenuine) {
    faults.add({
      kind: 'altered',
      table: 'records',
      where: { type, id },
      what: 'a column of the record was changed',
    })
  }
  checkChain(record, faults)
  let before: VersionToCheck | undefined
  let opened: SealedContent | undefined
  for (const version of versions) {
    const previous = version.version === 1 ? null : (before?.commitment ?? version.previous)
    before = version
    const whole = await wholeRow(vault, version)
    opened = undefined
    if (whole === undefined) continue
    const checked = checkVersion(vault, whole, {
      type,
      handle,
      headIsGenuine,
      previous,
      erasedUpTo,
    })
    for (const fault of checked.faults)
      faults.add({ ...fault, where: { type, id, version: version.version } })
    opened = checked.opened
  }
  checkSearch(record, opened, faults)
}

function checkChain({ head, versions }: RecordToCheck, faults: FaultList): void {
  const { type, id } = head
  const present = new Set(versions.map((version) => version.version))
  const newest = Math.max(head.version, ...present)
  for (let version = 1; version <= newest; version++) {
    if (present.has(version)) continue
    const what = 'a version of the chain is gone'
    faults.add({ kind: 'missing', table: 'record_versions', where: { type, id, version }, what })
  }
  const current = versions.find((version) => version.version === head.version)
  if (newest > head.version) {
    const where = { type, id, version: head.version }
    faults.add({
      kind: 'rolled-back',
      table: 'records',
      where,
      what: 'an older version stands as the newest',
    })
  } else if (current !== undefined && !sameBytes(current.commitment, head.commitment)) {
    const what = 'the record and its newest version name different commitments'
    faults.add({ kind: 'altered', table: 'records', where: { type, id, version: head.version }, what })
  }
}

function checkSearch(
  { head, search, versions }: RecordToCheck,
  opened: SealedContent | undefined,
  faults: FaultList,
): void {
  const isErased = versions.at(-1)?.erased_time != null
  if (opened === undefined && !isErased) return
  const expected = opened?.searchHash ?? searchHash({ values: [], dates: [] })
  const found = searchHash(search)
  const halves = [
    ['search_values', 0, SEARCH_HASH_HALF],
    ['search_dates', SEARCH_HASH_HALF, 2 * SEARCH_HASH_HALF],
  ] as const
  for (const [table, from, to] of halves) {
    if (sameBytes(expected.subarray(from, to), found.subarray(from, to))) continue
    const where = { type: head.type, id: head.id }
    faults.add({ kind: 'altered', table, where, what: 'the search rows are not those of the newest version' })
  }
}
