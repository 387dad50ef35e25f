/** One version of a record as the console shows it: where it stands, its times, what it holds, what changed. */
import { elementsOf, toHex } from '@meridian/protocol'
import type { Finding } from '@meridian/standards'
import type {
  Batch,
  BatchMembership,
  KeptFinding,
  RecordVersion,
  Role,
  VersionSummary,
  WaitingDelivery,
} from '@meridian/vault'
import type { CorridorNeed } from '../needs.ts'
import { changesBetween, type ElementChange } from './changes.ts'
import { type Element, minimise } from './minimise.ts'
import { type ProvenanceDocument, provenanceDocument } from './provenance-document.ts'

/** The times of a version; a lag always names its two. ISO 8601. `committed` is the block's. */
export interface WayTimes {
  readonly clinical?: string
  readonly message?: string
  readonly received: string
  readonly stored: string
  readonly submitted?: string
  readonly committed?: string
}

/** A row of the list: nothing is opened for it. */
export interface RecordRow {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly state: VersionSummary['state']
  readonly operation: VersionSummary['operation']
  readonly source: string
  readonly captureMethod: string
  readonly patientId: string | null
  readonly times: WayTimes
  readonly commitment: string
  readonly height?: number
}

/** A row of the list of what is no record yet. */
export interface ReceivedRow {
  readonly deliveryId: string
  readonly state: 'received'
  readonly source: string
  readonly form: string
  readonly times: { readonly received: string }
}

/** How a version was judged when it was taken in: `conversion` is about the whole delivery; `left` were too many to keep. */
export interface TakenInJudgement {
  readonly profile: string
  readonly standardsSetHash: string
  readonly findings: readonly Finding[]
  readonly conversion: readonly Finding[]
  readonly left: number
}

/** A version in full. `elements` and `changes` are empty once erased. */
export interface VersionDocument extends RecordRow {
  readonly previous: string | null
  readonly leafCount: number
  readonly standardsSetHash: string
  readonly careStage: string
  readonly deliveryId: string | null
  readonly batch?: { readonly batchId: string; readonly leafIndex: number; readonly size: number }
  readonly statementId?: string
  readonly elements: readonly Element[]
  readonly changes: readonly ElementChange[]
  readonly provenance?: ProvenanceDocument
  readonly takenIn?: TakenInJudgement
}

/** What is known of a version from its summary and, when it has one, its batch. Pure. */
export function recordRow(version: VersionSummary, batch: Batch | undefined): RecordRow {
  const final = batch?.final
  const submitted = batch?.statements.at(-1)?.signedTime
  return {
    type: version.type,
    id: version.id,
    version: version.version,
    state: version.state,
    operation: version.operation,
    source: version.source,
    captureMethod: version.captureMethod,
    patientId: version.patientId,
    times: {
      ...version.times,
      stored: version.storedTime,
      ...(submitted === undefined ? {} : { submitted }),
      ...(final ? { committed: new Date(Number(final.blockTimeSeconds) * 1000).toISOString() } : {}),
    },
    commitment: toHex(version.commitment),
    ...(final ? { height: Number(final.height) } : {}),
  }
}

/** A delivery that waits. Pure. */
export function receivedRow({ deliveryId, source, form, receivedTime }: WaitingDelivery): ReceivedRow {
  return { deliveryId, state: 'received', source, form, times: { received: receivedTime } }
}

/** What a version is shown with: the one before it, its batch, who looks, and the words for a code. */
export interface VersionSurroundings {
  readonly before: RecordVersion | undefined
  readonly membership: BatchMembership | undefined
  readonly role: Role
  readonly explain: CorridorNeed['explain']
}

/** The version with its content as far as the role may see it, and what it changed of `before`. Pure. */
export function versionDocument(
  version: RecordVersion,
  { before, membership, role, explain }: VersionSurroundings,
): VersionDocument {
  const elements = elementsFor(version, role)
  const statement = membership?.batch.final?.statementId ?? membership?.batch.statements.at(-1)?.statementId
  return {
    ...recordRow(version, membership?.batch),
    previous: version.previous === null ? null : toHex(version.previous),
    leafCount: version.leafCount,
    standardsSetHash: toHex(version.standardsSetHash),
    careStage: version.careStage,
    deliveryId: version.deliveryId,
    ...(membership === undefined
      ? {}
      : {
          batch: {
            batchId: toHex(membership.batch.batchId),
            leafIndex: membership.leafIndex,
            size: membership.batch.size,
          },
        }),
    ...(statement === undefined ? {} : { statementId: toHex(statement) }),
    elements,
    changes: before === undefined ? [] : changesBetween(elementsFor(before, role), elements),
    ...(version.opened === null ? {} : { provenance: provenanceDocument(version.opened.provenance, role) }),
    ...takenIn(version, explain),
  }
}

function takenIn(
  { opened, standardsSetHash }: RecordVersion,
  explain: CorridorNeed['explain'],
): Pick<VersionDocument, 'takenIn'> {
  if (opened === null || opened.judgement === null) return {}
  const { profile, findings, conversion, left } = opened.judgement
  const inWords = (finding: KeptFinding): Finding => ({ ...finding, ...explain(finding.code) })
  return {
    takenIn: {
      profile,
      standardsSetHash: toHex(standardsSetHash),
      findings: findings.map(inWords),
      conversion: conversion.map(inWords),
      left,
    },
  }
}

function elementsFor(version: RecordVersion, role: Role): readonly Element[] {
  return version.opened === null ? [] : minimise(elementsOf(version.opened.resource), role)
}
