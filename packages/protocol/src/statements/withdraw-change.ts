/** `withdraw-change` (registry): who asked for a change takes the request back (spec 1 §6.20). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, readBody } from './body-fields.ts'
import type { StatementForm } from './form.ts'

/** Body of `withdraw-change`. */
export interface WithdrawChange {
  /** 16 bytes. */
  readonly requestId: Uint8Array
}

/** Subject `change:` and the request id in hex. */
export const withdrawChange: StatementForm<WithdrawChange> = {
  kind: 'withdraw-change',
  encode: (body) => bodyMap(body.requestId),
  decode(value) {
    const fields = readBody('withdraw-change', value, 1)
    return bodyOr<WithdrawChange>(fields, { requestId: bytesField(fields, 1, 'requestId', 16) })
  },
  subjectOf: (_suite, body) => `change:${toHex(body.requestId)}`,
}
