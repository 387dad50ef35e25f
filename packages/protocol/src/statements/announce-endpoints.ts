/** `announce-endpoints` (membership): a member says where its door and its nodes are (spec 1 §6.10). */
import { bodyMap, bodyOr, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { type Endpoints, endpointsField, endpointsValue } from './organisation-fields.ts'
import { ORGANISATION } from './patterns.ts'

/** Body of `announce-endpoints`. */
export interface AnnounceEndpoints {
  /** The issuer itself. */
  readonly organisation: string
  /** All of them: what is left out is withdrawn. */
  readonly endpoints: Endpoints
}

/** Subject `organisation:` and the member. */
export const announceEndpoints: StatementForm<AnnounceEndpoints> = {
  kind: 'announce-endpoints',
  encode: (body) => bodyMap(body.organisation, endpointsValue(body.endpoints)),
  decode(value) {
    const fields = readBody('announce-endpoints', value, 2)
    return bodyOr<AnnounceEndpoints>(fields, {
      organisation: textField(fields, 1, 'organisation', ORGANISATION),
      endpoints: endpointsField(fields, 2),
    })
  },
  subjectOf: (_suite, body) => `organisation:${body.organisation}`,
}
