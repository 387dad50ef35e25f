/** What must hold of membership after every block. */
import type { StateView } from '../../state-view.ts'
import { organisations, registeredKeys } from './queries.ts'

/** Names of the invariants that do not hold. Cost: the whole module. */
export function brokenInvariants(view: StateView): readonly string[] {
  const members = organisations(view)
  const keys = registeredKeys(view)
  const broken: string[] = []
  for (const { key } of keys) {
    if (!members.has(key.organisation)) broken.push('every key belongs to a member')
    const ended = key.revokedHeight !== undefined
    if (ended !== (key.reason !== '')) broken.push('a key has a reason exactly when it has ended')
    if (ended && (key.revokedHeight ?? 0n) < key.registeredHeight) {
      broken.push('no key ends before it is registered')
    }
  }
  for (const [id, member] of members) {
    const active = keys.filter(({ key }) => isActiveSigningKey(key, id)).length
    if (active !== member.activeSigningKeys) broken.push('the number of signing keys is counted rightly')
    if (member.activeSigningKeys < 1) broken.push('every member has a signing key')
  }
  return broken
}

function isActiveSigningKey(
  key: { organisation: string; purpose: string; revokedHeight: bigint | undefined },
  organisation: string,
): boolean {
  return key.organisation === organisation && key.purpose === 'statement' && key.revokedHeight === undefined
}
