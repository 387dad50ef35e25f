/** The manifest of an artefact package: what a standard says of itself (spec 7). Its canonical text is what is published by hash. */
import { type CanonicalText, canonicalTextOf, type Suite, utf8 } from '@meridian/protocol'
import type { Bilingual } from '../finding.ts'

/** Every kind of artefact. Append-only: kinds are on the ledger. */
export const artefactKinds = [
  'data-element-catalogue',
  'data-set',
  'value-set',
  'code-system',
  'concept-map',
  'source-mapping',
  'profile',
  'rule-set',
  'quality-rules',
  'grouper',
  'disease-package',
  'contract-template',
  'standards-set',
  'capability-statement',
] as const

/** One kind of artefact. */
export type ArtefactKind = (typeof artefactKinds)[number]

/** The three layers of standards (S23). */
export const artefactLayers = ['base', 'technical', 'application'] as const

/** One layer. */
export type ArtefactLayer = (typeof artefactLayers)[number]

/** One file of a package; `sha256` is hex. */
export interface ArtefactFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
}

/** Another artefact by id and exact version. */
export interface ArtefactVersion {
  readonly id: string
  readonly version: string
}

/** What an artefact says of itself. */
export interface Manifest {
  readonly format: 'meridian-artefact/1'
  readonly id: string
  /** Semantic version. */
  readonly version: string
  readonly kind: ArtefactKind
  readonly layer: ArtefactLayer
  readonly titles: Bilingual
  readonly description?: Bilingual
  /** Id of the organisation that answers for it. */
  readonly steward: string
  /** Codes of GB/T 2260 (2, 4 or 6 digits); empty: everywhere. */
  readonly jurisdiction: readonly string[]
  /** Days, the last one included. */
  readonly effective: { readonly from: string; readonly to?: string }
  readonly dependencies: readonly ArtefactVersion[]
  /** The published standard it implements, such as `GB/T 2261.1-2003`. */
  readonly implements?: string
  /** `shared: false`: members serve hash and manifest alone, and each brings its own copy. */
  readonly licence: { readonly name: string; readonly shared: boolean }
  readonly files: readonly ArtefactFile[]
}

/** The canonical text of a manifest: the bytes of `manifest.json` in a store and on the wire. */
export function manifestText(manifest: Manifest): CanonicalText {
  return canonicalTextOf(manifest)
}

/** The content hash that the ledger holds: SHA-256 of the canonical text, 32 bytes. */
export function contentHashOf(suite: Pick<Suite, 'sha256'>, manifest: Manifest): Uint8Array {
  return suite.sha256(utf8(manifestText(manifest)))
}
