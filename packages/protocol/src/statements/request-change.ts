/** `request-change` (registry): a working group asks for a change of a standard; its text stays outside (S62, spec 1 §6.17). */
import { toHex } from '../bytes.ts'
import { bodyMap, bodyOr, bytesField, choiceField, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { ARTEFACT_ID, VERSION } from './patterns.ts'
import { WORKING_GROUP_ROLES, type WorkingGroupRole } from './registry-fields.ts'

/** Body of `request-change`; the issuer is the organisation that asks. */
export interface RequestChange {
  /** 16 bytes, random. */
  readonly requestId: Uint8Array
  readonly artefactId: string
  /** The version that the text speaks of. */
  readonly baseVersion: string
  /** SHA-256 of the document, 32 bytes. */
  readonly textHash: Uint8Array
  readonly role: WorkingGroupRole
}

/** Subject `change:` and the request id in hex. */
export const requestChange: StatementForm<RequestChange> = {
  kind: 'request-change',
  encode: (body) => bodyMap(body.requestId, body.artefactId, body.baseVersion, body.textHash, body.role),
  decode(value) {
    const fields = readBody('request-change', value, 5)
    return bodyOr<RequestChange>(fields, {
      requestId: bytesField(fields, 1, 'requestId', 16),
      artefactId: textField(fields, 2, 'artefactId', ARTEFACT_ID),
      baseVersion: textField(fields, 3, 'baseVersion', VERSION),
      textHash: bytesField(fields, 4, 'textHash', 32),
      role: choiceField(fields, 5, 'role', WORKING_GROUP_ROLES),
    })
  },
  subjectOf: (_suite, body) => `change:${toHex(body.requestId)}`,
}
