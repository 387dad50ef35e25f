/** The receipt keys of the members as the newest state has them, under the names by which they sign checkpoints (spec 5 §8). */
import type { Engine } from '@meridian/engine'
import { membershipQueries } from '@meridian/ledger'
import { type CheckpointKey, checkpointKeyName } from '@meridian/protocol'

/** Keys that count now. */
export function receiptKeysOf({
  chainId,
  state,
}: Pick<Engine, 'chainId' | 'state'>): readonly CheckpointKey[] {
  return membershipQueries
    .registeredKeys(state)
    .filter(({ key }) => key.purpose === 'receipt' && key.revokedHeight === undefined)
    .map(({ key }) => ({
      name: checkpointKeyName(chainId, key.organisation),
      publicKey: key.publicKey,
    }))
}

/** Where the other active members answer. */
export function doorsOfOthers({ state }: Pick<Engine, 'state'>, own: string): readonly string[] {
  return [...membershipQueries.organisations(state)]
    .filter(([id, { status, endpoints }]) => id !== own && status === 'active' && endpoints.door !== '')
    .map(([, { endpoints }]) => endpoints.door)
}
