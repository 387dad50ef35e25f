/** `register-artefact` (registry): a version of a standard with all that is said of it, to be decided on together (spec 1 §6.15). */
import { bodyMap, bodyOr, bytesField, choiceField, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { ARTEFACT_ID, CODE, ORGANISATION, VERSION } from './patterns.ts'
import {
  ARTEFACT_LAYERS,
  type ArtefactLayer,
  type ArtefactLicence,
  dependenciesField,
  type EffectiveDays,
  effectiveField,
  jurisdictionField,
  licenceField,
  publishedStandardField,
  type VersionName,
  versionNameValue,
} from './registry-fields.ts'

/** Body of `register-artefact`; the issuer is the publisher. Texts stay in the package that the content hash names. */
export interface RegisterArtefact {
  readonly id: string
  /** Semantic version. */
  readonly version: string
  /** A code such as `value-set` or `concept-map`; it never changes. */
  readonly kind: string
  readonly layer: ArtefactLayer
  /** The organisation that looks after it; it need be no member. */
  readonly steward: string
  /** Places by GB/T 2260 where it counts, ascending; none for everywhere. */
  readonly jurisdiction: readonly string[]
  readonly effective: EffectiveDays
  /** Ascending by id. */
  readonly dependencies: readonly VersionName[]
  /** The published standard, or null. */
  readonly implements: string | null
  readonly licence: ArtefactLicence
  /** SHA-256 of the canonical text of the manifest, 32 bytes. */
  readonly contentHash: Uint8Array
  /** SHA-256 of its test vectors, 32 bytes. */
  readonly vectorsHash: Uint8Array
}

/** Subject `artefact:` and the id. */
export const registerArtefact: StatementForm<RegisterArtefact> = {
  kind: 'register-artefact',
  encode: (body) =>
    bodyMap(
      body.id,
      body.version,
      body.kind,
      body.layer,
      body.steward,
      body.jurisdiction,
      [body.effective.from, body.effective.to],
      body.dependencies.map(versionNameValue),
      body.implements,
      [body.licence.name, body.licence.shared],
      body.contentHash,
      body.vectorsHash,
    ),
  decode(value) {
    const fields = readBody('register-artefact', value, 12)
    return bodyOr<RegisterArtefact>(fields, {
      id: textField(fields, 1, 'id', ARTEFACT_ID),
      version: textField(fields, 2, 'version', VERSION),
      kind: textField(fields, 3, 'kind', CODE),
      layer: choiceField(fields, 4, 'layer', ARTEFACT_LAYERS),
      steward: textField(fields, 5, 'steward', ORGANISATION),
      jurisdiction: jurisdictionField(fields, 6),
      effective: effectiveField(fields, 7),
      dependencies: dependenciesField(fields, 8),
      implements: publishedStandardField(fields, 9),
      licence: licenceField(fields, 10),
      contentHash: bytesField(fields, 11, 'contentHash', 32),
      vectorsHash: bytesField(fields, 12, 'vectorsHash', 32),
    })
  },
  subjectOf: (_suite, body) => `artefact:${body.id}`,
}
