/** What others may ask of membership: the envelope check, other modules through their needs, the engine and readers of state. */
import { fromUtf8, toHex } from '@meridian/protocol'
import { entriesUnder } from '../../entries-under.ts'
import type { StateView } from '../../state-view.ts'
import {
  CORE,
  coreKey,
  decodeOrganisation,
  decodeRegisteredKey,
  KEYS,
  MEMBERSHIP,
  NODES,
  nodeKey,
  ORGANISATIONS,
  type Organisation,
  organisationKey,
  type RegisteredKey,
  readOrganisation,
  readRegisteredKey,
  standingIn,
  VALIDATOR_KEYS,
  validatorKeyKey,
} from './state.ts'

export type { DoubleSigning } from './double-signing.ts'
export { doubleSignings } from './double-signing.ts'
export type { Organisation, OrganisationStatus, RegisteredKey } from './state.ts'
export {
  decodeOrganisation,
  decodeRegisteredKey,
  MEMBERSHIP,
  organisationKey,
  registeredKeyKey,
} from './state.ts'
export type { ValidatorKey } from './validators.ts'
export { validatorsOf } from './validators.ts'

/** The organisation, or undefined. */
export function organisationOf(view: StateView, organisation: string): Organisation | undefined {
  return readOrganisation(view, organisation)
}

/** Status and class of an organisation, or undefined. PERF: asked for every statement, so no more is decoded. */
export function standingOf(
  view: StateView,
  organisation: string,
): Pick<Organisation, 'status' | 'memberClass'> | undefined {
  const bytes = view.get(MEMBERSHIP, organisationKey(organisation))
  return bytes === undefined ? undefined : standingIn(bytes)
}

/** Whether the organisation is a member that may act now. */
export function isActive(view: StateView, organisation: string): boolean {
  return standingOf(view, organisation)?.status === 'active'
}

/** Whether the organisation is an active core member: one of those that vote. */
export function isCoreMember(view: StateView, organisation: string): boolean {
  return view.get(MEMBERSHIP, coreKey(organisation)) !== undefined
}

/** The active core members, by id. */
export function coreMembers(view: StateView): readonly string[] {
  return entriesUnder(view, MEMBERSHIP, CORE).map(({ rest }) => fromUtf8(rest) ?? '')
}

/** A key by the SHA-256 of its public key, revoked or not. */
export function keyOf(view: StateView, keyId: Uint8Array): RegisteredKey | undefined {
  return readRegisteredKey(view, keyId)
}

/** The validator key of an organisation that counts, by its id (32 bytes); also while the organisation is suspended or barred. */
export function validatorKeyOf(view: StateView, organisation: string): Uint8Array | undefined {
  return view.get(MEMBERSHIP, validatorKeyKey(organisation))
}

/** Whether a node with this id is one of an active or suspended member. */
export function isMembersNode(view: StateView, nodeId: Uint8Array): boolean {
  const holder = view.get(MEMBERSHIP, nodeKey(nodeId))
  const status = holder === undefined ? undefined : standingOf(view, fromUtf8(holder) ?? '')?.status
  return status === 'active' || status === 'suspended'
}

/** Every organisation, by id. */
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

/** Node ids and who announced them: `hex organisation`. For invariants. */
export function nodeHolders(view: StateView): readonly string[] {
  return entriesUnder(view, MEMBERSHIP, NODES).map(({ rest, value }) => `${toHex(rest)} ${fromUtf8(value)}`)
}

/** Organisations and their validator keys: `organisation hex`. For invariants. */
export function validatorKeys(view: StateView): readonly string[] {
  return entriesUnder(view, MEMBERSHIP, VALIDATOR_KEYS).map(
    ({ rest, value }) => `${fromUtf8(rest)} ${toHex(value)}`,
  )
}
