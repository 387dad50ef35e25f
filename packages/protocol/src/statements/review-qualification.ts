/** `review-qualification` (membership): a health authority says whether an applicant may be voted on (spec 1 §6.9). */
import { bodyMap, bodyOr, bytesField, choiceField, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { ORGANISATION } from './patterns.ts'

/** Body of `review-qualification`; the issuer is the authority. */
export interface ReviewQualification {
  readonly organisation: string
  readonly result: 'qualified' | 'disqualified'
  /** SHA-256 of the credentials that were reviewed, 32 bytes; they stay with the authority. */
  readonly credentialsHash: Uint8Array
}

/** Subject `organisation:` and the applicant. */
export const reviewQualification: StatementForm<ReviewQualification> = {
  kind: 'review-qualification',
  encode: (body) => bodyMap(body.organisation, body.result, body.credentialsHash),
  decode(value) {
    const fields = readBody('review-qualification', value, 3)
    return bodyOr<ReviewQualification>(fields, {
      organisation: textField(fields, 1, 'organisation', ORGANISATION),
      result: choiceField(fields, 2, 'result', ['qualified', 'disqualified']),
      credentialsHash: bytesField(fields, 3, 'credentialsHash', 32),
    })
  },
  subjectOf: (_suite, body) => `organisation:${body.organisation}`,
}
