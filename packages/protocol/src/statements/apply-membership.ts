/** `apply-membership` (membership): an organisation asks to be admitted; a member carries the application (spec 1 §6.8). */
import { type CborValue, encodeCbor } from '../cbor.ts'
import type { Signer, Suite } from '../suite.ts'
import { bodyMap, bodyOr, choiceField, field, readBody, textField } from './body-fields.ts'
import type { StatementForm } from './form.ts'
import { KEY_PURPOSES, type KeyPurpose } from './key-proof.ts'
import {
  type Endpoints,
  endpointsField,
  endpointsValue,
  MEMBER_CLASSES,
  type MemberClass,
  namesField,
  ORGANISATION_KINDS,
  type OrganisationKind,
  type OrganisationNames,
  PLACE,
} from './organisation-fields.ts'
import { ORGANISATION } from './patterns.ts'

/** A key of the applicant, with its agreement to this application and no other. */
export interface ApplicantKey {
  readonly purpose: KeyPurpose
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes: its signature over `applicationProofMessage`. */
  readonly proof: Uint8Array
}

/** Body of `apply-membership`; the issuer is the sponsor. */
export interface ApplyMembership {
  /** The applicant. */
  readonly organisation: string
  readonly names: OrganisationNames
  readonly kind: OrganisationKind
  readonly memberClass: MemberClass
  readonly place: string
  /** 1 to 8, at least one for statements, at most one for a validator, no public key twice. */
  readonly keys: readonly ApplicantKey[]
  readonly endpoints: Endpoints
}

/** An application before its keys have signed it. */
export type Application = Omit<ApplyMembership, 'keys'> & {
  readonly keys: readonly Omit<ApplicantKey, 'proof'>[]
}

const MOST_KEYS = 8
const APPLICATION_TAG = 'meridian/application/v1'
const PROOF_TAG = 'meridian/application-key-proof/v1'

/** SHA-256 of the whole application without the proofs. CONSENSUS. */
export function applicationHash(
  suite: Pick<Suite, 'sha256'>,
  genesisHash: Uint8Array,
  application: Application,
): Uint8Array {
  const { organisation, names, kind, memberClass, place, keys, endpoints } = application
  const keyPairs = keys.map(({ purpose, publicKey }) => [purpose, publicKey])
  const said = [organisation, [names.zh, names.en], kind, memberClass, place, keyPairs]
  return suite.sha256(encodeCbor([APPLICATION_TAG, genesisHash, ...said, endpointsValue(endpoints)]))
}

/** What the proof of a key binds. */
export interface ApplicationProof {
  /** 32 bytes. */
  readonly genesisHash: Uint8Array
  /** 32 bytes, see `applicationHash`. */
  readonly applicationHash: Uint8Array
  readonly purpose: KeyPurpose
  readonly publicKey: Uint8Array
}

/** The bytes that each key of the applicant signs. CONSENSUS. */
export function applicationProofMessage(proof: ApplicationProof): Uint8Array {
  return encodeCbor([PROOF_TAG, proof.genesisHash, proof.applicationHash, proof.purpose, proof.publicKey])
}

/** Signs an application with every key that it names, in their order. */
export function proveApplication(
  suite: Pick<Suite, 'sha256'>,
  genesisHash: Uint8Array,
  application: Omit<Application, 'keys'>,
  signers: readonly { readonly purpose: KeyPurpose; readonly signer: Signer }[],
): ApplyMembership {
  const keys = signers.map(({ purpose, signer }) => ({ purpose, publicKey: signer.publicKey }))
  const hash = applicationHash(suite, genesisHash, { ...application, keys })
  return {
    ...application,
    keys: signers.map(({ purpose, signer }) => {
      const { publicKey } = signer
      const message = applicationProofMessage({ genesisHash, applicationHash: hash, purpose, publicKey })
      return { purpose, publicKey, proof: signer.sign(message) }
    }),
  }
}

/** True when every key of the application signed it. */
export function verifyApplication(suite: Suite, genesisHash: Uint8Array, body: ApplyMembership): boolean {
  const hash = applicationHash(suite, genesisHash, body)
  return body.keys.every(({ purpose, publicKey, proof }) => {
    const message = applicationProofMessage({ genesisHash, applicationHash: hash, purpose, publicKey })
    return suite.verifyStatementSignature(publicKey, message, proof)
  })
}

function isKey(value: CborValue): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false
  const [purpose, publicKey, proof] = value as CborValue[]
  const isLong = (bytes: CborValue | undefined, length: number): boolean =>
    bytes instanceof Uint8Array && bytes.length === length
  return (
    (KEY_PURPOSES as readonly CborValue[]).includes(purpose ?? '') &&
    isLong(publicKey, 32) &&
    isLong(proof, 64)
  )
}

function isKeys(value: CborValue): value is readonly CborValue[] {
  if (!Array.isArray(value) || value.length > MOST_KEYS || !value.every(isKey)) return false
  const keys = (value as CborValue[]).map(keyOf)
  const count = (wanted: KeyPurpose): number => keys.filter(({ purpose }) => purpose === wanted).length
  const distinct = new Set(keys.map(({ publicKey }) => publicKey.join())).size
  return count('statement') > 0 && count('validator') < 2 && distinct === keys.length
}

function keyOf(value: CborValue): ApplicantKey {
  const [purpose, publicKey, proof] = value as [KeyPurpose, Uint8Array, Uint8Array]
  return { purpose, publicKey, proof }
}

/** Subject `organisation:` and the applicant. */
export const applyMembership: StatementForm<ApplyMembership> = {
  kind: 'apply-membership',
  encode: (body) =>
    bodyMap(
      body.organisation,
      [body.names.zh, body.names.en],
      body.kind,
      body.memberClass,
      body.place,
      body.keys.map(({ purpose, publicKey, proof }) => [purpose, publicKey, proof]),
      endpointsValue(body.endpoints),
    ),
  decode(value) {
    const fields = readBody('apply-membership', value, 7)
    return bodyOr<ApplyMembership>(fields, {
      organisation: textField(fields, 1, 'organisation', ORGANISATION),
      names: namesField(fields, 2),
      kind: choiceField(fields, 3, 'kind', ORGANISATION_KINDS),
      memberClass: choiceField(fields, 4, 'memberClass', MEMBER_CLASSES),
      place: textField(fields, 5, 'place', PLACE),
      keys: field(fields, { key: 6, name: 'keys' }, isKeys, []).map(keyOf),
      endpoints: endpointsField(fields, 7),
    })
  },
  subjectOf: (_suite, body) => `organisation:${body.organisation}`,
}
