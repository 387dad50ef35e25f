/** Organisations and their keys in state. Nobody outside this folder reads or writes them; see queries.ts. */
import {
  concatBytes,
  type Endpoints,
  equalBytes,
  type KeyPurpose,
  MEMBER_CLASSES,
  type MemberClass,
  utf8,
} from '@meridian/protocol'
import type { StateView, WritableView } from '../../state-view.ts'
import { decodeStored, encodeStored, storedInteger } from '../../stored.ts'

/** The module's name and the name of its sub-root. */
export const MEMBERSHIP = 'membership'

/** The life of an organisation on the ledger. CONSENSUS: state stores the place in this list. Append only. */
export const STATUSES = ['applied', 'qualified', 'disqualified', 'active', 'suspended', 'exited'] as const

/** One of them. */
export type OrganisationStatus = (typeof STATUSES)[number]

/** A member of the chain, one that asks to be, or one that was. */
export interface Organisation {
  readonly status: OrganisationStatus
  readonly memberClass: MemberClass
  readonly kind: string
  readonly nameZh: string
  readonly nameEn: string
  /** By GB/T 2260. */
  readonly place: string
  readonly endpoints: Endpoints
  /** After proven double signing, until the core members restore it. */
  readonly barredFromValidating: boolean
  /** Signing keys that are neither revoked nor replaced; zero only once it is disqualified or has exited. */
  readonly activeSigningKeys: number
  /** Who carried the application; empty for a founder. */
  readonly sponsor: string
  /** SHA-256 of what the health authority reviewed; absent before a review and for founders. */
  readonly credentialsHash: Uint8Array | undefined
  /** Since when the status is what it is. */
  readonly statusHeight: bigint
}

/** A key that was registered, for ever: revoked keys stay, so that old signatures can still be judged. */
export interface RegisteredKey {
  readonly organisation: string
  readonly purpose: KeyPurpose
  readonly publicKey: Uint8Array
  readonly registeredHeight: bigint
  /** The height at which it stopped counting; absent while it counts. */
  readonly revokedHeight: bigint | undefined
  /** Why: as the revoking statement says, `rotated`, `double-signing`, `exited` or `disqualified`. Empty while it counts. */
  readonly reason: string
}

/** Prefix of all organisations. */
export const ORGANISATIONS: Uint8Array = new Uint8Array([0x01])

/** Prefix of all registered keys. */
export const KEYS: Uint8Array = new Uint8Array([0x02])

/** Prefix of the node ids that members announced. */
export const NODES: Uint8Array = new Uint8Array([0x03])

/** Prefix of the validator keys that count, one for an organisation. */
export const VALIDATOR_KEYS: Uint8Array = new Uint8Array([0x04])

/** Prefix of the active core members. */
export const CORE: Uint8Array = new Uint8Array([0x05])

const COUNTING_KEYS: Uint8Array = new Uint8Array([0x07])
const END = new Uint8Array([0x00])
const PRESENT = new Uint8Array([0x01])

/** The state key of an organisation: 0x01 ‖ id in UTF-8. */
export function organisationKey(organisation: string): Uint8Array {
  return concatBytes(ORGANISATIONS, utf8(organisation))
}

/** The state key of a registered key: 0x02 ‖ key id (32 bytes). */
export function registeredKeyKey(keyId: Uint8Array): Uint8Array {
  return concatBytes(KEYS, keyId)
}

/** The state key of the node ids: 0x03 ‖ node id (20 bytes). */
export function nodeKey(nodeId: Uint8Array): Uint8Array {
  return concatBytes(NODES, nodeId)
}

/** The state key of the validator key of an organisation: 0x04 ‖ id in UTF-8. */
export function validatorKeyKey(organisation: string): Uint8Array {
  return concatBytes(VALIDATOR_KEYS, utf8(organisation))
}

/** The state key of an active core member: 0x05 ‖ id in UTF-8. */
export function coreKey(organisation: string): Uint8Array {
  return concatBytes(CORE, utf8(organisation))
}

