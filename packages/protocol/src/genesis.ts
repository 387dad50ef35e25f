/** The genesis document: canonical JSON whose hash names the chain (spec 1 §7). */
import { equalBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { type CanonicalText, canonicalTextOf, readCanonicalText } from './canonical-text.ts'
import { plainCopy } from './plain-copy.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import {
  areEndpoints,
  type Endpoints,
  MEMBER_CLASSES,
  type MemberClass,
  PLACE,
} from './statements/organisation-fields.ts'
import { ORGANISATION } from './statements/patterns.ts'
import type { Suite } from './suite.ts'

/** A founding organisation. */
export interface GenesisOrganisation {
  readonly id: string
  readonly names: { readonly zh: string; readonly en: string }
  /** A code, for example `hospital` or `health-commission`. */
  readonly kind: string
  /** Core when it has a validator and ordinary when it has none, unless it is said here. */
  readonly memberClass?: MemberClass
  /** By GB/T 2260; the nation unless it is said here. */
  readonly place?: string
  /** Its door and its nodes, so that the founders' nodes know one another before the first block. */
  readonly endpoints?: Endpoints
  /** Ed25519 public keys, 32 bytes each. Validator keys stand under `validators`. */
  readonly keys: readonly { readonly purpose: GenesisKeyPurpose; readonly publicKey: Uint8Array }[]
}

/** What a key of a founding organisation may sign. */
export type GenesisKeyPurpose = 'statement' | 'receipt'

const GENESIS_KEY_PURPOSES: readonly GenesisKeyPurpose[] = ['statement', 'receipt']

/** A validator of height 1: one organisation has at most one, so that it has one vote. */
export interface GenesisValidator {
  /** The founding organisation that answers for it. */
  readonly organisation: string
  /** Ed25519, 32 bytes; no other validator has it. */
  readonly publicKey: Uint8Array
  readonly power: bigint
}

/** The chain that this one goes on from (design: Engines, handover). */
export interface Handover {
  readonly chainId: string
  /** 32 bytes. */
  readonly genesisHash: Uint8Array
  readonly height: bigint
  /** Hash of the header at that height, 32 bytes. */
  readonly headerHash: Uint8Array
}

/** What is agreed before the first block. */
export interface GenesisDocument {
  readonly chainName: string
  /** `YYYY-MM-DDTHH:MM:SSZ` */
  readonly genesisTime: string
  /** Integers by name, for example `maxExpirySeconds`. */
  readonly parameters: Readonly<Record<string, number>>
  readonly organisations: readonly GenesisOrganisation[]
  readonly validators: readonly GenesisValidator[]
  readonly handover?: Handover
}

const FORMAT = 'meridian/genesis/v1'
const CHAIN_NAME = /^[a-z][a-z0-9-]{0,31}$/
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/

/** The canonical text of a genesis document. */
export function encodeGenesis(genesis: GenesisDocument): CanonicalText {
  const { handover, ...rest } = genesis
  return canonicalTextOf({
    format: FORMAT,
    ...rest,
    organisations: genesis.organisations.map(encodeOrganisation),
    validators: genesis.validators.map(({ organisation, publicKey, power }) => ({
      organisation,
      publicKey: toHex(publicKey),
      power: String(power),
    })),
    ...(handover === undefined ? {} : { handover: encodeHandover(handover) }),
  })
}

function encodeOrganisation({ endpoints, ...organisation }: GenesisOrganisation): object {
  const nodes = endpoints?.nodes.map(({ nodeId, address }) => ({ nodeId: toHex(nodeId), address }))
  return {
    ...organisation,
    keys: organisation.keys.map((key) => ({ ...key, publicKey: toHex(key.publicKey) })),
    ...(endpoints === undefined ? {} : { endpoints: { door: endpoints.door, nodes } }),
  }
}

function encodeHandover(handover: Handover): Record<string, string> {
  return {
    chainId: handover.chainId,
    genesisHash: toHex(handover.genesisHash),
    height: String(handover.height),
    headerHash: toHex(handover.headerHash),
  }
}

/** Reads a genesis document. Refusals: any `text.*`, `genesis.malformed`, `genesis.not-canonical`. */
export function decodeGenesis(source: Uint8Array | string): GenesisDocument | Refusal {
  const text = readCanonicalText(source)
  if (isRefusal(text)) return text
  const genesis = readDocument(plainCopy(text))
  if (isRefusal(genesis)) return genesis
  const canonical = utf8(encodeGenesis(genesis))
  const given = typeof source === 'string' ? utf8(source) : source
  return equalBytes(given, canonical) ? genesis : refuse('protocol', 'genesis.not-canonical')
}

/** SHA-256 of the canonical text: what every statement names. */
export function genesisHash(suite: Suite, genesis: GenesisDocument): Uint8Array {
  return suite.sha256(utf8(encodeGenesis(genesis)))
}

/** The name and, after a hyphen, the first 16 hex digits of the genesis hash. */
export function chainIdOf(chainName: string, hash: Uint8Array): string {
  return `${chainName}-${toHex(hash.subarray(0, 8))}`
}

type Json = Readonly<Record<string, unknown>>

