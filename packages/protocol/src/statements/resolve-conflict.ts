/** `resolve-conflict` (registry): how a conflict between two standards ended (spec 1 §6.23). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, demand, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { type VersionName, versionNameOrNullField, versionNameValue } from './registry-fields.ts'

/** The ends: a version mends it; one of the two goes; the difference is wanted; nobody sees it again. Append only: state stores the place. */
export const CONFLICT_RESOLUTIONS = ['corrected', 'retired', 'intended', 'not-reproduced'] as const

/** One of them. */
export type ConflictResolution = (typeof CONFLICT_RESOLUTIONS)[number]

/** Body of `resolve-conflict`. */
export interface ResolveConflict {
  /** 16 bytes. */
  readonly conflictId: Uint8Array
  readonly resolution: ConflictResolution
  /** The version that mends it, with `corrected` and nothing else. */
  readonly result: VersionName | null
}

/** Subject `conflict:` and the id in hex. */
export const resolveConflict: StatementForm<ResolveConflict> = {
  kind: 'resolve-conflict',
  encode: (body) =>
    bodyMap(body.conflictId, body.resolution, body.result === null ? null : versionNameValue(body.result)),
  decode(value) {
    const fields = readBody('resolve-conflict', value, 3)
    const body: ResolveConflict = {
      conflictId: bytesField(fields, 1, 'conflictId', 16),
      resolution: choiceField(fields, 2, 'resolution', CONFLICT_RESOLUTIONS),
      result: versionNameOrNullField(fields, 3, 'result'),
    }
    demand(fields, 'result', (body.result !== null) === (body.resolution === 'corrected'))
    return bodyOr(fields, body)
  },
  subjectOf: (_suite, body) => `conflict:${toHex(body.conflictId)}`,
}
