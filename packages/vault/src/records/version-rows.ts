/** Reads versions with all that is known of them, and opens them. */
import { withBlob } from '../blobs/blob-rows.ts'
import type { SqlSession } from '../sql/driver.ts'
import type { Parameters } from '../sql/parameters.ts'
import { VaultFailure } from '../sql/vault-failure.ts'
import type { VaultContext } from '../vault-context.ts'
import type { RecordVersion, VersionState, VersionSummary } from './records.ts'
import { openVersion, versionContent, versionKey } from './sealed-version.ts'
import type { VersionTimes } from './store-item.ts'

/** One joined row; `sealed` and `wrapped` are null once erased, and when only a summary was asked for. */
export interface VersionRow {
  readonly record: bigint
  readonly type: string
  readonly id: string
  readonly handle: Uint8Array
  readonly version: number
  readonly is_head: boolean
  readonly state: VersionState
  readonly context: number
  readonly operation: VersionSummary['operation']
  readonly commitment: Uint8Array
  readonly previous: Uint8Array | null
  readonly leaf_count: number
  readonly patient_id: string | null
  readonly source: string
  readonly capture_method: string
  readonly care_stage: string
  readonly delivery_id: string | null
  readonly clinical_time: string | null
  readonly message_time: string | null
  readonly received_time: string
  readonly stored_time: string
  readonly sealed: Uint8Array | null
  readonly wrapped: Uint8Array | null
  /** Where the sealed bytes lie when they are too large for a row. */
  readonly blob: Uint8Array | null
  /** The number by which a list is ordered, when it was asked for. */
  readonly place?: bigint
}

/** A version is in the batch with the smallest last number that is not below its own, if that batch began before it. */
export const STATE = `CASE
  WHEN v.erased_time IS NOT NULL THEN 'erased'
  WHEN b.first_sequence IS NULL OR b.first_sequence > v.sequence OR b.state = 'open' THEN 'sealed'
  WHEN b.state = 'submitted' THEN 'submitted'
  WHEN v.version < r.head THEN 'superseded'
  ELSE 'final' END`

const SUMMARY = `r.record, r.type, r.id, r.handle, v.version, v.version = r.head AS is_head, ${STATE} AS state,
  v.context, v.operation, v.commitment, v.previous, v.leaf_count, v.patient_id, v.source, v.capture_method,
  v.care_stage, v.delivery_id, v.clinical_time, v.message_time, v.received_time, v.stored_time`

const BATCH = `LEFT JOIN LATERAL (
    SELECT first_sequence, state FROM batches
    WHERE organisation_id = v.organisation_id AND last_sequence >= v.sequence
    ORDER BY last_sequence LIMIT 1
  ) b ON true`

/** `FROM records r` joined with its versions `v` (all of them) and their batches; `place` is what the list is ordered by. */
export function summarySelect(place: string): string {
  return `SELECT ${SUMMARY}, NULL::bytea AS sealed, NULL::bytea AS wrapped, NULL::bytea AS blob, ${place} AS place
  FROM records r JOIN record_versions v ON v.organisation_id = r.organisation_id AND v.record = r.record ${BATCH}`
}

/** The same with what is needed to open them. */
export const OPENED_SELECT = `SELECT ${SUMMARY}, v.sealed, k.wrapped, v.blob
  FROM records r JOIN record_versions v ON v.organisation_id = r.organisation_id AND v.record = r.record
  LEFT JOIN record_keys k ON k.organisation_id = v.organisation_id AND k.record = v.record AND k.version = v.version
  ${BATCH}`

/** Runs a statement built on one of the two selects. */
export function versionRows(session: SqlSession, sql: string, parameters: Parameters): Promise<VersionRow[]> {
  return session.query<VersionRow>(sql, parameters.values)
}

/** A row as a summary. */
export function summaryOf(vault: VaultContext, row: VersionRow): VersionSummary {
  return {
    type: row.type,
    id: row.id,
    version: row.version,
    handle: row.handle,
    commitment: row.commitment,
    previous: row.previous,
    leafCount: row.leaf_count,
    standardsSetHash: vault.contexts.get(row.context)?.standardsSetHash ?? new Uint8Array(0),
    operation: row.operation,
    state: row.state,
    isHead: row.is_head,
    patientId: row.patient_id,
    source: row.source,
    captureMethod: row.capture_method,
    careStage: row.care_stage,
    deliveryId: row.delivery_id,
    times: timesOf(row),
    storedTime: row.stored_time,
  }
}

function timesOf(row: VersionRow): VersionTimes {
  return {
    ...(row.clinical_time === null ? {} : { clinical: row.clinical_time }),
    ...(row.message_time === null ? {} : { message: row.message_time }),
    received: row.received_time,
  }
}

/** Rows opened, in their order. Throws {@link VaultFailure} `damaged` when one does not open: `vault verify` names what was altered. */
export function openRows(vault: VaultContext, rows: readonly VersionRow[]): Promise<RecordVersion[]> {
  return Promise.all(rows.map(async (row) => recordVersionOf(vault, await withBlob(vault, row))))
}

function recordVersionOf(vault: VaultContext, row: VersionRow): RecordVersion {
  const summary = summaryOf(vault, row)
  if (row.state === 'erased') return { ...summary, opened: null }
  const sealed = openRow(vault, row)
  if (sealed === undefined) {
    const { type, id, version } = row
    throw new VaultFailure('damaged', 'A record version does not open', { detail: { type, id, version } })
  }
  return { ...summary, opened: versionContent(sealed) }
}

/** What a row seals; undefined when its key or content is gone or altered. */
function openRow(vault: VaultContext, row: Pick<VersionRow, 'handle' | 'version' | 'sealed' | 'wrapped'>) {
  if (row.sealed === null || row.wrapped === null) return undefined
  const key = versionKey(vault, row, row.wrapped)
  return key === undefined ? undefined : openVersion(vault, row, key, row.sealed)
}
