/** Ending keys, and the checks that revoking and rotating share: the key is one of the issuer's own, and it still counts. */
import { type Refusal, refuse } from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView, WritableView } from '../../state-view.ts'
import {
  countingKeysOf,
  MEMBERSHIP,
  type RegisteredKey,
  readOrganisation,
  readRegisteredKey,
  writeOrganisation,
  writeRegisteredKey,
} from './state.ts'

/** CONSENSUS: keys of one organisation that count at the same time, so that a leaving member ends a bounded number. */
const MOST_KEYS = 32

/** Refuses one key more than an organisation may have. */
export function checkRoomForKey(view: StateView, organisation: string): Refusal | undefined {
  const count = entriesUnder(view, MEMBERSHIP, countingKeysOf(organisation)).length
  return count < MOST_KEYS ? undefined : refuse(MEMBERSHIP, 'membership.too-many-keys', { limit: MOST_KEYS })
}

/** The issuer's key that still counts, or why there is none. */
export function ownActiveKey(view: StateView, issuer: string, keyId: Uint8Array): RegisteredKey | Refusal {
  const key = readRegisteredKey(view, keyId)
  if (key === undefined || key.organisation !== issuer) return refuse(MEMBERSHIP, 'membership.unknown-key')
  return key.revokedHeight === undefined ? key : refuse(MEMBERSHIP, 'membership.key-revoked')
}

/** When and why a key ends. */
export interface KeyEnd {
  readonly height: bigint
  readonly reason: string
}

/** Ends a key. The caller has checked that it may end. */
export function endKey(view: WritableView, keyId: Uint8Array, end: KeyEnd): void {
  const key = readRegisteredKey(view, keyId)
  if (key === undefined) throw new Error('a key that was checked is gone')
  writeRegisteredKey(view, keyId, { ...key, revokedHeight: end.height, reason: end.reason })
}

/** Ends every key of an organisation that counts; it has no signing key afterwards. */
export function endAllKeys(view: WritableView, organisation: string, end: KeyEnd): void {
  for (const { rest } of entriesUnder(view, MEMBERSHIP, countingKeysOf(organisation))) endKey(view, rest, end)
  const member = memberOf(view, organisation)
  writeOrganisation(view, organisation, { ...member, activeSigningKeys: 0 })
}

/** Adds to the number of signing keys that count. */
export function countSigningKeys(view: WritableView, organisation: string, change: number): void {
  const member = memberOf(view, organisation)
  const activeSigningKeys = member.activeSigningKeys + change
  writeOrganisation(view, organisation, { ...member, activeSigningKeys })
}

/** The organisation that a check has found to be there. */
export function memberOf(view: StateView, organisation: string) {
  const member = readOrganisation(view, organisation)
  if (member === undefined) throw new Error('an organisation that was checked is gone')
  return member
}
