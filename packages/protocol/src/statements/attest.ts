/** `attest` (evidence): an organisation stands for a claim about something that the ledger holds (spec 1 §6.6). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { CODE } from './patterns.ts'

/** Body of `attest`. */
export interface Attest {
  /** Id of the statement that the claim is about, 32 bytes. Never a hash of a person or a record. */
  readonly subjectRef: Uint8Array
  /** A code, not a sentence. */
  readonly claim: string
  /** Hash of what is claimed, 32 bytes; the claimed value itself stays with its owner. */
  readonly valueHash: Uint8Array
}

/** Subject `statement:` and the reference in hex. */
export const attest: StatementForm<Attest> = {
  kind: 'attest',
  encode: (body) => bodyMap(body.subjectRef, body.claim, body.valueHash),
  decode(value) {
    const fields = readBody('attest', value, 3)
    return bodyOr<Attest>(fields, {
      subjectRef: bytesField(fields, 1, 'subjectRef', 32),
      claim: textField(fields, 2, 'claim', CODE),
      valueHash: bytesField(fields, 3, 'valueHash', 32),
    })
  },
  subjectOf: (_suite, body) => `statement:${toHex(body.subjectRef)}`,
}
