/** One version against its content: key, ciphertext, commitment, chain, the columns beside it, its outbox row. */
import { buildCommitment } from '@meridian/protocol'
import { headerOf } from '../records/seal-group.ts'
import { metadataHash, openVersion, type SealedContent, versionKey } from '../records/sealed-version.ts'
import type { VaultContext } from '../vault-context.ts'
import type { FaultKind } from './fault.ts'
import { BLOB_STORE, sameBytes } from './fault-list.ts'

/** A version with its key and outbox row; the last five are null when there is none. */
export interface VersionToCheck {
  readonly record: bigint
  readonly version: number
  readonly sequence: bigint
  readonly context: number
  readonly operation: string
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
  readonly blob: Uint8Array | null
  readonly erased_time: string | null
  readonly wrapped: Uint8Array | null
  readonly outbox_record: bigint | null
  readonly outbox_version: number | null
  readonly outbox_context: number | null
  readonly outbox_commitment: Uint8Array | null
  readonly outbox_time: string | null
}

/** What is known of the record the version belongs to; `previous` is the true commitment of the version before. */
export interface VersionSurroundings {
  readonly type: string
  readonly handle: Uint8Array
  readonly headIsGenuine: boolean
  readonly previous: Uint8Array | null
  /** The last version the erasure list names for this record; 0 for none. */
  readonly erasedUpTo: number
}

/** A fault without the place, which the caller knows. */
export interface VersionFault {
  readonly kind: FaultKind
  readonly table: string
  readonly what: string
}

/** The faults of a version, and its content when it opened. */
export interface CheckedVersion {
  readonly faults: readonly VersionFault[]
  readonly opened?: SealedContent
}

/** Checks one version. Effects: none. */
export function checkVersion(
  vault: VaultContext,
  row: VersionToCheck,
  around: VersionSurroundings,
): CheckedVersion {
  const faults = [...checkOutboxRow(row), ...checkPrevious(row, around)]
  if (row.erased_time !== null) return { faults: [...faults, ...checkErased(row, around)] }
  const opened = openChecked(vault, row, around)
  if (!('secret' in opened)) return { faults: [...faults, ...opened] }
  return { faults: [...faults, ...checkContent(vault, row, { opened, around })], opened }
}

function checkOutboxRow(row: VersionToCheck): VersionFault[] {
  if (row.outbox_commitment === null) return [fault('missing', 'outbox', 'the version has no outbox row')]
  const agrees =
    row.outbox_record === row.record &&
    row.outbox_version === row.version &&
    row.outbox_context === row.context &&
    row.outbox_time === row.stored_time &&
    sameBytes(row.outbox_commitment, row.commitment)
  return agrees ? [] : [fault('altered', 'outbox', 'the outbox row differs from the version')]
}

function checkPrevious(row: VersionToCheck, { previous }: VersionSurroundings): VersionFault[] {
  const agrees =
    row.previous === null || previous === null ? row.previous === previous : sameBytes(row.previous, previous)
  return agrees ? [] : [fault('altered', 'record_versions', 'it does not name the version before it')]
}

function checkErased(row: VersionToCheck, { erasedUpTo }: VersionSurroundings): VersionFault[] {
  return [
    ...(row.version <= erasedUpTo
      ? []
      : [fault('missing', 'record_versions', 'marked erased, but not on the erasure list')]),
    ...(row.sealed === null && row.blob === null
      ? []
      : [fault('altered', 'record_versions', 'erased, but its content is there')]),
    ...(row.wrapped === null ? [] : [fault('altered', 'record_keys', 'erased, but its key is there')]),
  ]
}

function openChecked(
  vault: VaultContext,
  row: VersionToCheck,
  { handle, headIsGenuine }: VersionSurroundings,
): SealedContent | VersionFault[] {
  const table = row.blob === null ? 'record_versions' : BLOB_STORE
  if (row.sealed === null) return [fault('missing', table, 'its sealed content is gone')]
  if (row.wrapped === null) return [fault('missing', 'record_keys', 'its key is gone')]
  const place = { handle, version: row.version }
  const key = versionKey(vault, place, row.wrapped)
  // An altered handle makes every key look altered: the head is named already.
  if (key === undefined) {
    return headIsGenuine ? [fault('altered', 'record_keys', 'its key does not open')] : []
  }
  const opened = openVersion(vault, place, key, row.sealed)
  return opened ?? [fault('altered', table, 'its sealed content does not open')]
}

function checkContent(
  vault: VaultContext,
  row: VersionToCheck,
  { opened, around }: { readonly opened: SealedContent; readonly around: VersionSurroundings },
): VersionFault[] {
  const faults: VersionFault[] = []
  if (!sameBytes(opened.metadataHash, metadataHash(metadataOf(row)))) {
    faults.push(fault('altered', 'record_versions', 'a column beside its content was changed'))
  }
  if (!vault.contexts.has(row.context)) {
    return [...faults, fault('altered', 'record_versions', 'its commitment context is unknown')]
  }
  const { handle, previous, type } = around
  const header = headerOf(vault, { handle, version: row.version, previous, kind: type }, row.context)
  const { root, leafCount } = buildCommitment(vault.suite, header, opened.content, opened.secret)
  if (!sameBytes(root, row.commitment)) {
    faults.push(fault('altered', 'record_versions', 'its commitment is not that of its content'))
  } else if (leafCount !== row.leaf_count) {
    faults.push(fault('altered', 'record_versions', 'its number of leaves was changed'))
  }
  return faults
}

function metadataOf(row: VersionToCheck) {
  return {
    operation: row.operation,
    patientId: row.patient_id,
    source: row.source,
    captureMethod: row.capture_method,
    careStage: row.care_stage,
    deliveryId: row.delivery_id,
    clinicalTime: row.clinical_time,
    messageTime: row.message_time,
    receivedTime: row.received_time,
    storedTime: row.stored_time,
  }
}

function fault(kind: FaultKind, table: string, what: string): VersionFault {
  return { kind, table, what }
}
