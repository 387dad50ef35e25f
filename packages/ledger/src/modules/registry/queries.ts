/** What readers may ask of the registry. */
import { fromUtf8 } from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView } from '../../state-view.ts'
import {
  ARTEFACTS,
  type Artefact,
  type ArtefactVersion,
  decodeArtefact,
  hasContent,
  REGISTRY,
  readArtefact,
  readVersion,
} from './state.ts'

export { artefactKey, contentKey, REGISTRY, versionKey } from './state.ts'

/** The artefact with its newest version, or undefined. */
export function artefactOf(view: StateView, id: string): Artefact | undefined {
  return readArtefact(view, id)
}

/** One version of an artefact, or undefined. */
export function versionOf(view: StateView, id: string, version: string): ArtefactVersion | undefined {
  return readVersion(view, id, version)
}

/** Whether a standards set with this hash was published, by whomever. */
export function isStandardsSet(view: StateView, contentHash: Uint8Array): boolean {
  return hasContent(view, 'standards-set', contentHash)
}

/** Every artefact, by id. Cost: the whole module. */
export function artefacts(view: StateView): ReadonlyMap<string, Artefact> {
  const entries = entriesUnder(view, REGISTRY, ARTEFACTS)
  return new Map(entries.map(({ rest, value }) => [fromUtf8(rest) ?? '', decodeArtefact(value)]))
}
