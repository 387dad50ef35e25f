/** A statement: COSE_Sign1 over deterministic CBOR (RFC 9052, RFC 9943; spec 1 §4), built, signed and read back. */
import { type CborValue, decodeCbor, isCborMap, isCborTagged } from './cbor.ts'
import { equalValues } from './cbor-value.ts'
import {
  type CborWriter,
  createCborWriter,
  MAJOR,
  writeByteString,
  writeHead,
  writeText,
  writeValue,
  writtenBytes,
} from './cbor-writer.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import { smallBytes } from './small-bytes.ts'
import { ORGANISATION } from './statements/patterns.ts'
import { type StatementBodies, type StatementKind, statementForm } from './statements/statement-kinds.ts'
import type { Signer, Suite } from './suite.ts'

/** What somebody wants to say. */
export interface StatementDraft<K extends StatementKind = StatementKind> {
  /** The organisation that says it. */
  readonly issuer: string
  /** The ledger object it is about; see the kind. */
  readonly subject: string
  /** 32 bytes. */
  readonly genesisHash: Uint8Array
  /** Block time, seconds since 1970, after which it is void. */
  readonly expirySeconds: bigint
  /** 16 bytes, never used twice by an issuer before the expiry. */
  readonly uniqueId: Uint8Array
  readonly kind: K
  readonly body: StatementBodies[K]
}

/** A statement as read; its form is right, its signature is not yet checked. Byte fields are views into `bytes`. */
export interface Statement<K extends StatementKind = StatementKind> extends StatementDraft<K> {
  /** SHA-256 of the signing public key, 32 bytes. */
  readonly keyId: Uint8Array
  /** SHA-256 of `sigStructure`, 32 bytes. */
  readonly id: Uint8Array
  /** 64 bytes. */
  readonly signature: Uint8Array
  /** What was signed: Sig_structure of RFC 9052 §4.4. */
  readonly sigStructure: Uint8Array
  readonly bytes: Uint8Array
}

/** The most bytes that a statement may have. */
export const MAX_STATEMENT_BYTES = 64 * 1024

const COSE_SIGN1_TAG = 18
const FORMAT_VERSION = 1
const CONTENT_TYPE = 'application/vnd.meridian.statement+cbor'
const ALG_EDDSA = -8

/** Signs a draft. Throws a `RangeError` when the draft is not one that {@link decodeStatement} accepts: a bug of ours. */
export function signStatement<K extends StatementKind>(
  suite: Suite,
  draft: StatementDraft<K>,
  signer: Signer,
): Uint8Array {
  const signed = signedParts(draft, signer.keyId)
  const bytes = assemble(signed, signer.sign(sigStructureOf(signed)))
  const readBack = decodeStatement(suite, bytes)
  if (isRefusal(readBack)) throw new RangeError(`draft cannot be stated: ${readBack.code}`)
  return bytes
}

/** The subject that a body of this kind has. */
export function subjectOf<K extends StatementKind>(suite: Suite, kind: K, body: StatementBodies[K]): string {
  const form = statementForm(kind)
  if (form === undefined) throw new RangeError('unknown statement kind')
  return form.subjectOf(suite, body)
}

interface SignedParts {
  readonly protectedHeader: Uint8Array
  readonly payload: Uint8Array
}

function signedParts(draft: StatementDraft, keyId: Uint8Array): SignedParts {
  return { protectedHeader: encodeProtected(draft, keyId), payload: encodePayload(draft) }
}

/** `{1: −8, 3: content type, 4: kid, 15: {1: iss, 2: sub}}` */
function encodeProtected(draft: StatementDraft, keyId: Uint8Array): Uint8Array {
  const writer = createCborWriter(320)
  writeHead(writer, MAJOR.map, 4)
  writeHead(writer, MAJOR.unsigned, 1)
  writeHead(writer, MAJOR.negative, -1 - ALG_EDDSA)
  writeHead(writer, MAJOR.unsigned, 3)
  writeText(writer, CONTENT_TYPE)
  writeHead(writer, MAJOR.unsigned, 4)
  writeByteString(writer, keyId)
  writeHead(writer, MAJOR.unsigned, 15)
  writeHead(writer, MAJOR.map, 2)
  writeHead(writer, MAJOR.unsigned, 1)
  writeText(writer, draft.issuer)
  writeHead(writer, MAJOR.unsigned, 2)
  writeText(writer, draft.subject)
  return writtenBytes(writer)
}