function malformed(place: string): Refusal {
  return refuse('protocol', 'genesis.malformed', { place })
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readDocument(value: unknown): GenesisDocument | Refusal {
  if (!isObject(value) || value.format !== FORMAT) return malformed('format')
  const { chainName, genesisTime, parameters } = value
  if (typeof chainName !== 'string' || !CHAIN_NAME.test(chainName)) return malformed('chainName')
  if (typeof genesisTime !== 'string' || !TIME.test(genesisTime)) return malformed('genesisTime')
  if (!isObject(parameters) || !Object.values(parameters).every(Number.isSafeInteger))
    return malformed('parameters')
  const organisations = readAll(value.organisations, readOrganisation)
  if (organisations === undefined) return malformed('organisations')
  const validators = readAll(value.validators, readValidator)
  if (validators === undefined || !haveOneEach(validators, organisations)) return malformed('validators')
  const handover = value.handover === undefined ? undefined : readHandover(value.handover)
  if (value.handover !== undefined && handover === undefined) return malformed('handover')
  return {
    chainName,
    genesisTime,
    parameters: parameters as Record<string, number>,
    organisations,
    validators,
    ...(handover === undefined ? {} : { handover }),
  }
}

function readAll<T>(value: unknown, read: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const items = value.map(read)
  return items.every((item) => item !== undefined) ? (items as T[]) : undefined
}

/** Every validator is of a founding organisation; no organisation has two, no key is used twice. */
function haveOneEach(
  validators: readonly GenesisValidator[],
  organisations: readonly GenesisOrganisation[],
): boolean {
  const founders = new Set(organisations.map(({ id }) => id))
  const holders = new Set(validators.map(({ organisation }) => organisation))
  const keys = new Set(validators.map(({ publicKey }) => toHex(publicKey)))
  const isOneEach = holders.size === validators.length && keys.size === validators.length
  return isOneEach && [...holders].every((holder) => founders.has(holder))
}

function readOrganisation(value: unknown): GenesisOrganisation | undefined {
  if (!isObject(value) || !isObject(value.names)) return undefined
  const { id, kind, names } = value
  const keys = readAll(value.keys, readKey)
  const { zh, en } = names
  if (typeof id !== 'string' || !ORGANISATION.test(id) || typeof kind !== 'string') return undefined
  if (typeof zh !== 'string' || typeof en !== 'string' || keys === undefined) return undefined
  const standing = readStanding(value)
  return standing === undefined ? undefined : { id, kind, names: { zh, en }, ...standing, keys }
}

/** The members that a founding organisation may do without. */
function readStanding(
  value: Json,
): Pick<GenesisOrganisation, 'memberClass' | 'place' | 'endpoints'> | undefined {
  const { place } = value
  const memberClass = MEMBER_CLASSES.find((each) => each === value.memberClass)
  const endpoints = value.endpoints === undefined ? undefined : readEndpoints(value.endpoints)
  if (value.memberClass !== undefined && memberClass === undefined) return undefined
  if (value.endpoints !== undefined && endpoints === undefined) return undefined
  if (place !== undefined && (typeof place !== 'string' || !PLACE.test(place))) return undefined
  return {
    ...(memberClass === undefined ? {} : { memberClass }),
    ...(place === undefined ? {} : { place }),
    ...(endpoints === undefined ? {} : { endpoints }),
  }
}

function readEndpoints(value: unknown): Endpoints | undefined {
  if (!isObject(value) || !Array.isArray(value.nodes) || typeof value.door !== 'string') return undefined
  const nodes = value.nodes.map((node: Json) => ({
    nodeId: (typeof node?.nodeId === 'string' ? fromHex(node.nodeId) : undefined) ?? new Uint8Array(),
    address: String(node?.address),
  }))
  const endpoints = { door: value.door, nodes }
  return areEndpoints(endpoints) ? endpoints : undefined
}

function readKey(value: unknown): GenesisOrganisation['keys'][number] | undefined {
  if (!isObject(value)) return undefined
  const publicKey = readHash(value.publicKey)
  const purpose = GENESIS_KEY_PURPOSES.find((each) => each === value.purpose)
  return publicKey === undefined || purpose === undefined ? undefined : { purpose, publicKey }
}

function readValidator(value: unknown): GenesisValidator | undefined {
  if (!isObject(value)) return undefined
  const publicKey = readHash(value.publicKey)
  const power = readPositive(value.power)
  const { organisation } = value
  if (typeof organisation !== 'string' || publicKey === undefined || power === undefined) return undefined
  return { organisation, publicKey, power }
}

function readHandover(value: unknown): Handover | undefined {
  if (!isObject(value) || typeof value.chainId !== 'string') return undefined
  const hash = readHash(value.genesisHash)
  const headerHash = readHash(value.headerHash)
  const height = readPositive(value.height)
  if (hash === undefined || headerHash === undefined || height === undefined) return undefined
  return { chainId: value.chainId, genesisHash: hash, height, headerHash }
}

/** 32 bytes in hex: a hash or a public key. */
function readHash(value: unknown): Uint8Array | undefined {
  const bytes = typeof value === 'string' ? fromHex(value) : undefined
  return bytes?.length === 32 ? bytes : undefined
}

function readPositive(value: unknown): bigint | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,17}$/.test(value) ? BigInt(value) : undefined
}
