/**
 * COSE Receipts (RFC 9942): inclusion of a statement in the evidence log, the root signed by one member's receipt key. Any
 * verifier of that standard understands them (spec 5 §6).
 */
import { equalBytes } from './bytes.ts'
import { type CborMap, type CborValue, decodeCbor, encodeCbor, isCborMap, isCborTagged } from './cbor.ts'
import { leafHash, rootFromInclusionPath } from './log.ts'
import type { LogPlace } from './receipt.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { Signer, Suite } from './suite.ts'

/** What the signer of a receipt says about itself and the log. */
export interface CoseReceiptClaims {
  /** The organisation whose receipt key signs (CWT `iss`). */
  readonly issuer: string
  /** The chain id (CWT `sub`). */
  readonly chainId: string
  /** Block time of the root, seconds since 1970 (CWT `iat`). */
  readonly timeSeconds: number
}

/** A receipt as read: its claims, the key it names and the place it proves. */
export interface CoseReceipt extends CoseReceiptClaims {
  /** SHA-256 of the receipt key, 32 bytes. */
  readonly keyId: Uint8Array
  readonly place: LogPlace
}

/** Header labels: RFC 9052 §3.1, RFC 9597 (CWT claims), RFC 9942 §2 (vds, vdp). */
const LABEL = Object.freeze({ alg: 1, kid: 4, cwtClaims: 15, vds: 395, vdp: 396 })
/** CWT claims: RFC 8392 §3.1. */
const CLAIM = Object.freeze({ iss: 1, sub: 2, iat: 6 })
const ALG_EDDSA = -8
/** RFC9162_SHA256, RFC 9942 §4. */
const VDS_RFC9162_SHA256 = 1
const INCLUSION_PROOFS = -1
const COSE_SIGN1_TAG = 18

/** Signs a receipt for a statement: `root` is the root of the log at `place.size`. */
export function signCoseReceipt(
  claims: CoseReceiptClaims,
  place: LogPlace,
  root: Uint8Array,
  signer: Signer,
): Uint8Array {
  const header = encodeCbor(
    new Map<number, CborValue>([
      [LABEL.alg, ALG_EDDSA],
      [LABEL.kid, signer.keyId],
      [
        LABEL.cwtClaims,
        new Map<number, CborValue>([
          [CLAIM.iss, claims.issuer],
          [CLAIM.sub, claims.chainId],
          [CLAIM.iat, claims.timeSeconds],
        ]),
      ],
      [LABEL.vds, VDS_RFC9162_SHA256],
    ]),
  )
  return assemble(header, place, signer.sign(signedBytes(header, root)))
}

/** `18([protected, {396: {-1: [bstr [size, index, path]]}}, nil, signature])`: the payload, the root, is detached. */
function assemble(header: Uint8Array, place: LogPlace, signature: Uint8Array): Uint8Array {
  const proof = encodeCbor([place.size, place.index, place.path])
  const proofs = new Map<number, CborValue>([[INCLUSION_PROOFS, [proof]]])
  const value: CborValue = [header, new Map<number, CborValue>([[LABEL.vdp, proofs]]), null, signature]
  return encodeCbor({ tag: COSE_SIGN1_TAG, value })
}

/** The Sig_structure of RFC 9052 §4.4 over the root. */
function signedBytes(header: Uint8Array, root: Uint8Array): Uint8Array {
  return encodeCbor(['Signature1', header, new Uint8Array(0), root])
}