/** Prefix of the keys of one organisation that count: 0x07 ‖ id in UTF-8 ‖ 0x00. */
export function countingKeysOf(organisation: string): Uint8Array {
  return concatBytes(COUNTING_KEYS, utf8(organisation), END)
}

/** The organisation with this id, or undefined. */
export function readOrganisation(view: StateView, organisation: string): Organisation | undefined {
  const bytes = view.get(MEMBERSHIP, organisationKey(organisation))
  return bytes === undefined ? undefined : decodeOrganisation(bytes)
}

/**
 * Status and class from the value of an organisation. PERF: asked for every statement, so nothing else is decoded: they
 * are the first two members of the array, each a byte of its own.
 */
export function standingIn(bytes: Uint8Array): Pick<Organisation, 'status' | 'memberClass'> {
  const status = STATUSES[bytes[1] ?? STATUSES.length]
  const memberClass = MEMBER_CLASSES[bytes[2] ?? MEMBER_CLASSES.length]
  if (status === undefined || memberClass === undefined) throw new Error('an organisation without a standing')
  return { status, memberClass }
}

/** Reads what writeOrganisation put; throws for anything else, which is a bug. */
export function decodeOrganisation(bytes: Uint8Array): Organisation {
  const [, , kind, nameZh, nameEn, place, door, nodes, barred, signing, sponsor, credentialsHash, height] =
    decodeStored(bytes)
  return {
    ...standingIn(bytes),
    kind: kind as string,
    nameZh: nameZh as string,
    nameEn: nameEn as string,
    place: place as string,
    endpoints: {
      door: door as string,
      nodes: (nodes as [Uint8Array, string][]).map(([nodeId, address]) => ({ nodeId, address })),
    },
    barredFromValidating: barred as boolean,
    activeSigningKeys: signing as number,
    sponsor: sponsor as string,
    credentialsHash: (credentialsHash as Uint8Array | null) ?? undefined,
    statusHeight: storedInteger(height),
  }
}

/** Puts the organisation under its id, and says whether it is an active core member. */
export function writeOrganisation(view: WritableView, id: string, organisation: Organisation): void {
  const { status, memberClass, endpoints } = organisation
  const fields = [
    STATUSES.indexOf(status),
    MEMBER_CLASSES.indexOf(memberClass),
    organisation.kind,
    organisation.nameZh,
    organisation.nameEn,
    organisation.place,
    endpoints.door,
    endpoints.nodes.map(({ nodeId, address }) => [nodeId, address]),
    organisation.barredFromValidating,
    organisation.activeSigningKeys,
    organisation.sponsor,
    organisation.credentialsHash ?? null,
    organisation.statusHeight,
  ]
  view.put(MEMBERSHIP, organisationKey(id), encodeStored(fields))
  if (status === 'active' && memberClass === 'core') view.put(MEMBERSHIP, coreKey(id), PRESENT)
  else view.delete(MEMBERSHIP, coreKey(id))
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

/** Puts the key under its id, the SHA-256 of the public key, and into the lists of keys that count or out of them. */
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
  const counts = key.revokedHeight === undefined
  const counting = concatBytes(countingKeysOf(key.organisation), keyId)
  if (counts) view.put(MEMBERSHIP, counting, PRESENT)
  else view.delete(MEMBERSHIP, counting)
  if (key.purpose === 'validator') listValidatorKey(view, key.organisation, { keyId, counts })
}

function listValidatorKey(
  view: WritableView,
  organisation: string,
  { keyId, counts }: { readonly keyId: Uint8Array; readonly counts: boolean },
): void {
  const at = validatorKeyKey(organisation)
  const listed = view.get(MEMBERSHIP, at)
  if (counts) view.put(MEMBERSHIP, at, keyId)
  else if (listed !== undefined && equalBytes(listed, keyId)) view.delete(MEMBERSHIP, at)
}
