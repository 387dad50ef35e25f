/** The checks that revoking and rotating share: the key is one of the issuer's own, and it still counts. */
import { type Refusal, refuse } from '@meridian/protocol'
import type { StateView, WritableView } from '../../state-view.ts'
import {
  MEMBERSHIP,
  type RegisteredKey,
  readOrganisation,
  readRegisteredKey,
  writeOrganisation,
  writeRegisteredKey,
} from './state.ts'

/** The issuer's key that still counts, or why there is none. */
export function ownActiveKey(view: StateView, issuer: string, keyId: Uint8Array): RegisteredKey | Refusal {
  const key = readRegisteredKey(view, keyId)
  if (key === undefined || key.organisation !== issuer) return refuse(MEMBERSHIP, 'membership.unknown-key')
  return key.revokedHeight === undefined ? key : refuse(MEMBERSHIP, 'membership.key-revoked')
}

/** Ends a key at `height`. The caller has checked that it may end. */
export function endKey(
  view: WritableView,
  keyId: Uint8Array,
  end: { readonly height: bigint; readonly reason: string },
): void {
  const key = readRegisteredKey(view, keyId)
  if (key === undefined) throw new Error('a key that was checked is gone')
  writeRegisteredKey(view, keyId, { ...key, revokedHeight: end.height, reason: end.reason })
}

/** Adds to the number of signing keys that count. */
export function countSigningKeys(view: WritableView, organisation: string, change: number): void {
  const member = readOrganisation(view, organisation)
  if (member === undefined) throw new Error('an organisation that was checked is gone')
  writeOrganisation(view, organisation, {
    ...member,
    activeSigningKeys: member.activeSigningKeys + change,
  })
}