/** `[format version, genesis hash, expiry, unique id, kind, body]` */
function encodePayload(draft: StatementDraft): Uint8Array {
  const form = statementForm(draft.kind)
  if (form === undefined) throw new RangeError('unknown statement kind')
  const writer = createCborWriter(384)
  writeHead(writer, MAJOR.array, 6)
  writeHead(writer, MAJOR.unsigned, FORMAT_VERSION)
  writeByteString(writer, draft.genesisHash)
  writeValue(writer, draft.expirySeconds)
  writeByteString(writer, draft.uniqueId)
  writeText(writer, draft.kind)
  writeValue(writer, form.encode(draft.body))
  return writtenBytes(writer)
}

/** `["Signature1", protected, external_aad = h'', payload]` */
function sigStructureOf(signed: SignedParts): Uint8Array {
  const room = smallBytes(signed.protectedHeader.length + signed.payload.length + 32)
  const writer: CborWriter = { bytes: room, length: 0 }
  writeHead(writer, MAJOR.array, 4)
  writeText(writer, 'Signature1')
  writeByteString(writer, signed.protectedHeader)
  writeHead(writer, MAJOR.bytes, 0)
  writeByteString(writer, signed.payload)
  // PERF: a view, not a copy: made for every statement.
  return writer.bytes.subarray(0, writer.length)
}

/** `18([protected, {}, payload, signature])` */
function assemble(signed: SignedParts, signature: Uint8Array): Uint8Array {
  const writer = createCborWriter(signed.protectedHeader.length + signed.payload.length + 96)
  writeHead(writer, MAJOR.tag, COSE_SIGN1_TAG)
  writeHead(writer, MAJOR.array, 4)
  writeByteString(writer, signed.protectedHeader)
  writeHead(writer, MAJOR.map, 0)
  writeByteString(writer, signed.payload)
  writeByteString(writer, signature)
  return writtenBytes(writer)
}

/**
 * Reads a statement and checks its form; whether the signature verifies is asked apart, because that needs the key.
 * Refusals: `statement.too-large`, any `cbor.*`, `statement.wrong-tag`, `.malformed`, `.unprotected-header`,
 * `.protected-header`, `.unknown-version`, `.unknown-kind`, `.field-missing`, `.field-invalid`, `.field-unknown`,
 * `.wrong-subject`, `.not-canonical`.
 */
export function decodeStatement(suite: Suite, bytes: Uint8Array): Statement | Refusal {
  if (bytes.length > MAX_STATEMENT_BYTES)
    return refuse('protocol', 'statement.too-large', { size: bytes.length, limit: MAX_STATEMENT_BYTES })
  const envelope = decodeEnvelope(bytes)
  if (isRefusal(envelope)) return envelope
  const header = decodeProtected(envelope.protectedHeader)
  if (isRefusal(header)) return header
  const payload = decodePayload(envelope.payload)
  if (isRefusal(payload)) return payload
  const { keyId, issuer, subject } = header
  if (subject !== subjectOf(suite, payload.kind, payload.body))
    return refuse('protocol', 'statement.wrong-subject')
  // The strict reader of CBOR has let one encoding of each value through, and every other value here is looked at above: only the body,
  // which its kind reads in its own way, may stand for something that would be written in another.
  if (!isWritten(payload.writtenBody, payload.kind, payload.body))
    return refuse('protocol', 'statement.not-canonical')
  const sigStructure = sigStructureOf(envelope)
  const { genesisHash, expirySeconds, uniqueId, kind, body } = payload
  return Object.freeze({
    issuer,
    subject,
    genesisHash,
    expirySeconds,
    uniqueId,
    kind,
    body,
    keyId,
    id: suite.sha256(sigStructure),
    signature: envelope.signature,
    sigStructure,
    bytes,
  })
}