interface ReadCoseReceipt extends CoseReceipt {
  readonly header: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Checks a receipt against the entry (the exact bytes of the statement) and the receipt key. Refusals:
 * `cose-receipt.malformed`, `cose-receipt.wrong-key`, `cose-receipt.not-in-log`, `cose-receipt.bad-signature`.
 */
export function verifyCoseReceipt(
  suite: Suite,
  receipt: Uint8Array,
  entry: Uint8Array,
  publicKey: Uint8Array,
): CoseReceipt | Refusal {
  const read = readCoseReceipt(receipt)
  if (isRefusal(read)) return read
  const { header, signature, ...rest } = read
  if (!equalBytes(read.keyId, suite.sha256(publicKey))) return refuse('protocol', 'cose-receipt.wrong-key')
  const root = rootFromInclusionPath(suite, leafHash(suite, entry), read.place, read.place.path)
  if (root === undefined) return refuse('protocol', 'cose-receipt.not-in-log')
  if (!suite.verifyStatementSignature(publicKey, signedBytes(header, root), signature))
    return refuse('protocol', 'cose-receipt.bad-signature')
  return rest
}

function malformed(place: string): Refusal {
  return refuse('protocol', 'cose-receipt.malformed', { place })
}

/** Exactly the shape that {@link signCoseReceipt} makes, in deterministic CBOR. */
function readCoseReceipt(bytes: Uint8Array): ReadCoseReceipt | Refusal {
  const whole = decodeCbor(bytes, { maxBytes: 64 * 1024 })
  if (isRefusal(whole)) return whole
  if (!isCborTagged(whole) || whole.tag !== COSE_SIGN1_TAG || !Array.isArray(whole.value))
    return malformed('tag')
  const [header, unprotected, payload, signature, ...more] = whole.value as readonly CborValue[]
  if (more.length > 0 || payload !== null) return malformed('payload')
  if (!(header instanceof Uint8Array)) return malformed('protected')
  if (!(signature instanceof Uint8Array) || signature.length !== 64) return malformed('signature')
  const claims = readProtected(header)
  if (isRefusal(claims)) return claims
  const place = readPlace(unprotected)
  return isRefusal(place) ? place : { ...claims, place, header, signature }
}

function readProtected(header: Uint8Array): (CoseReceiptClaims & { readonly keyId: Uint8Array }) | Refusal {
  const map = decodeCbor(header)
  if (isRefusal(map)) return map
  if (!isCborMap(map) || map.size !== 4) return malformed('protected')
  if (map.get(LABEL.alg) !== ALG_EDDSA) return malformed('alg')
  if (map.get(LABEL.vds) !== VDS_RFC9162_SHA256) return malformed('vds')
  const keyId = map.get(LABEL.kid)
  if (!(keyId instanceof Uint8Array) || keyId.length !== 32) return malformed('kid')
  const claims = map.get(LABEL.cwtClaims)
  if (!isCborMap(claims) || claims.size !== 3) return malformed('cwt-claims')
  const issuer = claims.get(CLAIM.iss)
  const chainId = claims.get(CLAIM.sub)
  const timeSeconds = claims.get(CLAIM.iat)
  if (typeof issuer !== 'string' || typeof chainId !== 'string' || typeof timeSeconds !== 'number')
    return malformed('cwt-claims')
  return { issuer, chainId, timeSeconds, keyId }
}

function readPlace(unprotected: CborValue | undefined): LogPlace | Refusal {
  const proofs = onlyMember(unprotected, LABEL.vdp)
  const list = onlyMember(proofs, INCLUSION_PROOFS)
  const [bytes, ...more] = Array.isArray(list) ? (list as readonly CborValue[]) : []
  if (!(bytes instanceof Uint8Array) || more.length > 0) return malformed('vdp')
  const proof = decodeCbor(bytes)
  if (isRefusal(proof)) return proof
  const [size, index, path, ...rest] = Array.isArray(proof) ? (proof as readonly CborValue[]) : []
  if (typeof size !== 'number' || typeof index !== 'number' || rest.length > 0 || !Array.isArray(path))
    return malformed('inclusion-proof')
  const hashes = path.filter((hash) => hash instanceof Uint8Array && hash.length === 32) as Uint8Array[]
  return hashes.length === path.length ? { size, index, path: hashes } : malformed('inclusion-path')
}

function onlyMember(map: CborValue | undefined, label: number): CborValue | undefined {
  return isCborMap(map) && (map as CborMap).size === 1 ? map.get(label) : undefined
}
