/** What others may ask of membership: the envelope check, other modules through their needs, and readers of state. */
import { fromUtf8 } from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView } from '../../state-view.ts'
import {
  decodeOrganisation,
  decodeRegisteredKey,
  KEYS,
  MEMBERSHIP,
  ORGANISATIONS,
  type Organisation,
  organisationKey,
  type RegisteredKey,
  readOrganisation,
  readRegisteredKey,
} from './state.ts'

export { decodeRegisteredKey, MEMBERSHIP, registeredKeyKey } from './state.ts'

/** The member, or undefined. */
export function organisationOf(view: StateView, organisation: string): Organisation | undefined {
  return readOrganisation(view, organisation)
}

/** Whether the organisation is a member, whatever its status. PERF: asked for every statement, so nothing is decoded. */
export function isMember(view: StateView, organisation: string): boolean {
  return view.get(MEMBERSHIP, organisationKey(organisation)) !== undefined
}

/** Whether the organisation is a member that may act now. */
export function isActive(view: StateView, organisation: string): boolean {
  return readOrganisation(view, organisation)?.status === 'active'
}

/** A key by the SHA-256 of its public key, revoked or not. */
export function keyOf(view: StateView, keyId: Uint8Array): RegisteredKey | undefined {
  return readRegisteredKey(view, keyId)
}

/** Every member, by id. */
export function organisations(view: StateView): ReadonlyMap<string, Organisation> {
  const entries = entriesUnder(view, MEMBERSHIP, ORGANISATIONS)
  return new Map(entries.map(({ rest, value }) => [fromUtf8(rest) ?? '', decodeOrganisation(value)]))
}

/** Every key that was ever registered, in the order of key ids. */
export function registeredKeys(view: StateView): readonly { keyId: Uint8Array; key: RegisteredKey }[] {
  return entriesUnder(view, MEMBERSHIP, KEYS).map(({ rest, value }) => ({
    keyId: rest,
    key: decodeRegisteredKey(value),
  }))
}
