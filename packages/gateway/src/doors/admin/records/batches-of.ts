/** The batches of many versions with few look-ups: neighbours in a list mostly share one. */
import { toHex } from '@meridian/protocol'
import type { Batch, VersionSummary } from '@meridian/vault'
import type { VaultNeed } from '../needs.ts'

/** In the order of the versions; `undefined` for one that is in no batch yet. */
export async function batchesOf(
  versions: readonly VersionSummary[],
  outbox: VaultNeed['outbox'],
): Promise<readonly (Batch | undefined)[]> {
  const byCommitment = new Map<string, Batch>()
  const found: (Batch | undefined)[] = []
  for (const { type, id, version, commitment, state } of versions) {
    const known = byCommitment.get(toHex(commitment))
    const batch = state === 'sealed' ? undefined : (known ?? (await outbox.batchOf(type, id, version))?.batch)
    if (batch !== undefined && batch !== known)
      for (const leaf of batch.leaves) byCommitment.set(toHex(leaf), batch)
    found.push(batch)
  }
  return found
}