interface Envelope extends SignedParts {
  readonly signature: Uint8Array
}

function malformed(place: string): Refusal {
  return refuse('protocol', 'statement.malformed', { place })
}

function decodeEnvelope(bytes: Uint8Array): Envelope | Refusal {
  const outer = decodeCbor(bytes)
  if (isRefusal(outer)) return outer
  if (!isCborTagged(outer) || outer.tag !== COSE_SIGN1_TAG) return refuse('protocol', 'statement.wrong-tag')
  if (!Array.isArray(outer.value) || outer.value.length !== 4) return malformed('COSE_Sign1')
  const [protectedHeader, unprotected, payload, signature] = outer.value as CborValue[]
  if (!isCborMap(unprotected)) return malformed('unprotected header')
  if (unprotected.size > 0) return refuse('protocol', 'statement.unprotected-header')
  if (!(protectedHeader instanceof Uint8Array)) return malformed('protected header')
  if (!(payload instanceof Uint8Array)) return malformed('payload')
  if (!isBytes(signature, 64)) return malformed('signature')
  return { protectedHeader, payload, signature }
}

function isBytes(value: CborValue | undefined, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length
}

interface ProtectedHeader {
  readonly keyId: Uint8Array
  readonly issuer: string
  readonly subject: string
}

function decodeProtected(encoded: Uint8Array): ProtectedHeader | Refusal {
  const header = decodeCbor(encoded)
  if (isRefusal(header)) return header
  const wrong = (place: string): Refusal => refuse('protocol', 'statement.protected-header', { place })
  if (!isCborMap(header) || header.size !== 4) return wrong('members')
  if (header.get(1) !== ALG_EDDSA) return wrong('alg')
  if (header.get(3) !== CONTENT_TYPE) return wrong('content type')
  const keyId = header.get(4)
  if (!isBytes(keyId, 32)) return wrong('kid')
  const claims = header.get(15)
  if (!isCborMap(claims) || claims.size !== 2) return wrong('CWT claims')
  const issuer = claims.get(1)
  const subject = claims.get(2)
  if (typeof issuer !== 'string' || !ORGANISATION.test(issuer)) return wrong('issuer')
  return typeof subject === 'string' ? { keyId, issuer, subject } : wrong('subject')
}

interface Payload
  extends Pick<StatementDraft, 'genesisHash' | 'expirySeconds' | 'uniqueId' | 'kind' | 'body'> {
  /** The body as it stands in the bytes. */
  readonly writtenBody: CborValue
}

/** Whether this body of this kind is written so and not otherwise. PERF: values are compared, so that nothing has to be encoded. */
function isWritten<K extends StatementKind>(written: CborValue, kind: K, body: StatementBodies[K]): boolean {
  const form = statementForm(kind)
  return form !== undefined && equalValues(form.encode(body), written)
}

function decodePayload(encoded: Uint8Array): Payload | Refusal {
  const payload = decodeCbor(encoded)
  if (isRefusal(payload)) return payload
  if (!Array.isArray(payload)) return malformed('payload')
  const [version, genesisHash, expiry, uniqueId, kind, body] = payload as CborValue[]
  if (typeof version !== 'number') return malformed('format version')
  if (version !== FORMAT_VERSION) return refuse('protocol', 'statement.unknown-version', { version })
  if (payload.length !== 6 || body === undefined) return malformed('payload')
  if (!isBytes(genesisHash, 32)) return malformed('genesis hash')
  if (typeof expiry !== 'number' || expiry < 0) return malformed('expiry')
  if (!isBytes(uniqueId, 16)) return malformed('unique id')
  const form = typeof kind === 'string' ? statementForm(kind) : undefined
  if (form === undefined) return refuse('protocol', 'statement.unknown-kind')
  const decoded = form.decode(body)
  if (isRefusal(decoded)) return decoded
  return {
    genesisHash,
    expirySeconds: BigInt(expiry),
    uniqueId,
    kind: form.kind as StatementKind,
    body: decoded,
    writtenBody: body,
  }
}
