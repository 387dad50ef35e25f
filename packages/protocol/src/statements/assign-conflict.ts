/** `assign-conflict` (registry): who is to resolve a conflict between two standards (spec 1 §6.22). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { ORGANISATION } from './patterns.ts'

/** Body of `assign-conflict`. */
export interface AssignConflict {
  /** 16 bytes. */
  readonly conflictId: Uint8Array
  /** Who is to resolve it. */
  readonly organisation: string
}

/** Subject `conflict:` and the id in hex. */
export const assignConflict: StatementForm<AssignConflict> = {
  kind: 'assign-conflict',
  encode: (body) => bodyMap(body.conflictId, body.organisation),
  decode(value) {
    const fields = readBody('assign-conflict', value, 2)
    return bodyOr<AssignConflict>(fields, {
      conflictId: bytesField(fields, 1, 'conflictId', 16),
      organisation: textField(fields, 2, 'organisation', ORGANISATION),
    })
  },
  subjectOf: (_suite, body) => `conflict:${toHex(body.conflictId)}`,
}
