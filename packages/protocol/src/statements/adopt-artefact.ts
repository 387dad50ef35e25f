/** `adopt-artefact` (registry): an organisation runs a version from a day on, or stops doing so (spec 1 §6.16). */
import { bodyMap, bodyOr, choiceField, field, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { ARTEFACT_ID, isDayText, VERSION } from './patterns.ts'

/** What an organisation does with a version. */
export const ARTEFACT_USES = ['adopt', 'stop'] as const

/** One of them. */
export type ArtefactUse = (typeof ARTEFACT_USES)[number]

/** Body of `adopt-artefact`; the issuer is the organisation. */
export interface AdoptArtefact {
  readonly id: string
  readonly version: string
  readonly use: ArtefactUse
  /** The first day of it, `YYYY-MM-DD`. */
  readonly day: string
}

/** Subject `artefact:` and the id. */
export const adoptArtefact: StatementForm<AdoptArtefact> = {
  kind: 'adopt-artefact',
  encode: (body) => bodyMap(body.id, body.version, body.use, body.day),
  decode(value) {
    const fields = readBody('adopt-artefact', value, 4)
    return bodyOr<AdoptArtefact>(fields, {
      id: textField(fields, 1, 'id', ARTEFACT_ID),
      version: textField(fields, 2, 'version', VERSION),
      use: choiceField(fields, 3, 'use', ARTEFACT_USES),
      day: field(fields, { key: 4, name: 'day' }, isDayText, ''),
    })
  },
  subjectOf: (_suite, body) => `artefact:${body.id}`,
}
