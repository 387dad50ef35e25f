/** What must hold of the registry after every block. */
import type { StateView } from '../../state-view.ts'
import { artefacts, versionOf } from './queries.ts'

/** Names of the invariants that do not hold. Cost: the whole module. */
export function brokenInvariants(view: StateView): readonly string[] {
  const lost = [...artefacts(view)].filter(([id, { version }]) => versionOf(view, id, version) === undefined)
  return lost.length === 0 ? [] : ['the newest version of every artefact is published']
}
