/** Change requests, their comments, and conflicts in state. Nobody outside this folder writes them; see queries.ts. */
import {
  CONFLICT_RESOLUTIONS,
  type CommentChange,
  type ConflictResolution,
  concatBytes,
  type ReportConflict,
  type RequestChange,
  STANCES,
  type Stance,
  type VersionName,
  WORKING_GROUP_ROLES,
  type WorkingGroupRole,
} from '@meridian/protocol'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'
import { REGISTRY } from './state.ts'

/** How far a request is. CONSENSUS: state stores the place in this list. Append only. */
export const REQUEST_STATUSES = ['open', 'in-discussion', 'accepted', 'declined', 'withdrawn'] as const

/** One of them. */
export type RequestStatus = (typeof REQUEST_STATUSES)[number]

/** A request for a change. */
export interface ChangeRequest extends Omit<RequestChange, 'requestId'> {
  readonly requester: string
  readonly height: bigint
  readonly status: RequestStatus
  readonly statusHeight: bigint
  /** The version that brings it, once accepted; empty otherwise. */
  readonly version: string
  /** Why it was declined, a code; empty otherwise. */
  readonly reason: string
}

/** What a working group thinks of it. */
export interface Comment extends Omit<CommentChange, 'requestId' | 'commentHash'> {
  readonly organisation: string
  readonly height: bigint
}

/** How far a conflict is. CONSENSUS: state stores the place in this list. Append only. */
export const CONFLICT_STATUSES = ['reported', 'assigned', 'resolved'] as const

/** One of them. */
export type ConflictStatus = (typeof CONFLICT_STATUSES)[number]

/** Two versions that answer differently. */
export interface Conflict extends Omit<ReportConflict, 'conflictId'> {
  readonly reporter: string
  readonly height: bigint
  readonly status: ConflictStatus
  /** Who is to resolve it; empty while nobody is. */
  readonly assignee: string
  readonly resolution: ConflictResolution | undefined
  /** The version that mends it. */
  readonly result: VersionName | undefined
  readonly statusHeight: bigint
}

/** Prefix of the requests. */
export const REQUESTS: Uint8Array = new Uint8Array([0x08])

/** Prefix of the conflicts. */
export const CONFLICTS: Uint8Array = new Uint8Array([0x0a])

const COMMENTS = new Uint8Array([0x09])

/** 0x08 ‖ request id (16 bytes). */
export function requestKey(requestId: Uint8Array): Uint8Array {
  return concatBytes(REQUESTS, requestId)
}

/** 0x09 ‖ request id (16 bytes), before the hash of the comment (32 bytes). */
export function commentsOf(requestId: Uint8Array): Uint8Array {
  return concatBytes(COMMENTS, requestId)
}

/** 0x0a ‖ conflict id (16 bytes). */
export function conflictKey(conflictId: Uint8Array): Uint8Array {
  return concatBytes(CONFLICTS, conflictId)
}

/** The request, or undefined. */
export function readRequest(view: StateView, requestId: Uint8Array): ChangeRequest | undefined {
  const bytes = view.get(REGISTRY, requestKey(requestId))
  return bytes === undefined ? undefined : decodeRequest(bytes)
}

/** Reads what writeRequest put. */
export function decodeRequest(bytes: Uint8Array): ChangeRequest {
  const [id, base, text, role, requester, height, status, at, version, reason] = decodeStored(bytes)
  return {
    artefactId: id as string,
    baseVersion: base as string,
    textHash: text as Uint8Array,
    role: WORKING_GROUP_ROLES[role as number] as WorkingGroupRole,
    requester: requester as string,
    height: storedInteger(height),
    status: REQUEST_STATUSES[status as number] as RequestStatus,
    statusHeight: storedInteger(at),
    version: version as string,
    reason: reason as string,
  }
}

/** Puts a request. */
export function writeRequest(view: WritableView, requestId: Uint8Array, request: ChangeRequest): void {
  const fields = [
    request.artefactId,
    request.baseVersion,
    request.textHash,
    WORKING_GROUP_ROLES.indexOf(request.role),
    request.requester,
    request.height,
    REQUEST_STATUSES.indexOf(request.status),
    request.statusHeight,
    request.version,
    request.reason,
  ]
  view.put(REGISTRY, requestKey(requestId), encodeStored(fields))
}

/** Whether a comment with this hash stands. */
export function hasComment(view: StateView, requestId: Uint8Array, commentHash: Uint8Array): boolean {
  return view.get(REGISTRY, concatBytes(commentsOf(requestId), commentHash)) !== undefined
}

/** Reads what writeComment put. */
export function decodeComment(bytes: Uint8Array): Comment {
  const [organisation, role, stance, height] = decodeStored(bytes)
  return {
    organisation: organisation as string,
    role: WORKING_GROUP_ROLES[role as number] as WorkingGroupRole,
    stance: STANCES[stance as number] as Stance,
    height: storedInteger(height),
  }
}

/** Puts a comment, which stands for ever. */
export function writeComment(
  view: WritableView,
  { requestId, commentHash }: Pick<CommentChange, 'requestId' | 'commentHash'>,
  { organisation, role, stance, height }: Comment,
): void {
  const fields = [organisation, WORKING_GROUP_ROLES.indexOf(role), STANCES.indexOf(stance), height]
  view.put(REGISTRY, concatBytes(commentsOf(requestId), commentHash), encodeStored(fields))
}

/** The conflict, or undefined. */
export function readConflict(view: StateView, conflictId: Uint8Array): Conflict | undefined {
  const bytes = view.get(REGISTRY, conflictKey(conflictId))
  return bytes === undefined ? undefined : decodeConflict(bytes)
}

/** Reads what writeConflict put. */
export function decodeConflict(bytes: Uint8Array): Conflict {
  const [first, second, input, a, b, evidence, reporter, height, status, assignee, end, result, at] =
    decodeStored(bytes)
  return {
    first: nameOf(first as [string, string]),
    second: nameOf(second as [string, string]),
    inputHash: input as Uint8Array,
    firstAnswerHash: a as Uint8Array,
    secondAnswerHash: b as Uint8Array,
    evidenceHash: evidence as Uint8Array,
    reporter: reporter as string,
    height: storedInteger(height),
    status: CONFLICT_STATUSES[status as number] as ConflictStatus,
    assignee: assignee as string,
    resolution: end === null ? undefined : CONFLICT_RESOLUTIONS[end as number],
    result: result === null ? undefined : nameOf(result as [string, string]),
    statusHeight: storedInteger(at),
  }
}

const nameOf = ([id, version]: readonly [string, string]): VersionName => ({ id, version })

/** Puts a conflict. */
export function writeConflict(view: WritableView, conflictId: Uint8Array, conflict: Conflict): void {
  const { first, second, resolution, result } = conflict
  const fields = [
    [first.id, first.version],
    [second.id, second.version],
    conflict.inputHash,
    conflict.firstAnswerHash,
    conflict.secondAnswerHash,
    conflict.evidenceHash,
    conflict.reporter,
    conflict.height,
    CONFLICT_STATUSES.indexOf(conflict.status),
    conflict.assignee,
    resolution === undefined ? null : CONFLICT_RESOLUTIONS.indexOf(resolution),
    result === undefined ? null : [result.id, result.version],
    conflict.statusHeight,
  ]
  view.put(REGISTRY, conflictKey(conflictId), encodeStored(fields))
}
