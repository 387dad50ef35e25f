/** What readers may ask of the registry. */
import { decodeAction, fromUtf8, isRefusal, type VersionName } from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView } from '../../state-view.ts'
import {
  type ChangeRequest,
  CONFLICTS,
  type Comment,
  type Conflict,
  commentsOf,
  decodeComment,
  decodeConflict,
  decodeRequest,
  REQUESTS,
  type RequestStatus,
} from './changes-state.ts'
import { stateAt, type VersionState } from './life-cycle.ts'
import {
  ARTEFACTS,
  type Artefact,
  type ArtefactVersion,
  decodeArtefact,
  hasContent,
  REGISTRY,
  readArtefact,
  readVersion,
} from './state.ts'
import {
  decodeRegistered,
  nameIn,
  REGISTERED,
  type Registered,
  readStanding,
  type Standing,
} from './versions.ts'

export type { Adoption } from './adoptions.ts'
export { adoptionKey, adoptions } from './adoptions.ts'
export type {
  ChangeRequest,
  Comment,
  Conflict,
  ConflictStatus,
  RequestStatus,
} from './changes-state.ts'
export { conflictKey, requestKey } from './changes-state.ts'
export type { InForce, InForceAt } from './in-force.ts'
export { inForce } from './in-force.ts'
export type { VersionState } from './life-cycle.ts'
export { artefactKey, contentKey, REGISTRY, versionKey } from './state.ts'
export type { Registered, Standing } from './versions.ts'
export { registeredKey, standingKey } from './versions.ts'

/** The artefact with its newest version, or undefined. */
export function artefactOf(view: StateView, id: string): Artefact | undefined {
  return readArtefact(view, id)
}

/** One version of an artefact, or undefined. */
export function versionOf(view: StateView, id: string, version: string): ArtefactVersion | undefined {
  return readVersion(view, id, version)
}

/** Whether a standards set with this hash was published, by whomever. */
export function isStandardsSet(view: StateView, contentHash: Uint8Array): boolean {
  return hasContent(view, 'standards-set', contentHash)
}

/** Every artefact, by id. Cost: the whole module. */
export function artefacts(view: StateView): ReadonlyMap<string, Artefact> {
  const entries = entriesUnder(view, REGISTRY, ARTEFACTS)
  return new Map(entries.map(({ rest, value }) => [fromUtf8(rest) ?? '', decodeArtefact(value)]))
}

/** One registered version. */
export interface VersionEntry extends VersionName {
  readonly said: Registered
  readonly standing: Standing
}

/** Every registered version, by id and then by version as text. Cost: all of them. */
export function registeredVersions(view: StateView): readonly VersionEntry[] {
  return entriesUnder(view, REGISTRY, REGISTERED).map(({ rest, value }) => {
    const name = nameIn(rest)
    return { ...name, said: decodeRegistered(value), standing: readStanding(view, name) as Standing }
  })
}

/** A question that is put to the core members, as governance keeps it. */
export interface PendingQuestion {
  readonly kind: string
  readonly action: Uint8Array
}

/** The state that people see: a draft that an open or waiting proposal names is proposed. */
export function shownState(
  { id, version, standing }: VersionEntry,
  height: bigint,
  pending: readonly PendingQuestion[],
): VersionState {
  const state = stateAt(standing, height)
  const isAsked = pending.some(({ kind, action }) => {
    const asked = kind === 'artefact.trial' ? decodeAction(kind, action) : undefined
    return asked !== undefined && !isRefusal(asked) && asked.id === id && asked.version === version
  })
  return state === 'draft' && isAsked ? 'proposed' : state
}

/** Every change request, in the order of ids. Cost: all that ever were. */
export function changeRequests(
  view: StateView,
): readonly { readonly requestId: Uint8Array; readonly request: ChangeRequest }[] {
  return entriesUnder(view, REGISTRY, REQUESTS).map(({ rest, value }) => ({
    requestId: rest,
    request: decodeRequest(value),
  }))
}

/** What was said to a request, the oldest first. */
export function commentsTo(
  view: StateView,
  requestId: Uint8Array,
): readonly (Comment & { readonly commentHash: Uint8Array })[] {
  return entriesUnder(view, REGISTRY, commentsOf(requestId))
    .map(({ rest, value }) => ({ commentHash: rest, ...decodeComment(value) }))
    .sort((a, b) => Number(a.height - b.height))
}

/** How far a request is for its readers: an accepted one is released once its version has come into force. */
export function shownStatus(view: StateView, request: ChangeRequest): RequestStatus | 'released' {
  const { status, artefactId: id, version } = request
  const isThere = status === 'accepted' && readStanding(view, { id, version })?.stage === 'active'
  return isThere ? 'released' : status
}

/** Every conflict, in the order of ids. Cost: all that ever were. */
export function conflicts(
  view: StateView,
): readonly { readonly conflictId: Uint8Array; readonly conflict: Conflict }[] {
  return entriesUnder(view, REGISTRY, CONFLICTS).map(({ rest, value }) => ({
    conflictId: rest,
    conflict: decodeConflict(value),
  }))
}
