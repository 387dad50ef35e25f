/** What must hold of evidence after every block. */
import { isBatchSize } from '@meridian/protocol'
import type { StateView } from '../../state-view.ts'
import { batches } from './queries.ts'

/** Names of the invariants that do not hold. Cost: the whole module. */
export function brokenInvariants(view: StateView): readonly string[] {
  const all = batches(view)
  const broken: string[] = []
  if (!all.every((batch) => isBatchSize(batch.size))) {
    broken.push('every batch has a size that does not betray how many records it holds')
  }
  if (!all.every((batch) => batch.root.length === 32 && batch.height > 0n)) {
    broken.push('every batch has a root and the height at which it was anchored')
  }
  return broken
}
