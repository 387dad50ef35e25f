/** The batches of the versions in a list. */
import type { Batch, VersionSummary } from '@meridian/vault'
import type { VaultNeed } from '../needs.ts'

/** In the order of the versions; `undefined` for one that is in no batch yet. */
export async function batchesOf(
  versions: readonly VersionSummary[],
  outbox: VaultNeed['outbox'],
): Promise<readonly (Batch | undefined)[]> {
  const batches = await outbox.batchesOf(versions)
  return versions.map(({ state }, i) => (state === 'sealed' ? undefined : batches[i]))
}
