/** What is said of an organisation when it applies: kind, class, place in the jurisdiction tree, where it answers (spec 1 §6.8). */
import type { CborValue } from '../cbor.ts'
import { type BodyFields, field } from './body-fields.ts'

/** Kinds of organisation that may apply. `hospital` and `clinic` say nothing of a grade. Append only. */
export const ORGANISATION_KINDS = [
  'hospital',
  'tertiary-hospital',
  'secondary-hospital',
  'primary-hospital',
  'primary-care',
  'clinic',
  'check-up-centre',
  'laboratory',
  'blood-centre',
  'emergency-centre',
  'pharmacy',
  'health-commission',
  'cdc',
  'insurance-agency',
  'insurer',
  'research-institute',
  'supplier',
  'regulator',
] as const

/** One of them. */
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

/** What a member may do: order and vote, submit, or only read. The place in the list is what state stores. Append only. */
export const MEMBER_CLASSES = ['core', 'ordinary', 'observer'] as const

/** One of them. */
export type MemberClass = (typeof MEMBER_CLASSES)[number]

/** Where the jurisdiction tree begins. */
export const NATION = 'CN'

/** A place by GB/T 2260: `CN`, or the 2, 4 or 6 digits of a province, city or county. */
export const PLACE = /^(?:CN|\d{2}(?:\d{2}){0,2})$/

/** Whether `authority` lies on the way from the nation to `place`, or is it. */
export function governs(authority: string, place: string): boolean {
  return authority === NATION || (place !== NATION && place.startsWith(authority))
}

/** One node of a member. */
export interface NodeAddress {
  /** CometBFT's address of the node key: the first 20 bytes of the SHA-256 of the public key. */
  readonly nodeId: Uint8Array
  /** `host:port`. */
  readonly address: string
}

/** Where a member answers. */
export interface Endpoints {
  /** Base URL of its ledger door, or empty: https, or http on the loopback of one machine. */
  readonly door: string
  /** At most 8, each node id once. */
  readonly nodes: readonly NodeAddress[]
}

/** Names in Chinese and English, 1 to 64 characters each: the one text that is not a code, since people read it. */
export interface OrganisationNames {
  readonly zh: string
  readonly en: string
}

/** The most nodes of one member. */
const MOST_NODES = 8

const NAME = /^[^\p{Cc}\p{Cs}]{1,64}$/u
const DOOR =
  /^(?:https:\/\/[a-z0-9][a-z0-9.-]{0,252}|http:\/\/(?:127\.0\.0\.1|localhost))(?::[1-9]\d{0,4})?(?:\/[A-Za-z0-9._~-]{1,32}){0,4}$/
const ADDRESS = /^(?:[a-z0-9][a-z0-9.-]{0,252}|\[[0-9a-f:.]{2,45}\]):[1-9]\d{0,4}$/

const isText = (value: CborValue | undefined, pattern: RegExp): boolean =>
  typeof value === 'string' && pattern.test(value)

function isNames(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value) && value.length === 2 && value.every((name) => isText(name, NAME))
}

/** Reads the pair `[Chinese, English]`. */
export function namesField(fields: BodyFields, key: number): OrganisationNames {
  const [zh = '', en = ''] = field(fields, { key, name: 'names' }, isNames, []) as readonly string[]
  return { zh, en }
}

function isNode(value: CborValue): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [nodeId, address] = value as CborValue[]
  return nodeId instanceof Uint8Array && nodeId.length === 20 && isText(address, ADDRESS)
}

function isEndpoints(value: CborValue): value is readonly CborValue[] {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [door, nodes] = value as CborValue[]
  if (door !== '' && !isText(door, DOOR)) return false
  if (!Array.isArray(nodes) || nodes.length > MOST_NODES || !nodes.every(isNode)) return false
  const ids = (nodes as [Uint8Array, string][]).map(([nodeId]) => nodeId.join())
  return new Set(ids).size === ids.length
}

/** Reads `[door, [[nodeId, address] …]]`. */
export function endpointsField(fields: BodyFields, key: number): Endpoints {
  const [door = '', nodes = []] = field(fields, { key, name: 'endpoints' }, isEndpoints, []) as [
    string,
    [Uint8Array, string][],
  ]
  return { door, nodes: nodes.map(([nodeId, address]) => ({ nodeId, address })) }
}

/** The pair `[door, [[nodeId, address] …]]`, as statements and state hold it. */
export function endpointsValue({ door, nodes }: Endpoints): CborValue {
  return [door, nodes.map(({ nodeId, address }) => [nodeId, address])]
}

/** Endpoints that a member may have, whoever says so. */
export function areEndpoints(endpoints: Endpoints): boolean {
  return isEndpoints(endpointsValue(endpoints))
}
