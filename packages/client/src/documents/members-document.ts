/** Who is a member, as it travels: organisations with their standing, keys of validators, and proven double signings. */
import {
  countForm,
  type Form,
  hashForm,
  hexForm,
  listForm,
  MEMBER_CLASSES,
  type MemberClass,
  nullableForm,
  type OrganisationNames,
  objectForm,
  patternForm,
  wholeForm,
} from '@meridian/protocol'
import { booleanForm, choiceForm, nameForm, organisationForm } from './plain-forms.ts'

/** The life of an organisation on the ledger. */
export const MEMBER_STATUSES = [
  'applied',
  'qualified',
  'disqualified',
  'active',
  'suspended',
  'exited',
] as const

/** One of them. */
export type MemberStatus = (typeof MEMBER_STATUSES)[number]

/** The validator key of a member. */
export interface MemberValidator {
  /** 32 bytes; its first 20 are CometBFT's address. */
  readonly keyId: Uint8Array
  readonly publicKey: Uint8Array
}

/** One organisation: a member, one that asks to be, or one that was. */
export interface LedgerMember {
  readonly organisation: string
  readonly names: OrganisationNames
  readonly kind: string
  readonly memberClass: MemberClass
  readonly status: MemberStatus
  /** Height since when the status is what it is. */
  readonly statusHeight: bigint
  /** By GB/T 2260. */
  readonly place: string
  /** Base URL of its ledger door, or empty. */
  readonly door: string
  readonly nodes: readonly { readonly nodeId: Uint8Array; readonly address: string }[]
  /** Signing keys that count. */
  readonly signingKeys: number
  /** It orders blocks with this key; null when it does not. */
  readonly validator: MemberValidator | null
  /** After proven double signing, until it is restored by vote. */
  readonly barredFromValidating: boolean
  /** Who carried its application; empty for a founder. */
  readonly sponsor: string
  /** What the health authority reviewed; null for founders and before a review. */
  readonly credentialsHash: Uint8Array | null
  /** Its key in the module `membership`: what `proofs` proves it by. */
  readonly stateKey: Uint8Array
}

/** Evidence in a block that a validator signed two blocks at one height. */
export interface MemberDoubleSigning {
  readonly kind: string
  readonly organisation: string
  readonly keyId: Uint8Array
  readonly height: bigint
  readonly timeSeconds: bigint
  /** The block whose evidence hash covers the two votes. */
  readonly carriedHeight: bigint
  /** False when it was the last validator. */
  readonly barred: boolean
}

/** The answer of GET /ledger/v1/members. */
export interface LedgerMembers {
  /** Of the newest signed block. */
  readonly height: bigint
  /** By id. */
  readonly items: readonly LedgerMember[]
  readonly doubleSignings: readonly MemberDoubleSigning[]
}

const MOST_ITEMS = 10_000
const codeForm: Form<string> = patternForm(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)

const memberForm: Form<LedgerMember> = objectForm<LedgerMember>({
  organisation: organisationForm,
  names: objectForm<OrganisationNames>({ zh: nameForm, en: nameForm }),
  kind: codeForm,
  memberClass: choiceForm(MEMBER_CLASSES),
  status: choiceForm(MEMBER_STATUSES),
  statusHeight: wholeForm,
  place: codeForm,
  door: nameForm,
  nodes: listForm(objectForm({ nodeId: hexForm(20), address: nameForm }), { max: 8 }),
  signingKeys: countForm,
  validator: nullableForm(objectForm<MemberValidator>({ keyId: hashForm, publicKey: hashForm })),
  barredFromValidating: booleanForm,
  sponsor: patternForm(/^[a-z0-9.-]{0,64}$/),
  credentialsHash: nullableForm(hashForm),
  stateKey: hexForm(),
})

const doubleSigningForm: Form<MemberDoubleSigning> = objectForm<MemberDoubleSigning>({
  kind: codeForm,
  organisation: organisationForm,
  keyId: hashForm,
  height: wholeForm,
  timeSeconds: wholeForm,
  carriedHeight: wholeForm,
  barred: booleanForm,
})

/** Its form. */
export const membersForm: Form<LedgerMembers> = objectForm<LedgerMembers>({
  height: wholeForm,
  items: listForm(memberForm, { max: MOST_ITEMS }),
  doubleSignings: listForm(doubleSigningForm, { max: MOST_ITEMS }),
})
