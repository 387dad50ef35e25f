/** `leave` (membership): a member goes; its keys end, its history stays (spec 1 §6.11). */
import { bodyMap, bodyOr, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { ORGANISATION } from './patterns.ts'

/** Body of `leave`. */
export interface Leave {
  /** The issuer itself: named, so that nobody leaves by a slip. */
  readonly organisation: string
}

/** Subject `organisation:` and the member. */
export const leave: StatementForm<Leave> = {
  kind: 'leave',
  encode: (body) => bodyMap(body.organisation),
  decode(value) {
    const fields = readBody('leave', value, 1)
    return bodyOr<Leave>(fields, { organisation: textField(fields, 1, 'organisation', ORGANISATION) })
  },
  subjectOf: (_suite, body) => `organisation:${body.organisation}`,
}
