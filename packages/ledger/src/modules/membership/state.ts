/** Organisations and their keys in state. Nobody outside this folder reads or writes them; see queries.ts. */
import { concatBytes, type KeyPurpose, utf8 } from '@meridian/protocol'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'

/** The module's name and the name of its sub-root. */
export const MEMBERSHIP = 'membership'

/** A member of the chain. */
export interface Organisation {
  readonly kind: string
  readonly nameZh: string
  readonly nameEn: string
  /** Only active members anchor and publish; this release knows no other status. */
  readonly status: 'active'
  /** Signing keys that are neither revoked nor replaced; never falls to zero. */
  readonly activeSigningKeys: number
}

/** A key that was registered, for ever: revoked keys stay, so that old signatures can still be judged. */
export interface RegisteredKey {
  readonly organisation: string
  readonly purpose: KeyPurpose
  readonly publicKey: Uint8Array
  readonly registeredHeight: bigint
  /** The height at which it stopped counting; absent while it counts. */
  readonly revokedHeight: bigint | undefined
  /** Why, as the revoking statement says; `rotated` for a replaced one. Empty while it counts. */
  readonly reason: string
}

/** The state key of an organisation: 0x01 ‖ id in UTF-8. */
export function organisationKey(organisation: string): Uint8Array {
  return concatBytes(ORGANISATIONS, utf8(organisation))
}

/** The state key of a registered key: 0x02 ‖ key id (32 bytes). */
export function registeredKeyKey(keyId: Uint8Array): Uint8Array {
  return concatBytes(KEYS, keyId)
}

/** Prefix of all organisations. */
export const ORGANISATIONS: Uint8Array = new Uint8Array([0x01])

/** Prefix of all registered keys. */
export const KEYS: Uint8Array = new Uint8Array([0x02])

/** The member with this id, or undefined. */
export function readOrganisation(view: StateView, organisation: string): Organisation | undefined {
  const bytes = view.get(MEMBERSHIP, organisationKey(organisation))
  return bytes === undefined ? undefined : decodeOrganisation(bytes)
}

/** Reads what writeOrganisation put; throws for anything else, which is a bug. */
export function decodeOrganisation(bytes: Uint8Array): Organisation {
  const [kind, nameZh, nameEn, status, activeSigningKeys] = decodeStored(bytes)
  return {
    kind: kind as string,
    nameZh: nameZh as string,
    nameEn: nameEn as string,
    status: status as 'active',
    activeSigningKeys: activeSigningKeys as number,
  }
}

/** Puts the member under its id. */
export function writeOrganisation(view: WritableView, id: string, organisation: Organisation): void {
  const { kind, nameZh, nameEn, status, activeSigningKeys } = organisation
  view.put(MEMBERSHIP, organisationKey(id), encodeStored([kind, nameZh, nameEn, status, activeSigningKeys]))
}

/** The key with this id, whether it still counts or not; undefined when it was never registered. */
export function readRegisteredKey(view: StateView, keyId: Uint8Array): RegisteredKey | undefined {
  const bytes = view.get(MEMBERSHIP, registeredKeyKey(keyId))
  return bytes === undefined ? undefined : decodeRegisteredKey(bytes)
}

/** Reads what writeRegisteredKey put, as it also stands in a state proof; throws for anything else. */
export function decodeRegisteredKey(bytes: Uint8Array): RegisteredKey {
  const [organisation, purpose, publicKey, registeredHeight, revokedHeight, reason] = decodeStored(bytes)
  return {
    organisation: organisation as string,
    purpose: purpose as KeyPurpose,
    publicKey: publicKey as Uint8Array,
    registeredHeight: storedInteger(registeredHeight),
    revokedHeight: revokedHeight === null ? undefined : storedInteger(revokedHeight),
    reason: reason as string,
  }
}

/** Puts the key under its id, the SHA-256 of the public key. */
export function writeRegisteredKey(view: WritableView, keyId: Uint8Array, key: RegisteredKey): void {
  const fields = [
    key.organisation,
    key.purpose,
    key.publicKey,
    key.registeredHeight,
    key.revokedHeight ?? null,
    key.reason,
  ]
  view.put(MEMBERSHIP, registeredKeyKey(keyId), encodeStored(fields))
}
