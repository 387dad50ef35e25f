/** `comment-change` (registry): what a working group thinks of a request; its words stay outside (spec 1 §6.18). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { WORKING_GROUP_ROLES, type WorkingGroupRole } from './registry-fields.ts'

/** For it, against it, or a remark. The place in the list is what state stores. Append only. */
export const STANCES = ['support', 'oppose', 'neutral'] as const

/** One of them. */
export type Stance = (typeof STANCES)[number]

/** Body of `comment-change`. */
export interface CommentChange {
  /** 16 bytes. */
  readonly requestId: Uint8Array
  /** SHA-256 of the comment with a salt, 32 bytes. */
  readonly commentHash: Uint8Array
  readonly stance: Stance
  readonly role: WorkingGroupRole
}

/** Subject `change:` and the request id in hex. */
export const commentChange: StatementForm<CommentChange> = {
  kind: 'comment-change',
  encode: (body) => bodyMap(body.requestId, body.commentHash, body.stance, body.role),
  decode(value) {
    const fields = readBody('comment-change', value, 4)
    return bodyOr<CommentChange>(fields, {
      requestId: bytesField(fields, 1, 'requestId', 16),
      commentHash: bytesField(fields, 2, 'commentHash', 32),
      stance: choiceField(fields, 3, 'stance', STANCES),
      role: choiceField(fields, 4, 'role', WORKING_GROUP_ROLES),
    })
  },
  subjectOf: (_suite, body) => `change:${toHex(body.requestId)}`,
}
