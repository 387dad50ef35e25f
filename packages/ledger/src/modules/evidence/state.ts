/** Batches, daily totals and attestations in state. Nobody outside this folder reads or writes them; see queries.ts. */
import { concatBytes, utf8 } from '@meridian/protocol'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'

/** The module's name and the name of its sub-root. */
export const EVIDENCE = 'evidence'

/** What state keeps of an anchored batch; the statement itself is in the evidence log. */
export interface Batch {
  readonly height: bigint
  /** Root over the commitments, 32 bytes. */
  readonly root: Uint8Array
  /** Leaves with padding. */
  readonly size: number
}

/** What state keeps of the totals of a day. */
export interface DailyTotals {
  readonly height: bigint
  /** The statement that says them, 32 bytes. */
  readonly statementId: Uint8Array
}

/** What state keeps of an attestation. */
export interface Attestation {
  readonly height: bigint
  /** 32 bytes. */
  readonly valueHash: Uint8Array
}

/** Prefix of all batches. */
export const BATCHES: Uint8Array = new Uint8Array([0x01])

/** Prefix of all daily totals. */
export const TOTALS: Uint8Array = new Uint8Array([0x02])

/** Prefix of all attestations. */
export const ATTESTATIONS: Uint8Array = new Uint8Array([0x03])

/** 0x01 ‖ batch id (16 bytes) ‖ organisation in UTF-8. */
export function batchKey(organisation: string, batchId: Uint8Array): Uint8Array {
  return concatBytes(BATCHES, batchId, utf8(organisation))
}

/** 0x02 ‖ day (10 characters) ‖ organisation in UTF-8. */
export function totalsKey(organisation: string, day: string): Uint8Array {
  return concatBytes(TOTALS, utf8(day), utf8(organisation))
}

/** What one attestation is about, and whose it is. */
export interface AttestationName {
  readonly subjectRef: Uint8Array
  readonly claim: string
  readonly organisation: string
}

/** 0x03 ‖ statement attested (32 bytes) ‖ claim ‖ 0x00 ‖ organisation, texts in UTF-8. */
export function attestationKey(name: AttestationName): Uint8Array {
  const end = new Uint8Array([0])
  return concatBytes(ATTESTATIONS, name.subjectRef, utf8(name.claim), end, utf8(name.organisation))
}

/** The batch of this organisation with this id, or undefined. */
export function readBatch(view: StateView, organisation: string, batchId: Uint8Array): Batch | undefined {
  const bytes = view.get(EVIDENCE, batchKey(organisation, batchId))
  return bytes === undefined ? undefined : decodeBatch(bytes)
}

/** Reads what writeBatch put; throws for anything else, which is a bug. */
export function decodeBatch(bytes: Uint8Array): Batch {
  const [height, root, size] = decodeStored(bytes)
  return { height: storedInteger(height), root: root as Uint8Array, size: size as number }
}

/** Whether the organisation anchored a batch with this id. PERF: without decoding it. */
export function hasBatch(view: StateView, organisation: string, batchId: Uint8Array): boolean {
  return view.get(EVIDENCE, batchKey(organisation, batchId)) !== undefined
}

/** Puts a batch under its id and organisation. */
export function writeBatch(
  view: WritableView,
  name: { readonly organisation: string; readonly batchId: Uint8Array },
  batch: Batch,
): void {
  view.put(
    EVIDENCE,
    batchKey(name.organisation, name.batchId),
    encodeStored([batch.height, batch.root, batch.size]),
  )
}

/** The totals of a day that this organisation said, or undefined. */
export function readTotals(view: StateView, organisation: string, day: string): DailyTotals | undefined {
  const bytes = view.get(EVIDENCE, totalsKey(organisation, day))
  if (bytes === undefined) return undefined
  const [height, statementId] = decodeStored(bytes)
  return { height: storedInteger(height), statementId: statementId as Uint8Array }
}

/** Puts where the totals of a day were said. */
export function writeTotals(
  view: WritableView,
  name: { readonly organisation: string; readonly day: string },
  totals: DailyTotals,
): void {
  view.put(
    EVIDENCE,
    totalsKey(name.organisation, name.day),
    encodeStored([totals.height, totals.statementId]),
  )
}

/** The attestation of this name, or undefined. */
export function readAttestation(view: StateView, name: AttestationName): Attestation | undefined {
  const bytes = view.get(EVIDENCE, attestationKey(name))
  if (bytes === undefined) return undefined
  const [height, valueHash] = decodeStored(bytes)
  return { height: storedInteger(height), valueHash: valueHash as Uint8Array }
}

/** Puts an attestation under statement, claim and organisation. */
export function writeAttestation(view: WritableView, name: AttestationName, value: Attestation): void {
  view.put(EVIDENCE, attestationKey(name), encodeStored([value.height, value.valueHash]))
}
