/** `publish-artefact` (registry): a version of a standard, map or table, by its content hash (spec 1 §6.7). */
import { bodyMap, bodyOr, bytesField, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { ARTEFACT_ID, CODE, VERSION } from './patterns.ts'

/** Body of `publish-artefact`. */
export interface PublishArtefact {
  /** At most 128 characters. */
  readonly id: string
  /** Semantic version. */
  readonly version: string
  /** SHA-256 of the content, 32 bytes. */
  readonly contentHash: Uint8Array
  /** A code such as `standards-set`, `concept-map`, `code-system`. */
  readonly kind: string
}

/** Subject `artefact:` and the id. */
export const publishArtefact: StatementForm<PublishArtefact> = {
  kind: 'publish-artefact',
  encode: (body) => bodyMap(body.id, body.version, body.contentHash, body.kind),
  decode(value) {
    const fields = readBody('publish-artefact', value, 4)
    return bodyOr<PublishArtefact>(fields, {
      id: textField(fields, 1, 'id', ARTEFACT_ID),
      version: textField(fields, 2, 'version', VERSION),
      contentHash: bytesField(fields, 3, 'contentHash', 32),
      kind: textField(fields, 4, 'kind', CODE),
    })
  },
  subjectOf: (_suite, body) => `artefact:${body.id}`,
}
